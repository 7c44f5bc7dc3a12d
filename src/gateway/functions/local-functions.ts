// All functions of `apigen dev`, by logical name: each has a pool of worker threads of its own, so that no function
// can take another, or the server, with it.

import { ApigenError } from '../../errors.ts';
import type { InvocationOptions, InvocationResult } from '../exchange.ts';
import type { FunctionCode, FunctionOutput } from './function-code.ts';
import { FunctionPool, type PoolResult } from './function-pool.ts';
import { IDLE_BUDGET, type IdleBudget, IdleWorkers } from './idle-workers.ts';
import { MemoryGuard } from './memory-guard.ts';
import { SpareThreads } from './spare-threads.ts';
import { workerScript } from './worker-script.ts';

export interface LocalFunctionsOptions {
  /** A folder for the program of the workers, where it must be compiled. */
  readonly folder: string;
  /** Invocations of one function at a time; default 10. */
  readonly concurrency?: number;
  /** A debugger may hold functions: what stands still is not ended for its time, nor what is idle. */
  readonly debugged?: boolean;
  /** Default {@link IDLE_BUDGET}. */
  readonly idleBudget?: IdleBudget;
  /** What functions print; parts of lines are possible. */
  print(output: FunctionOutput): void;
}

export interface LocalFunctions {
  /** Adds a function, or gives it other code: invocations in flight finish on the old code. */
  put(code: FunctionCode): void;
  has(name: string): boolean;
  remove(name: string): void;
  /**
   * Runs a function and says whether its worker was cold.
   * @throws ApigenError `NO_SUCH_FUNCTION`; never for what the function does
   */
  run(name: string, event: string, options: InvocationOptions): Promise<PoolResult>;
  /** {@link LocalFunctions.run} as the gateway's port. */
  invoke(name: string, event: string, options: InvocationOptions): Promise<InvocationResult>;
  /** Ends all workers. */
  close(): void;
}

const CONCURRENCY = 10;

export async function startFunctions(options: LocalFunctionsOptions): Promise<LocalFunctions> {
  const script = await workerScript(options.folder);
  const guard = new MemoryGuard();
  const { concurrency = CONCURRENCY, debugged = false, idleBudget = IDLE_BUDGET, print } = options;
  // A debugger would show threads that run nothing.
  const threads = new SpareThreads(script, !debugged);
  const idle = new IdleWorkers(debugged ? { ...idleBudget, bytes: Number.POSITIVE_INFINITY } : idleBudget);
  const poolOptions = { threads, guard, idle, concurrency, debugged, print };
  const pools = new Map<string, FunctionPool>();
  /** Whoever saves a file calls again what was called last; a file of many functions must not start them all. */
  let latest: FunctionPool | undefined;
  const run = (name: string, event: string, { route, requestId, depth }: InvocationOptions): Promise<PoolResult> => {
    const pool = pools.get(name);
    if (pool === undefined) {
      return Promise.reject(new ApigenError({ code: 'NO_SUCH_FUNCTION', summary: `There is no function ${name}` }));
    }
    latest = pool;
    return pool.invoke({ event, route, requestId, depth });
  };
  return {
    put(code) {
      const pool = pools.get(code.name);
      if (pool === undefined) pools.set(code.name, new FunctionPool(code, poolOptions));
      else pool.replace(code, pool === latest);
    },
    has: (name) => pools.has(name),
    remove(name) {
      pools.get(name)?.close();
      pools.delete(name);
    },
    run,
    invoke: async (name, event, options) => (await run(name, event, options)).result,
    close() {
      for (const pool of pools.values()) pool.close();
      pools.clear();
      threads.close();
      idle.close();
      guard.close();
    },
  };
}

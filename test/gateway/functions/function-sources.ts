// Functions given as JavaScript text, in pools of real worker threads, and everything they print.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InvocationResult } from '../../../src/gateway/exchange.ts';
import type { FunctionCode, FunctionOutput } from '../../../src/gateway/functions/function-code.ts';
import type { PoolResult } from '../../../src/gateway/functions/function-pool.ts';
import type { IdleBudget } from '../../../src/gateway/functions/idle-workers.ts';
import { startFunctions } from '../../../src/gateway/functions/local-functions.ts';

export interface TestFunctions {
  readonly output: FunctionOutput[];
  put(name: string, code: string, settings?: Partial<FunctionCode>): Promise<void>;
  run(name: string, event?: unknown): Promise<PoolResult>;
  invoke(name: string, event?: unknown): Promise<InvocationResult>;
  close(): Promise<void>;
}

export async function testFunctions(concurrency?: number, idleBudget?: IdleBudget): Promise<TestFunctions> {
  const folder = await mkdtemp(join(tmpdir(), 'apigen-functions-'));
  const output: FunctionOutput[] = [];
  const functions = await startFunctions({
    folder,
    print: (printed) => output.push(printed),
    ...(concurrency !== undefined && { concurrency }),
    ...(idleBudget !== undefined && { idleBudget }),
  });
  let count = 0;
  const run = (name: string, event: unknown = {}): Promise<PoolResult> =>
    functions.run(name, JSON.stringify(event), { route: `GET /${name}`, requestId: 'request-1', timeoutMs: 29_000 });
  return {
    output,
    async put(name, code, settings = {}) {
      count += 1;
      const file = join(folder, `${name}-${count}.${/^export /m.test(code) ? 'mjs' : 'cjs'}`);
      await writeFile(file, code);
      functions.put({
        name,
        functionName: `shop-dev-${name}`,
        arn: `arn:aws:lambda:eu-west-1:000000000000:function:shop-dev-${name}`,
        file,
        runtime: 'nodejs22.x',
        memoryMb: 128,
        timeoutMs: 5_000,
        environment: {},
        ...settings,
      });
    },
    run,
    invoke: async (name, event) => (await run(name, event)).result,
    async close() {
      functions.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a failed invocation reports. */
export function reported(result: InvocationResult): { errorType: string; errorMessage: string; trace: string[] } {
  if (result.type !== 'error') throw new Error(`the function did not fail: ${JSON.stringify(result)}`);
  return JSON.parse(result.payload);
}

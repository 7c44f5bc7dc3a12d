// The workers of one function: warm ones are used again, more are started up to a limit while calls wait, and after
// a change of code what runs finishes on the old code while every later call meets the new one.

import type { InvocationResult } from '../exchange.ts';
import type { FunctionCode } from './function-code.ts';
import { type Call, FunctionWorker, type WorkerSurroundings } from './function-worker.ts';

export interface PoolOptions extends WorkerSurroundings {
  /** Invocations of one function at a time; further ones wait. */
  readonly concurrency: number;
}

export interface PoolResult {
  readonly result: InvocationResult;
  /** It was the first call of its worker: loading is part of its time. */
  readonly cold: boolean;
}

/** A quick function is free again sooner than a new worker has started: calls wait so long for a warm one. */
const PATIENCE_MS = 30;
const LOOK_EVERY_MS = 10;

interface Waiting {
  readonly since: number;
  give(worker: FunctionWorker): void;
}

export class FunctionPool {
  readonly #options: PoolOptions;
  #code: FunctionCode;
  readonly #workers = new Set<FunctionWorker>();
  readonly #idle: FunctionWorker[] = [];
  readonly #waiting: Waiting[] = [];
  #patience: NodeJS.Timeout | undefined;

  constructor(code: FunctionCode, options: PoolOptions) {
    this.#code = code;
    this.#options = options;
  }

  /** Never rejects for what the function does. */
  async invoke(call: Call): Promise<PoolResult> {
    const worker = this.#takeIdle() ?? (await this.#next());
    const cold = worker.isFresh;
    const result = await worker.invoke(call);
    this.#release(worker);
    return { result, cold };
  }

  /** Later calls run `code`; those under way finish on what they started with. */
  replace(code: FunctionCode): void {
    this.#code = code;
    const wasWarm = this.#workers.size > 0;
    for (const worker of this.#idle.splice(0)) this.#drop(worker);
    // Whoever saves a file calls it next: the worker may load meanwhile.
    if (wasWarm && this.#waiting.length === 0) this.#idle.push(this.#start());
    this.#serveWaiting();
  }

  close(): void {
    clearTimeout(this.#patience);
    for (const worker of this.#workers) this.#drop(worker);
  }

  #takeIdle(): FunctionWorker | undefined {
    for (let worker = this.#idle.pop(); worker !== undefined; worker = this.#idle.pop()) {
      if (!worker.isOver) return worker;
      this.#workers.delete(worker);
    }
    return undefined;
  }

  #next(): Promise<FunctionWorker> {
    return new Promise((give) => {
      this.#waiting.push({ since: performance.now(), give });
      if (this.#current() === 0) this.#serveWaiting();
      else this.#waitForOne();
    });
  }

  #waitForOne(): void {
    if (this.#patience !== undefined) return;
    this.#patience = setTimeout(() => {
      this.#patience = undefined;
      this.#serveWaiting();
    }, LOOK_EVERY_MS);
  }

  /** Gives what is idle to who waits longest, and starts one worker for that one where it waited long enough. */
  #serveWaiting(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#takeIdle();
      if (worker === undefined) break;
      this.#waiting.shift()?.give(worker);
    }
    const [first] = this.#waiting;
    const workers = this.#current();
    if (first === undefined || workers >= this.#options.concurrency) return;
    const isDue = workers === 0 || performance.now() - first.since >= PATIENCE_MS;
    if (isDue) this.#waiting.shift()?.give(this.#start());
    if (this.#waiting.length > 0) this.#waitForOne();
  }

  #release(worker: FunctionWorker): void {
    if (worker.isOver || worker.code !== this.#code) this.#drop(worker);
    else this.#idle.push(worker);
    this.#serveWaiting();
  }

  #start(): FunctionWorker {
    const worker = new FunctionWorker(this.#code, this.#options);
    this.#workers.add(worker);
    return worker;
  }

  #drop(worker: FunctionWorker): void {
    this.#workers.delete(worker);
    worker.end();
  }

  /** Those of old code finish beside the new ones and do not count. */
  #current(): number {
    let count = 0;
    for (const worker of this.#workers) if (!worker.isOver && worker.code === this.#code) count += 1;
    return count;
  }
}

// The workers of one function: warm ones are used again, more are started up to a limit while calls wait, and after
// a change of code what runs finishes on the old code while every later call meets the new one.

import type { InvocationResult } from '../exchange.ts';
import type { FunctionCode } from './function-code.ts';
import { FunctionWorker, type WorkerSurroundings } from './function-worker.ts';
import type { Call } from './held-calls.ts';
import type { IdleWorkers } from './idle-workers.ts';

export interface PoolOptions extends WorkerSurroundings {
  /** Invocations of one function at a time; further ones wait. */
  readonly concurrency: number;
  /** Of all pools. */
  readonly idle: IdleWorkers;
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
  readonly call: Call;
  readonly since: number;
  answer(result: PoolResult): void;
}

export class FunctionPool {
  readonly #options: PoolOptions;
  #code: FunctionCode;
  /** In the order of their start: the first that can is called, so that few are kept warm. */
  readonly #workers = new Set<FunctionWorker>();
  readonly #waiting: Waiting[] = [];
  #look: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(code: FunctionCode, options: PoolOptions) {
    this.#code = code;
    this.#options = options;
  }

  /** Never rejects for what the function does. */
  invoke(call: Call): Promise<PoolResult> {
    return new Promise((answer) => this.#wait({ call, since: performance.now(), answer }));
  }

  /**
   * Later calls run `code`; those under way finish on what they started with.
   * @param isNext it is the likely next to be called: its worker may load meanwhile
   */
  replace(code: FunctionCode, isNext: boolean): void {
    this.#code = code;
    const wasWarm = this.#workers.size > 0;
    for (const worker of this.#workers) {
      if (worker.isIdle) this.#drop(worker);
      else worker.giveBack();
    }
    if (isNext && wasWarm && this.#current() === 0) this.#start();
    this.#serve();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#look);
    for (const worker of this.#workers) this.#drop(worker);
    for (const waiting of this.#waiting.splice(0)) this.#wait(waiting);
  }

  #wait(waiting: Waiting): void {
    // No worker is left to run it.
    if (this.#isClosed) {
      waiting.answer({ result: { type: 'throttled' }, cold: false });
      return;
    }
    const before = this.#waiting.findLastIndex(({ since }) => since <= waiting.since);
    this.#waiting.splice(before + 1, 0, waiting);
    this.#serve();
  }

  /** Gives calls to workers, the longest waiting first, and starts one worker where that one waited long enough. */
  #serve(): void {
    let [first] = this.#waiting;
    while (first !== undefined) {
      const worker = this.#free() ?? this.#another(first);
      if (worker === undefined) break;
      this.#waiting.shift();
      this.#run(worker, first);
      [first] = this.#waiting;
    }
    if (first !== undefined) this.#lookSoon();
  }

  /** One that is quick enough to take another call, else one that has nothing to do. */
  #free(): FunctionWorker | undefined {
    let idle: FunctionWorker | undefined;
    for (const worker of this.#workers) {
      if (worker.isOver && worker.isIdle) this.#forget(worker);
      if (worker.isOver || worker.code !== this.#code) continue;
      if (!worker.isIdle && worker.takesAhead) return worker;
      if (worker.isIdle) idle ??= worker;
    }
    return idle;
  }

  #another({ since }: Waiting): FunctionWorker | undefined {
    const workers = this.#current();
    const isDue = workers === 0 || performance.now() - since >= PATIENCE_MS;
    return isDue && workers < this.#options.concurrency ? this.#start() : undefined;
  }

  #run(worker: FunctionWorker, waiting: Waiting): void {
    const cold = worker.isFresh;
    this.#options.idle.wake(worker);
    worker.invoke(waiting.call, (result) => {
      if (worker.isOver || (worker.code !== this.#code && worker.isIdle)) this.#drop(worker);
      else if (worker.isIdle) this.#rest(worker);
      if (result === undefined) this.#wait(waiting);
      else waiting.answer({ result, cold });
      this.#serve();
    });
    if (worker.holdsAhead) this.#lookSoon();
  }

  #lookSoon(): void {
    this.#look ??= setTimeout(() => {
      this.#look = undefined;
      for (const worker of this.#workers) {
        if (worker.isSlow) worker.giveBack();
        if (worker.holdsAhead) this.#lookSoon();
      }
      this.#serve();
    }, LOOK_EVERY_MS);
  }

  #start(): FunctionWorker {
    const worker = new FunctionWorker(this.#code, this.#options);
    this.#workers.add(worker);
    this.#rest(worker);
    return worker;
  }

  #rest(worker: FunctionWorker): void {
    this.#options.idle.rest(worker, () => this.#drop(worker));
  }

  #drop(worker: FunctionWorker): void {
    this.#forget(worker);
    worker.end();
  }

  #forget(worker: FunctionWorker): void {
    this.#workers.delete(worker);
    this.#options.idle.wake(worker);
  }

  /** Those of old code finish beside the new ones and do not count. */
  #current(): number {
    let count = 0;
    for (const worker of this.#workers) if (!worker.isOver && worker.code === this.#code) count += 1;
    return count;
  }
}

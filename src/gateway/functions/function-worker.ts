// One worker thread of a function, seen from the server: it loads once, runs one invocation at a time, and is ended
// when it overruns its time. Every invocation gets exactly one end, however the thread ends, or is given back unbegun.

import type { Worker } from 'node:worker_threads';
import type { InvocationResult } from '../exchange.ts';
import { environmentDifference } from './environment-difference.ts';
import type { FunctionCode, FunctionOutput } from './function-code.ts';
import { type Call, type CallEnd, type HeldCall, HeldCalls } from './held-calls.ts';
import type { Guarded, MemoryGuard } from './memory-guard.ts';
import { BEATS, HELD_KB, type LoadMessage, type WorkerMessage } from './protocol.ts';
import type { SpareThreads } from './spare-threads.ts';
import { TimeLimit } from './time-limit.ts';
import { exitError, invokeMessage, settingsOf } from './worker-messages.ts';

/** What all workers of a pool share. */
export interface WorkerSurroundings {
  readonly threads: SpareThreads;
  readonly guard: MemoryGuard;
  /** A debugger may hold threads: what stands still is not late. */
  readonly debugged?: boolean;
  print(output: FunctionOutput): void;
}

/** Lambda gives a function 10 s to load. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_LIMIT_MS = 10_000;
/** Calls are sent ahead as long as the worker is expected to be done with all it holds within this time. */
const AHEAD_MS = 1;
/** A call that runs so long is none of those for which others were sent ahead. */
const SLOW_MS = 4;
/** Of the newest call in the average of how long they take. */
const NEWEST_WEIGHT = 0.2;

/** Of Node's own: https://nodejs.org/api/process.html#exit-codes */
const EXIT_REASONS: Readonly<Record<number, string>> = { 13: ' (a top-level await never settles)' };

export class FunctionWorker {
  readonly code: FunctionCode;
  /** Nothing was asked of it yet. */
  isFresh = true;
  /** It ended, or is being ended: never to be called again. */
  isOver = false;
  readonly #worker: Worker;
  readonly #surroundings: WorkerSurroundings;
  readonly #guarded: Guarded;
  readonly #measured: Int32Array;
  readonly #loaded: Promise<InvocationResult | undefined>;
  #tellLoaded: (failure: InvocationResult | undefined) => void = () => {};
  #isLoaded = false;
  #loadFailure: InvocationResult | undefined;
  readonly #calls = new HeldCalls();
  readonly #limit: TimeLimit;
  #unsent: HeldCall[] = [];
  #usualMs = Number.POSITIVE_INFINITY;
  #firstSince = 0;
  #lastCall: Call = { event: '', route: '', requestId: '' };
  #outOfMemory = false;

  constructor(code: FunctionCode, surroundings: WorkerSurroundings) {
    this.code = code;
    this.#surroundings = surroundings;
    const thread = surroundings.threads.take(code);
    const { worker, measured, heard, environment } = thread;
    this.#measured = measured;
    this.#guarded = {
      limitBytes: code.memoryMb * 1024 * 1024,
      beats: () => Atomics.load(measured, BEATS),
      kill: () => this.#kill(),
    };
    const countedBeats = surroundings.debugged ? this.#guarded.beats : undefined;
    this.#limit = new TimeLimit(code.timeoutMs, () => this.#overdue(), countedBeats);
    this.#loaded = new Promise((resolve) => {
      this.#tellLoaded = resolve;
    });
    this.#worker = worker;
    for (const message of heard) this.#receive(message);
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#output('stderr', `${this.#outOfMemory ? `Out of memory: ${code.memoryMb} MB` : (error.stack ?? error)}\n`);
    });
    this.#worker.on('exit', (status) => this.#exited(status));
    surroundings.guard.add(this.#guarded);
    thread.unref();
    const load: LoadMessage = {
      settings: settingsOf(code, this.#calls.claims.buffer),
      environment: environmentDifference(environment, code.environment),
    };
    this.#worker.postMessage(load);
  }

  /** It runs nothing, and may be called. */
  get isIdle(): boolean {
    return this.#calls.count === 0;
  }

  /** Its heap and buffers; 0 until it has loaded, and when it is gone. */
  get heldBytes(): number {
    return this.isOver ? 0 : Atomics.load(this.#measured, HELD_KB) * 1024;
  }

  /** Busy, but so quick a function that the call is sooner answered behind the others than by a thread that sleeps. */
  get takesAhead(): boolean {
    return this.#calls.count * this.#usualMs < AHEAD_MS && this.#calls.hasRoom && !this.isSlow;
  }

  /** What runs takes long; others should not wait for it. */
  get isSlow(): boolean {
    return performance.now() - this.#firstSince > SLOW_MS;
  }

  /** Calls wait behind the one that runs. */
  get holdsAhead(): boolean {
    return this.#calls.count > 1;
  }

  /** Runs one invocation when those before it are done. Never rejects. */
  invoke(call: Call, finish: (end: CallEnd) => void): void {
    this.isFresh = false;
    const wasIdle = this.isIdle;
    const held = this.#calls.add(call, finish);
    if (wasIdle) this.#lastCall = call;
    // Warm calls wait for no promise and set no timer for loading.
    if (!this.#isLoaded) void this.#sendLoaded(held);
    else {
      if (wasIdle) this.#begin(held);
      this.#send(held);
    }
  }

  /** Gives back what has not begun. */
  giveBack(): void {
    this.#calls.takeBack();
  }

  /** Ends the thread, whatever it is doing. */
  end(): void {
    this.isOver = true;
    void this.#worker.terminate();
  }

  // A thread that sleeps is woken at a price: what comes in one turn of the event loop wakes it once.
  #send(held: HeldCall): void {
    if (this.#unsent.push(held) > 1) return;
    setImmediate(() => {
      for (const held of this.#unsent.splice(0)) this.#worker.postMessage(invokeMessage(held));
    });
  }

  async #sendLoaded(held: HeldCall): Promise<void> {
    const failure = await this.#load();
    if (failure !== undefined) {
      this.end();
      this.#fail(() => failure);
    } else if (this.#calls.first === held) {
      this.#begin(held);
      this.#send(held);
    }
  }

  #begin({ call }: HeldCall): void {
    this.#lastCall = call;
    this.#firstSince = performance.now();
    this.#limit.restart();
    this.#surroundings.guard.enter(this.#guarded);
  }

  #answer(result: InvocationResult, ms: number): void {
    this.#usualMs =
      this.#usualMs < Number.POSITIVE_INFINITY ? this.#usualMs + (ms - this.#usualMs) * NEWEST_WEIGHT : ms;
    this.#calls.answer(result);
    const { first } = this.#calls;
    if (first === undefined) this.#rest();
    else this.#begin(first);
  }

  #rest(): void {
    this.#limit.stop();
    this.#surroundings.guard.leave(this.#guarded);
  }

  #fail(resultOf: (call: Call) => InvocationResult): void {
    this.#rest();
    this.#calls.fail(resultOf);
  }

  #overdue(): void {
    // Another one has begun: the answer of the first is on its way.
    if (!this.#calls.takeBack()) {
      this.#limit.restart();
      return;
    }
    const { timeoutMs } = this.code;
    this.#output('stderr', `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds\n`);
    this.end();
    this.#fail(() => ({ type: 'timeout', afterMs: timeoutMs }));
  }

  #kill(): void {
    this.#output('stderr', `Out of memory: ${this.code.memoryMb} MB\n`);
    this.end();
    this.#fail((call) => exitError(call, 'signal: killed'));
  }

  async #load(): Promise<InvocationResult | undefined> {
    // A thread beats only once it is loaded, and a breakpoint may stand anywhere.
    if (this.#surroundings.debugged) return this.#loaded;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<InvocationResult>((resolve) => {
      timer = setTimeout(() => resolve({ type: 'timeout', afterMs: INIT_LIMIT_MS }), INIT_LIMIT_MS);
    });
    try {
      return await Promise.race([this.#loaded, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #receive(message: WorkerMessage): void {
    if (message.type === 'ready') {
      this.#isLoaded = true;
      this.#tellLoaded(undefined);
      this.#surroundings.threads.keepFor(this.code);
    } else if (message.type === 'init-error') {
      this.#loadFailure = { type: 'error', payload: message.payload };
      this.#tellLoaded(this.#loadFailure);
    } else if (message.type === 'leaving') this.isOver = true;
    else if (message.type === 'output') this.#output(message.stream, message.text);
    else if (message.type !== 'prepared') this.#answer({ type: message.type, payload: message.payload }, message.ms);
  }

  #exited(status: number): void {
    this.isOver = true;
    this.#surroundings.guard.remove(this.#guarded);
    const how = this.#outOfMemory ? 'signal: killed' : `exit status ${status}`;
    if (!this.isIdle && !this.#outOfMemory && this.#loadFailure === undefined) {
      this.#output('stderr', `Runtime exited with error: ${how}${EXIT_REASONS[status] ?? ''}\n`);
    }
    this.#tellLoaded(exitError(this.#lastCall, how));
    // The thread may end in the very turn in which it said why.
    this.#fail((call) => this.#loadFailure ?? exitError(call, how));
  }

  #output(stream: 'stdout' | 'stderr', text: string): void {
    const { route, requestId } = this.#lastCall;
    this.#surroundings.print({ functionName: this.code.name, route, requestId, stream, text });
  }
}

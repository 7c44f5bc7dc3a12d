// One worker thread of a function, seen from the server: it loads once, runs one invocation at a time, and is ended
// when it overruns its time. Every invocation gets exactly one end, however the thread ends.

import { randomBytes, randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { InvocationResult } from '../exchange.ts';
import { mintSpanId, mintTraceId } from '../http/mint-ids.ts';
import type { FunctionCode, FunctionOutput } from './function-code.ts';
import type { Guarded, MemoryGuard } from './memory-guard.ts';
import type { InvokeMessage, WorkerMessage, WorkerSettings } from './protocol.ts';
import { limitTime } from './time-limit.ts';

export interface Call {
  readonly event: string;
  readonly route: string;
  readonly requestId: string;
}

/** What all workers of a pool share. */
export interface WorkerSurroundings {
  /** The compiled program of a worker. */
  readonly script: string;
  readonly guard: MemoryGuard;
  /** A debugger may hold threads: what stands still is not late. */
  readonly debugged?: boolean;
  print(output: FunctionOutput): void;
}

interface Running {
  readonly call: Call;
  finish(result: InvocationResult): void;
}

/** Lambda gives a function 10 s to load. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const INIT_LIMIT_MS = 10_000;

export class FunctionWorker {
  readonly code: FunctionCode;
  /** Nothing was asked of it yet. */
  isFresh = true;
  /** It ended, or is being ended: never to be called again. */
  isOver = false;
  readonly #worker: Worker;
  readonly #surroundings: WorkerSurroundings;
  readonly #guarded: Guarded;
  readonly #loaded: Promise<InvocationResult | undefined>;
  #tellLoaded: (failure: InvocationResult | undefined) => void = () => {};
  #isLoaded = false;
  #running: Running | undefined;
  #lastCall: Call = { event: '', route: '', requestId: '' };
  #outOfMemory = false;

  constructor(code: FunctionCode, surroundings: WorkerSurroundings) {
    this.code = code;
    this.#surroundings = surroundings;
    const beats = new Int32Array(new SharedArrayBuffer(4));
    this.#guarded = {
      limitBytes: code.memoryMb * 1024 * 1024,
      beats: () => Atomics.load(beats, 0),
      kill: () => this.#kill(),
    };
    this.#loaded = new Promise((resolve) => {
      this.#tellLoaded = resolve;
    });
    this.#worker = new Worker(surroundings.script, {
      name: code.name,
      argv: [],
      execArgv: [],
      env: { ...code.environment },
      workerData: settingsOf(code, beats.buffer),
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: code.memoryMb },
    });
    this.#worker.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#output('stderr', `${this.#outOfMemory ? `Out of memory: ${code.memoryMb} MB` : (error.stack ?? error)}\n`);
    });
    this.#worker.on('exit', (status) => this.#exited(status));
    surroundings.guard.add(this.#guarded);
    // A thread must not keep the server from ending.
    this.#worker.unref();
  }

  /** Runs one invocation; call it again only after the result. Never rejects. */
  async invoke(call: Call): Promise<InvocationResult> {
    this.isFresh = false;
    this.#lastCall = call;
    // Warm calls wait for no promise and set no timer for loading.
    const failure = this.#isLoaded ? undefined : await this.#load();
    if (failure !== undefined) {
      this.end();
      return failure;
    }
    const { timeoutMs } = this.code;
    const { guard } = this.#surroundings;
    guard.enter(this.#guarded);
    return new Promise((resolve) => {
      const overdue = (): void => {
        this.#output('stderr', `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds\n`);
        this.#running?.finish({ type: 'timeout', afterMs: timeoutMs });
        this.end();
      };
      const release = limitTime(timeoutMs, overdue, this.#surroundings.debugged ? this.#guarded.beats : undefined);
      this.#running = {
        call,
        finish: (result) => {
          release();
          guard.leave(this.#guarded);
          this.#running = undefined;
          resolve(result);
        },
      };
      if (this.isOver) this.#running.finish(exitError(call, 'exit status 0'));
      else this.#worker.postMessage(invokeMessage(call, timeoutMs));
    });
  }

  /** Ends the thread, whatever it is doing. */
  end(): void {
    this.isOver = true;
    void this.#worker.terminate();
  }

  #kill(): void {
    this.#output('stderr', `Out of memory: ${this.code.memoryMb} MB\n`);
    this.#running?.finish(exitError(this.#lastCall, 'signal: killed'));
    this.end();
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
    } else if (message.type === 'init-error') this.#tellLoaded({ type: 'error', payload: message.payload });
    else if (message.type === 'leaving') this.isOver = true;
    else if (message.type === 'output') this.#output(message.stream, message.text);
    else this.#running?.finish(message);
  }

  #exited(status: number): void {
    this.isOver = true;
    this.#surroundings.guard.remove(this.#guarded);
    const how = this.#outOfMemory ? 'signal: killed' : `exit status ${status}`;
    const failure = exitError(this.#lastCall, how);
    this.#tellLoaded(failure);
    this.#running?.finish(failure);
  }

  #output(stream: 'stdout' | 'stderr', text: string): void {
    const { route, requestId } = this.#lastCall;
    this.#surroundings.print({ functionName: this.code.name, route, requestId, stream, text });
  }
}

/** The words of Lambda for an environment that ended under an invocation. */
function exitError(call: Call, how: string): InvocationResult {
  const errorMessage = `RequestId: ${call.requestId} Error: Runtime exited with error: ${how}`;
  return { type: 'error', payload: JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage }) };
}

function invokeMessage({ event }: Call, timeoutMs: number): InvokeMessage {
  const now = Date.now();
  const traceId = `${mintTraceId(now)};Parent=${mintSpanId()};Sampled=0`;
  return { event, awsRequestId: randomUUID(), deadlineMs: now + timeoutMs, traceId };
}

function settingsOf(code: FunctionCode, beats: SharedArrayBuffer): WorkerSettings {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    file: code.file,
    ...(code.vendor !== undefined && { vendor: code.vendor }),
    runtime: code.runtime,
    functionName: code.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: code.arn,
    memoryLimitMb: code.memoryMb,
    logGroupName: `/aws/lambda/${code.functionName}`,
    logStreamName: `${day}/[$LATEST]${randomBytes(16).toString('hex')}`,
    beats,
  };
}

// A worker thread before it knows its function: a fresh one, or a spare one that loads packages meanwhile and keeps
// what is heard from it for whom it goes to.

import { Worker } from 'node:worker_threads';
import type { FunctionCode } from './function-code.ts';
import { MEASURED_WORDS, type ThreadSettings, type WorkerMessage } from './protocol.ts';

export class FunctionThread {
  readonly worker: Worker;
  /** What the thread says of itself all the time: `BEATS`, `HELD_KB`. */
  readonly measured: Int32Array;
  /** What its `process.env` held when it started. */
  readonly environment: Readonly<Record<string, string>>;
  readonly heard: WorkerMessage[] = [];

  /**
   * @param script the compiled program of a worker
   * @param prepare loads the packages of that function, and not yet the function
   */
  constructor(script: string, code: FunctionCode, prepare: boolean) {
    const memory = new SharedArrayBuffer(MEASURED_WORDS * Int32Array.BYTES_PER_ELEMENT);
    const settings: ThreadSettings = {
      measured: memory,
      ...(prepare && code.vendor !== undefined && { prepare: code.vendor }),
    };
    this.measured = new Int32Array(memory);
    this.environment = code.environment;
    this.worker = new Worker(script, {
      name: code.name,
      argv: [],
      execArgv: [],
      env: { ...code.environment },
      workerData: settings,
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: code.memoryMb },
    });
  }

  /** Listening keeps the server from ending, which a thread must not: to be called after every `on`. */
  unref(): void {
    this.worker.unref();
  }
}

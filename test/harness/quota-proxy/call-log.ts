// What passed the proxy, in order: in memory for tests, and as NDJSON for benches and other processes.

import { appendFileSync } from 'node:fs';
import type { Service } from './control-call.ts';

export interface LoggedCall {
  /** Counts control calls from 1, in the order of their arrival. */
  readonly number: number;
  readonly service: Service;
  readonly operation: string;
  readonly resource: string | undefined;
  readonly mutates: boolean;
  /** Milliseconds from the proxy's start to the call's arrival. */
  readonly atMs: number;
  /** From arrival to answer. */
  readonly ms: number;
  /** Absent when no answer was given. */
  readonly status: number | undefined;
  /** `passed`, or what became of it instead: `throttled`, `expired`, `role-not-ready`, `stale`, `reset-after` … */
  readonly outcome: string;
}

export class CallLog {
  readonly #calls: LoggedCall[] = [];
  readonly #file: string | undefined;

  constructor(file: string | undefined) {
    this.#file = file;
  }

  add(call: LoggedCall): void {
    this.#calls.push(call);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(call)}\n`);
  }

  /** In the order of arrival. */
  all(): readonly LoggedCall[] {
    return this.#calls.toSorted((left, right) => left.number - right.number);
  }

  clear(): void {
    this.#calls.length = 0;
  }
}

// One ordered reader of a stream, as a shard has it: a batch is over before the next begins. What fails is tried again
// where it lies, cut in two or from the first record that the function names, until its attempts are used up.
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html

import type { Nap } from '../nap.ts';
import { batchFailures } from './batch-response.ts';
import {
  againIn,
  BROKEN_LOOK_MS,
  type Called,
  callFunction,
  type Delivery,
  delivered,
  retryDelay,
  type TriggerPorts,
  type TriggerTarget,
} from './call-function.ts';
import { LOOP_LIMIT, stoppedLoop } from './lineage.ts';
import type { StreamRecord } from './stream-record.ts';

export interface LaneOptions {
  readonly target: TriggerTarget;
  readonly ports: TriggerPorts;
  readonly batchSize: number;
  readonly batchWindowMs: number;
  /** Attempts after the first; -1: no end. */
  readonly retries: number;
  readonly bisectOnError: boolean;
  readonly reportFailures: boolean;
  /** Takes what failed to the end. */
  giveUp(records: readonly StreamRecord[], condition: string, calls: number): void;
  readonly nap: Nap;
}

export interface LaneRecord {
  readonly record: StreamRecord;
  readonly depth: number;
}

interface Part {
  readonly records: readonly LaneRecord[];
  /** Calls so far that count. */
  readonly calls: number;
}

/** The writes of one request come together. */
const GATHER_MS = 20;
/** Lambda's limit of an event, with room for what is around the records. */
const BATCH_BYTES = 6_000_000;
/** A stream whose function never gets on must not fill the memory: AWS forgets after a day. */
const MOST_WAITING = 100_000;

export class StreamLane {
  readonly #options: LaneOptions;
  readonly #waiting: LaneRecord[] = [];
  #running = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  push(record: LaneRecord): void {
    this.#waiting.push(record);
    if (this.#waiting.length > MOST_WAITING) this.#forget(this.#waiting.splice(0, MOST_WAITING / 10));
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    const { nap, batchWindowMs } = this.#options;
    this.#running = true;
    while (this.#waiting.length > 0 && !nap.isOver) {
      await this.#gather(Math.max(GATHER_MS, batchWindowMs));
      if (!nap.isOver) await this.#deliver(this.#take());
    }
    this.#running = false;
  }

  /** Until the batch is full or the window is over. */
  async #gather(windowMs: number): Promise<void> {
    const { nap, batchSize } = this.#options;
    const end = performance.now() + windowMs;
    while (this.#waiting.length < batchSize && performance.now() < end && !nap.isOver) {
      await nap.sleep(Math.min(GATHER_MS, end - performance.now()));
    }
  }

  #take(): readonly LaneRecord[] {
    const batch: LaneRecord[] = [];
    let bytes = 0;
    while (batch.length < this.#options.batchSize) {
      const next = this.#waiting[0];
      if (next === undefined) break;
      bytes += JSON.stringify(next.record).length;
      if (batch.length > 0 && bytes > BATCH_BYTES) break;
      batch.push(next);
      this.#waiting.shift();
    }
    const looping = batch.filter(({ depth }) => depth >= LOOP_LIMIT);
    if (looping.length > 0) this.#stopLoop(looping);
    return batch.filter(({ depth }) => depth < LOOP_LIMIT);
  }

  async #deliver(batch: readonly LaneRecord[]): Promise<void> {
    const { nap, target, ports } = this.#options;
    const parts: Part[] = batch.length === 0 ? [] : [{ records: batch, calls: 0 }];
    let told = '';
    for (let part = parts.shift(); part !== undefined && !nap.isOver; part = parts.shift()) {
      const { records } = part;
      const Records = records.map(({ record }) => record);
      const depth = Math.min(...records.map((one) => one.depth)) + 1;
      const called = await callFunction(ports, target, { Records }, depth);
      if (called.outcome.type === 'broken') {
        // Said once; it does not count as an attempt, and a save wakes it.
        if (told !== called.outcome.reason) this.#report(records, called, waiting(called.outcome.reason));
        told = called.outcome.reason;
        parts.unshift(part);
        await nap.sleep(BROKEN_LOOK_MS);
        continue;
      }
      told = '';
      parts.unshift(...(await this.#after({ records, calls: part.calls + 1 }, called)));
    }
  }

  /** What is left to be done of a part that was called. */
  async #after(part: Part, called: Called): Promise<readonly Part[]> {
    const { records, calls } = part;
    const { bisectOnError, nap, ports } = this.#options;
    const { left, failed } = this.#left(records, called);
    if (left.length === 0) {
      this.#report(records, called, { outcome: 'done' });
      return [];
    }
    const { outcome } = called;
    const reason = outcome.type === 'error' ? { reason: outcome.reason } : {};
    const end = {
      ...(failed === undefined ? { outcome: 'failed' as const } : { outcome: 'partial' as const, failed }),
    };
    if (bisectOnError && failed === undefined && records.length > 1) {
      // "Splitting a batch does not count towards the retry quota", and nothing is waited for.
      this.#report(records, called, { ...end, ...reason, next: 'again in halves' });
      const middle = Math.ceil(records.length / 2);
      return [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, calls: calls - 1 }));
    }
    if (this.#options.retries >= 0 && calls > this.#options.retries) {
      this.#report(records, called, { ...end, ...reason, outcome: 'dropped', next: 'given up' });
      this.#options.giveUp(plain(left), 'RetryAttemptsExhausted', calls);
      return [];
    }
    const delayMs = retryDelay(ports, calls);
    this.#report(records, called, { ...end, ...reason, next: againIn(delayMs) });
    await nap.sleep(delayMs);
    return [{ records: left, calls }];
  }

  /** From the first record that failed on: a stream is worked off in order. */
  #left(
    records: readonly LaneRecord[],
    { outcome }: Called,
  ): { readonly left: readonly LaneRecord[]; readonly failed?: number } {
    if (outcome.type !== 'success') return { left: records };
    if (!this.#options.reportFailures) return { left: [] };
    const ids = records.map(({ record }) => record.dynamodb.SequenceNumber);
    const failures = batchFailures(outcome.payload, ids);
    if (failures === 'all') return { left: records };
    if (failures.length === 0) return { left: [] };
    return { left: records.slice(ids.findIndex((id) => failures.includes(id))), failed: failures.length };
  }

  #stopLoop(looping: readonly LaneRecord[]): void {
    const { target, ports, giveUp } = this.#options;
    const reason = stoppedLoop(target.function, 'writes');
    ports.report({ ...target, records: looping.length, ms: 0, outcome: 'dropped', reason });
    giveUp(plain(looping), 'RecursiveInvocation', LOOP_LIMIT);
  }

  #forget(forgotten: readonly LaneRecord[]): void {
    const { target, ports } = this.#options;
    const reason = `more than ${MOST_WAITING} records wait`;
    ports.report({ ...target, records: forgotten.length, ms: 0, outcome: 'dropped', reason });
  }

  #report(
    records: readonly LaneRecord[],
    called: Called,
    end: Pick<Delivery, 'outcome' | 'failed' | 'reason' | 'next'>,
  ): void {
    this.#options.ports.report(delivered(this.#options.target, records.length, called, end));
  }
}

const plain = (records: readonly LaneRecord[]): readonly StreamRecord[] => records.map(({ record }) => record);

const waiting = (reason: string) => ({ outcome: 'waiting' as const, reason, next: 'again once it runs' });

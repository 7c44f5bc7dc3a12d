// A function that works off a queue: messages in batches, several batches at once, each message deleted when the
// function is done with it and back in the queue when it is not.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html

import { Nap } from '../nap.ts';
import type { Message } from '../queues/message.ts';
import type { Queue } from '../queues/queue.ts';
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
import { matchesPattern } from './match-pattern.ts';
import { filteredRecord, queueRecord } from './queue-event.ts';

export interface QueueTriggerOptions {
  readonly target: TriggerTarget;
  readonly ports: TriggerPorts;
  readonly queue: Queue;
  readonly batchSize: number;
  /** Seconds. */
  readonly batchWindow: number;
  readonly maximumConcurrency?: number;
  readonly reportFailures: boolean;
  readonly filters: readonly unknown[];
}

/** "Lambda starts processing five batches at a time". */
const CONCURRENCY = 5;
const POLL_MS = 20_000;
/** What was sent one by one and together is one batch. */
const GATHER_MS = 20;

export class QueueTrigger {
  readonly #options: QueueTriggerOptions;
  readonly #nap = new Nap();
  readonly #calls = new Set<Promise<void>>();
  /** Messages that failed and wait for their next attempt. */
  readonly #failed = new Set<string>();
  #told = '';

  constructor(options: QueueTriggerOptions) {
    this.#options = options;
    void this.#poll();
  }

  /** Gives what failed at once, as after a save. */
  wake(): void {
    this.#options.queue.release(this.#failed);
    this.#failed.clear();
    this.#nap.wake();
  }

  /** Its queue is not there any more. */
  get isOver(): boolean {
    return this.#options.queue.isClosed;
  }

  close(): void {
    this.#nap.end();
  }

  async #poll(): Promise<void> {
    const { queue, maximumConcurrency = CONCURRENCY } = this.#options;
    while (!this.#nap.isOver && !queue.isClosed) {
      const messages = await this.#batch(queue);
      if (messages.length === 0) continue;
      const call = this.#deliver(queue, messages).finally(() => this.#calls.delete(call));
      this.#calls.add(call);
      // A broken function is not tried by many at once.
      if (this.#told !== '') await call;
      while (this.#calls.size >= maximumConcurrency) await Promise.race(this.#calls);
    }
  }

  async #batch(queue: Queue): Promise<readonly Message[]> {
    const { batchSize, batchWindow } = this.#options;
    const first = await queue.receiveWithin(POLL_MS, { most: batchSize });
    if (this.#nap.isOver) {
      for (const { receipt = '' } of first) queue.changeVisibility(receipt, 0, true);
      return [];
    }
    const messages = [...first];
    const end = performance.now() + Math.max(GATHER_MS, batchWindow * 1000);
    while (first.length > 0 && messages.length < batchSize && !this.#nap.isOver) {
      const left = end - performance.now();
      if (left <= 0) break;
      // A FIFO queue gives no more of a group that is held: nothing is gathered there.
      if (queue.settings.fifo) break;
      await this.#nap.sleep(Math.min(GATHER_MS, left));
      messages.push(...queue.receive({ most: batchSize - messages.length }));
    }
    return messages;
  }

  async #deliver(queue: Queue, received: readonly Message[]): Promise<void> {
    const { target, ports } = this.#options;
    const messages = this.#stopLoops(queue, this.#filtered(queue, received));
    if (messages.length === 0) return;
    const Records = messages.map((message) => queueRecord(message, queue.settings.arn));
    const depth = Math.min(...messages.map((message) => message.depth)) + 1;
    const called = await callFunction(ports, target, { Records }, depth);
    const { outcome } = called;
    if (outcome.type === 'broken') return this.#hold(queue, messages, called, outcome.reason);
    this.#told = '';
    const failed = this.#failures(messages, called);
    for (const message of messages) if (!failed.includes(message)) queue.delete(message.receipt ?? '');
    const reason = outcome.type === 'error' ? { reason: outcome.reason } : {};
    if (failed.length === 0) this.#report(messages, called, { outcome: 'done' });
    else {
      const isPartial = outcome.type === 'success' && failed.length < messages.length;
      const end = isPartial ? { outcome: 'partial' as const, failed: failed.length } : { outcome: 'failed' as const };
      this.#report(messages, called, { ...end, ...reason, next: this.#again(queue, failed) });
    }
  }

  #filtered(queue: Queue, messages: readonly Message[]): readonly Message[] {
    const { filters } = this.#options;
    if (filters.length === 0) return messages;
    return messages.filter((message) => {
      const record = queueRecord(message, queue.settings.arn);
      const passes = filters.some((filter) => matchesPattern(filter, filteredRecord(record, filter)));
      // "Lambda automatically deletes from the queue" what no filter lets through.
      if (!passes) queue.delete(message.receipt ?? '');
      return passes;
    });
  }

  #stopLoops(queue: Queue, messages: readonly Message[]): readonly Message[] {
    const { target, ports } = this.#options;
    const looping = messages.filter(({ depth }) => depth >= LOOP_LIMIT);
    for (const message of looping) queue.giveUp(message);
    if (looping.length > 0) {
      const reason = stoppedLoop(target.function, 'sends');
      ports.report({ ...target, records: looping.length, ms: 0, outcome: 'dropped', reason });
    }
    return messages.filter((message) => !looping.includes(message));
  }

  /** What a broken function cannot take is as if it had not been received. */
  async #hold(queue: Queue, messages: readonly Message[], called: Called, reason: string): Promise<void> {
    if (this.#told !== reason) {
      this.#report(messages, called, { outcome: 'waiting', reason, next: 'again once it runs' });
    }
    this.#told = reason;
    await this.#nap.sleep(BROKEN_LOOK_MS);
    for (const { receipt = '' } of messages) queue.changeVisibility(receipt, 0, true);
  }

  #failures(messages: readonly Message[], { outcome }: Called): readonly Message[] {
    if (outcome.type !== 'success') return messages;
    if (!this.#options.reportFailures) return [];
    const failures = batchFailures(
      outcome.payload,
      messages.map(({ id }) => id),
    );
    return failures === 'all' ? messages : messages.filter(({ id }) => failures.includes(id));
  }

  /** On AWS they come back when their visibility timeout is over; here sooner, where that is long. */
  #again(queue: Queue, failed: readonly Message[]): string {
    const { deadLetter, visibilityTimeout } = queue.settings;
    let soonestMs = Number.POSITIVE_INFINITY;
    let left = 0;
    for (const message of failed) {
      const isLast = deadLetter !== undefined && message.receives >= deadLetter.maxReceives;
      const delayMs = isLast
        ? 0
        : Math.min(visibilityTimeout * 1000, retryDelay(this.#options.ports, message.receives));
      queue.changeVisibility(message.receipt ?? '', delayMs / 1000);
      if (isLast) continue;
      left += 1;
      this.#failed.add(message.id);
      soonestMs = Math.min(soonestMs, delayMs);
    }
    const gone = failed.length - left;
    const toDead = gone === 0 ? [] : [`${gone === failed.length ? '' : `${gone} `}to ${deadLetter?.name}`];
    return [...toDead, ...(left === 0 ? [] : [againIn(soonestMs)])].join(', ');
  }

  #report(
    messages: readonly Message[],
    called: Called,
    end: Pick<Delivery, 'outcome' | 'failed' | 'reason' | 'next'>,
  ): void {
    this.#options.ports.report(delivered(this.#options.target, messages.length, called, end));
  }
}

// A function that follows a table: records that its filters let through go to one of as many lanes as it works off at
// once, all of one key to the same, so that each item's changes come in order.

import { createHash } from 'node:crypto';
import { Nap } from '../nap.ts';
import type { ItemChange } from '../tables/item-changes.ts';
import type { TriggerPorts, TriggerTarget } from './call-function.ts';
import { failureDocument } from './failure-document.ts';
import { matchesPattern } from './match-pattern.ts';
import { StreamLane } from './stream-lane.ts';
import { nextSequenceNumber, type StreamIdentity, type StreamRecord, streamRecord } from './stream-record.ts';

export interface StreamTriggerOptions {
  /** The function's logical name, the model's name. */
  readonly target: TriggerTarget;
  readonly ports: TriggerPorts;
  readonly stream: StreamIdentity;
  readonly functionArn: string;
  readonly batchSize: number;
  /** Seconds. */
  readonly batchWindow: number;
  readonly parallelization: number;
  readonly retries: number;
  readonly bisectOnError: boolean;
  readonly reportFailures: boolean;
  readonly filters: readonly unknown[];
  /** Takes a document about a batch that failed to the end: what the queue or topic of `onFailure` gets. */
  onFailure?(document: object): void;
}

export class StreamTrigger {
  readonly #options: StreamTriggerOptions;
  readonly #lanes: readonly StreamLane[];
  readonly #nap = new Nap();

  constructor(options: StreamTriggerOptions) {
    const { batchWindow, parallelization, ...rest } = options;
    this.#options = options;
    this.#lanes = Array.from(
      { length: parallelization },
      () =>
        new StreamLane({
          ...rest,
          batchWindowMs: batchWindow * 1000,
          nap: this.#nap,
          giveUp: (records, condition, calls) => this.#giveUp(records, condition, calls),
        }),
    );
  }

  /** A change of an item of its table. */
  changed(change: ItemChange): void {
    const { stream, filters } = this.#options;
    const record = streamRecord(change, stream, nextSequenceNumber());
    if (filters.length > 0 && !filters.some((filter) => matchesPattern(filter, record))) return;
    this.#lanes[laneOf(change, this.#lanes.length)]?.push({ record, depth: change.depth });
  }

  /** Tries at once what waits for another attempt. */
  wake(): void {
    this.#nap.wake();
  }

  /** Calls nothing any more; what waits is forgotten. */
  close(): void {
    this.#nap.end();
  }

  #giveUp(records: readonly StreamRecord[], condition: string, calls: number): void {
    const { onFailure, functionArn, stream } = this.#options;
    onFailure?.(failureDocument(records, { condition, calls, functionArn, streamArn: stream.arn }));
  }
}

function laneOf({ keys }: ItemChange, lanes: number): number {
  if (lanes === 1) return 0;
  return createHash('sha256').update(JSON.stringify(keys)).digest().readUInt32BE() % lanes;
}

// What the queue or topic of `onFailure` is told of a batch of a stream that failed to the end: where it lies, not what
// it holds.
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html

import { randomUUID } from 'node:crypto';
import type { StreamRecord } from './stream-record.ts';

export interface FailedBatch {
  /** `RetryAttemptsExhausted`. */
  readonly condition: string;
  readonly calls: number;
  readonly functionArn: string;
  readonly streamArn: string;
}

/** A stream has one shard here. */
export const SHARD = 'shardId-00000000000000000000-00000000';

export function failureDocument(records: readonly StreamRecord[], failed: FailedBatch): object {
  const [first, last] = [records[0], records.at(-1)];
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: failed.functionArn,
      condition: failed.condition,
      approximateInvokeCount: failed.calls,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: SHARD,
      startSequenceNumber: first?.dynamodb.SequenceNumber,
      endSequenceNumber: last?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn: failed.streamArn,
    },
  };
}

const arrival = (record: StreamRecord | undefined): string =>
  new Date((record?.dynamodb.ApproximateCreationDateTime ?? 0) * 1000).toISOString().replace('.000Z', 'Z');

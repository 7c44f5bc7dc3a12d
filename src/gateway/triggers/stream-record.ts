// A record of a DynamoDB stream, as Lambda hands it to a function.
// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html and
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html

import { randomBytes } from 'node:crypto';
import type { ItemChange } from '../tables/item-changes.ts';

export type StreamView = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

type Image = ItemChange['keys'];

export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Seconds since 1970, whole. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Image;
    readonly NewImage?: Image;
    readonly OldImage?: Image;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamView;
  };
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' };
  readonly eventSourceARN: string;
}

export interface StreamIdentity {
  /** `arn:aws:dynamodb:eu-west-1:000000000000:table/shop-dev-Order/stream/2026-01-01T00:00:00.000`. */
  readonly arn: string;
  readonly region: string;
  readonly view: StreamView;
}

/** @param sequenceNumber 21 to 40 digits, growing */
export function streamRecord(change: ItemChange, stream: StreamIdentity, sequenceNumber: string): StreamRecord {
  const { keys, before, after, bytes, at, expired } = change;
  const { arn, region, view } = stream;
  const [showsNew, showsOld] = [/NEW/.test(view) && after !== undefined, /OLD/.test(view) && before !== undefined];
  return {
    eventID: randomBytes(16).toString('hex'),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: keys,
      ...(showsNew && { NewImage: after }),
      ...(showsOld && { OldImage: before }),
      SequenceNumber: sequenceNumber,
      SizeBytes: bytes.keys + (showsNew ? bytes.after : 0) + (showsOld ? bytes.before : 0),
      StreamViewType: view,
    },
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
    ...(expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as const }),
    eventSourceARN: arn,
  };
}

let last = 0n;

/** Greater than every one before, those of earlier starts included. */
export function nextSequenceNumber(): string {
  const now = BigInt(Date.now()) * 100_000_000n;
  last = now > last ? now : last + 1n;
  return String(last);
}

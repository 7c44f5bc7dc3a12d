// A message of a queue, and the attributes that SQS itself gives it.

import { randomUUID } from 'node:crypto';
import { attributesBytes, attributesMd5, type MessageAttributes, md5 } from './message-attributes.ts';

export interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: MessageAttributes;
  /** Seconds; absent: the queue's own. */
  readonly delay?: number | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  /** The system attribute AWSTraceHeader. */
  readonly traceHeader?: string | undefined;
  /** How many functions in a row brought it about. */
  readonly depth?: number;
}

/** As it is kept: plain data, times in milliseconds since 1970. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly md5: string;
  readonly attributes: MessageAttributes;
  readonly attributesMd5?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** FIFO: 20 digits, growing. */
  readonly sequenceNumber?: string;
  readonly traceHeader?: string;
  readonly depth: number;
  readonly sentAt: number;
  /** ARN of the queue that it could not be worked off in. */
  deadLetterSource?: string;
  firstReceivedAt?: number;
  receives: number;
  /** Nobody receives it before. */
  visibleAt: number;
  /** Of the last receive; absent: nobody holds it. */
  receipt?: string;
}

/** Of its body and its attributes. */
export const bytesOf = ({ body, attributes = {} }: Pick<OutgoingMessage, 'body' | 'attributes'>): number =>
  Buffer.byteLength(body) + attributesBytes(attributes);

let lastSequence = 0n;

/** Greater than every one before, those of earlier starts included. */
export function nextFifoSequence(): string {
  const now = BigInt(Date.now()) * 10_000_000n;
  lastSequence = now > lastSequence ? now : lastSequence + 1n;
  return String(lastSequence).padStart(20, '0');
}

export function messageOf(outgoing: OutgoingMessage, fifo: boolean, delaySeconds: number, now: number): Message {
  const { body, attributes = {}, groupId, deduplicationId, traceHeader, depth = 0 } = outgoing;
  const digest = attributesMd5(attributes);
  return {
    id: randomUUID(),
    body,
    md5: md5(body),
    attributes,
    ...(digest !== undefined && { attributesMd5: digest }),
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
    ...(fifo && { sequenceNumber: nextFifoSequence() }),
    ...(traceHeader !== undefined && { traceHeader }),
    depth,
    sentAt: now,
    receives: 0,
    visibleAt: now + delaySeconds * 1000,
  };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export function systemAttributes(message: Message, senderId: string): Readonly<Record<string, string>> {
  const { groupId, deduplicationId, sequenceNumber, traceHeader, deadLetterSource } = message;
  return {
    ApproximateReceiveCount: String(message.receives),
    ...(traceHeader !== undefined && { AWSTraceHeader: traceHeader }),
    SentTimestamp: String(message.sentAt),
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    SenderId: senderId,
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(deadLetterSource !== undefined && { DeadLetterQueueSourceArn: deadLetterSource }),
  };
}

// Messages of a queue as Lambda hands them to a function.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event

import { type Message, systemAttributes } from '../queues/message.ts';
import type { MessageAttribute } from '../queues/message-attributes.ts';
import { SENDER_ID } from '../queues/sqs-actions.ts';

export type QueueRecord = ReturnType<typeof queueRecord>;

export function queueRecord(message: Message, queueArn: string) {
  return {
    messageId: message.id,
    receiptHandle: message.receipt ?? '',
    body: message.body,
    attributes: systemAttributes(message, SENDER_ID),
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, attribute]) => [name, attributeOf(attribute)]),
    ),
    ...(message.attributesMd5 !== undefined && { md5OfMessageAttributes: message.attributesMd5 }),
    md5OfBody: message.md5,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

const attributeOf = ({ DataType, StringValue, BinaryValue }: MessageAttribute) => ({
  ...(StringValue !== undefined && { stringValue: StringValue }),
  ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType,
});

/** What filters look at: a body is JSON where a filter asks for what is in it. */
export function filteredRecord(record: QueueRecord, filter: unknown): object {
  const wanted = (filter as { readonly body?: unknown } | null)?.body;
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return record;
  try {
    return { ...record, body: JSON.parse(record.body) as unknown };
  } catch {
    return { ...record, body: undefined };
  }
}

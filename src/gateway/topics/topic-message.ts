// A message of a topic as its subscribers get it: SNS's envelope, the record of a function's event, and what a filter
// policy looks at. https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html and
// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html

import type { MessageAttributes } from '../queues/message-attributes.ts';
import { matchesPattern } from '../triggers/match-pattern.ts';

export interface TopicMessage {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string | undefined;
  readonly message: string;
  /** `MessageStructure: json`: `message` holds a text for each protocol. */
  readonly isByProtocol: boolean;
  readonly attributes: MessageAttributes;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  /** FIFO. */
  readonly sequenceNumber?: string;
  /** ISO 8601. */
  readonly timestamp: string;
  /** How many functions in a row brought it about. */
  readonly depth: number;
}

export interface FilterPolicy {
  readonly policy?: Readonly<Record<string, unknown>> | undefined;
  readonly scope?: 'MessageAttributes' | 'MessageBody' | undefined;
}

/** Local messages are signed by nobody. */
const SIGNATURE = 'bG9jYWw=';

/** The text for a protocol. */
export function textFor({ message, isByProtocol }: TopicMessage, protocol: 'sqs' | 'lambda'): string {
  if (!isByProtocol) return message;
  const texts = JSON.parse(message) as Readonly<Record<string, string>>;
  return texts[protocol] ?? texts['default'] ?? '';
}

/** What a queue gets that does not ask for the message alone. */
export function envelope(message: TopicMessage, subscriptionArn: string): string {
  const { id, topicArn, subject, timestamp, sequenceNumber } = message;
  const attributes = shown(message.attributes);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: id,
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: textFor(message, 'sqs'),
    Timestamp: timestamp,
    ...(sequenceNumber === undefined && {
      SignatureVersion: '1',
      Signature: SIGNATURE,
      SigningCertURL: certificateOf(topicArn),
    }),
    UnsubscribeURL: unsubscribeOf(topicArn, subscriptionArn),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  });
}

/** The event of a function. */
export function topicEvent(message: TopicMessage, subscriptionArn: string): object {
  const { id, topicArn, subject, timestamp } = message;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Type: 'Notification',
          MessageId: id,
          TopicArn: topicArn,
          Subject: subject ?? null,
          Message: textFor(message, 'lambda'),
          Timestamp: timestamp,
          SignatureVersion: '1',
          Signature: SIGNATURE,
          SigningCertUrl: certificateOf(topicArn),
          UnsubscribeUrl: unsubscribeOf(topicArn, subscriptionArn),
          MessageAttributes: shown(message.attributes),
        },
      },
    ],
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export function passes(message: TopicMessage, { policy, scope }: FilterPolicy): boolean {
  if (policy === undefined) return true;
  if (scope !== 'MessageBody') return matchesPattern(policy, filtered(message.attributes));
  try {
    return matchesPattern(policy, JSON.parse(message.message));
  } catch {
    return false;
  }
}

function filtered(attributes: MessageAttributes): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, { DataType, StringValue = '' }]) => {
      if (DataType.startsWith('Binary')) return [];
      if (DataType === 'Number') return [[name, Number(StringValue)]];
      return [[name, DataType === 'String.Array' ? parsed(StringValue) : StringValue]];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const shown = (attributes: MessageAttributes) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue },
    ]),
  );

const hostOf = (topicArn: string): string => `https://sns.${topicArn.split(':')[3]}.amazonaws.com`;

const certificateOf = (topicArn: string): string =>
  `${hostOf(topicArn)}/SimpleNotificationService-00000000000000000000000000000000.pem`;

const unsubscribeOf = (topicArn: string, subscriptionArn: string): string =>
  `${hostOf(topicArn)}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;

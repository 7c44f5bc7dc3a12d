// A queue's props, and the attributes of SQS that carry them.

import type { CreateQueueCommandInput, QueueAttributeName } from '@aws-sdk/client-sqs';
import { type Coverage, unsupported } from './coverage.ts';
import type { Tags } from './ownership.ts';

export interface SqsQueueProps {
  /** Ends in `.fifo` where it is one. */
  readonly queueName: string;
  /** FIFO alone. */
  readonly contentBasedDeduplication: boolean;
  /** Seconds, as are retention, delay and receiveWait. */
  readonly visibilityTimeout: number;
  readonly retention: number;
  readonly delay: number;
  readonly receiveWait: number;
  /** Bytes. */
  readonly maximumMessageSize: number;
  /** Where messages go that were received too often; null: nowhere. */
  readonly deadLetter: { readonly queueArn: string; readonly maxReceives: number } | null;
  /** KMS key id, alias or ARN; '' for SQS's own keys. */
  readonly kmsKey: string;
  /** ARNs of the topics that may send to it, sorted. */
  readonly topics: readonly string[];
  readonly tags: Tags;
}

export const sqsQueueInputs = {
  QueueName: 'queueName',
  Attributes: [
    'contentBasedDeduplication',
    'visibilityTimeout',
    'retention',
    'delay',
    'receiveWait',
    'maximumMessageSize',
    'deadLetter',
    'kmsKey',
    'topics',
  ],
  tags: 'tags',
} satisfies Coverage<CreateQueueCommandInput>;

/** Attributes that are not offered. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const otherQueueAttributes = {
  KmsDataKeyReusePeriodSeconds: unsupported("SQS's default of five minutes"),
  RedriveAllowPolicy: unsupported('queues of the account may use one another as dead-letter queues'),
  DeduplicationScope: unsupported('FIFO queues deduplicate as a whole'),
  FifoThroughputLimit: unsupported('FIFO queues have their plain throughput'),
} as const;

export const isFifo = (name: string): boolean => name.endsWith('.fifo');

export type QueueAttributes = Partial<Record<QueueAttributeName, string>>;

/** What SetQueueAttributes may change; '' takes an attribute away. */
export function attributesOf(props: SqsQueueProps, arn: string): QueueAttributes {
  const { deadLetter, topics, kmsKey } = props;
  return {
    VisibilityTimeout: String(props.visibilityTimeout),
    MessageRetentionPeriod: String(props.retention),
    DelaySeconds: String(props.delay),
    ReceiveMessageWaitTimeSeconds: String(props.receiveWait),
    MaximumMessageSize: String(props.maximumMessageSize),
    RedrivePolicy: deadLetter
      ? JSON.stringify({ deadLetterTargetArn: deadLetter.queueArn, maxReceiveCount: deadLetter.maxReceives })
      : '',
    Policy: topics.length > 0 ? queuePolicy(arn, topics) : '',
    // The two exclude one another: a key of KMS turns SQS's own off.
    ...(kmsKey === '' ? { KmsMasterKeyId: '', SqsManagedSseEnabled: 'true' } : { KmsMasterKeyId: kmsKey }),
    ...(isFifo(props.queueName) && { ContentBasedDeduplication: String(props.contentBasedDeduplication) }),
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html */
const queuePolicy = (queueArn: string, topics: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: topics.map((topic) => ({
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': topic } },
    })),
  });

/** The props that attributes stand for, all but name and tags. */
export function fromAttributes(attributes: QueueAttributes): Omit<SqsQueueProps, 'queueName' | 'tags'> {
  const number = (name: QueueAttributeName, fallback: number): number => Number(attributes[name] ?? fallback);
  return {
    contentBasedDeduplication: attributes.ContentBasedDeduplication === 'true',
    visibilityTimeout: number('VisibilityTimeout', 30),
    retention: number('MessageRetentionPeriod', 345_600),
    delay: number('DelaySeconds', 0),
    receiveWait: number('ReceiveMessageWaitTimeSeconds', 0),
    maximumMessageSize: number('MaximumMessageSize', 1_048_576),
    deadLetter: deadLetterOf(attributes.RedrivePolicy),
    kmsKey: attributes.KmsMasterKeyId ?? '',
    topics: topicsOf(attributes.Policy),
  };
}

function deadLetterOf(policy: string | undefined): SqsQueueProps['deadLetter'] {
  if (!policy) return null;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as {
    readonly deadLetterTargetArn?: string;
    readonly maxReceiveCount?: number | string;
  };
  return { queueArn: deadLetterTargetArn ?? '', maxReceives: Number(maxReceiveCount ?? 0) };
}

interface QueueStatement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: { readonly Service?: string } | string;
  readonly Action?: string | readonly string[];
  readonly Condition?: { readonly ArnEquals?: { readonly 'aws:SourceArn'?: string } };
}

/** A statement of another form, written by hand, reads as a text that no topic equals. */
function topicsOf(policy: string | undefined): readonly string[] {
  if (!policy) return [];
  const { Statement = [] } = JSON.parse(policy) as { readonly Statement?: readonly QueueStatement[] };
  return Statement.map((statement) => {
    const topic = statement.Condition?.ArnEquals?.['aws:SourceArn'];
    const service = typeof statement.Principal === 'object' ? statement.Principal.Service : undefined;
    const isPlain =
      statement.Effect === 'Allow' &&
      service === 'sns.amazonaws.com' &&
      [statement.Action].flat().join().toLowerCase() === 'sqs:sendmessage' &&
      Object.keys(statement.Condition ?? {}).join() === 'ArnEquals';
    return isPlain && topic !== undefined ? topic : JSON.stringify(statement);
  }).sort();
}

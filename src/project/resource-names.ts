// Names of resources that api definitions and the graph must both know: deterministic, so that a resource is found
// without a ledger. A name over AWS's length ends in a hash of the whole.

import { createHash } from 'node:crypto';
import type { Project, QueueDeclaration, TopicDeclaration } from './project.ts';

const hashLength = 8;

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html and …/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const longest = { topic: 256, queue: 80 } as const;

/** Cuts a name to `length`, its last 8 characters being a hash of the whole name. */
export function fit(name: string, length: number): string {
  if (name.length <= length) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength);
  return `${name.slice(0, length - hashLength - 1)}-${hash}`;
}

type Named = Pick<Project, 'name' | 'stage' | 'region'>;

/** Where a stage stands in AWS. */
export interface AccountPlace {
  /** 12 digits. */
  readonly account: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
}

/** The name of a topic that apigen makes, `.fifo` included. */
export const topicName = (project: Named, topic: Pick<TopicDeclaration, 'name' | 'fifo'>): string =>
  suffixed(`${project.name}-${project.stage.name}-${topic.name}`, longest.topic, topic.fifo);

/** The name of a queue that apigen makes, `.fifo` included. */
export const queueName = (project: Named, queue: Pick<QueueDeclaration, 'name' | 'fifo'>): string =>
  suffixed(`${project.name}-${project.stage.name}-${queue.name}`, longest.queue, queue.fifo);

/** The ARN of a topic, made by apigen or not. */
export const topicArn = (project: Named, topic: TopicDeclaration, { account, partition }: AccountPlace): string =>
  topic.arn ?? `arn:${partition}:sns:${project.region}:${account}:${topicName(project, topic)}`;

/** The ARN of a queue, made by apigen or not. */
export const queueArn = (project: Named, queue: QueueDeclaration, { account, partition }: AccountPlace): string =>
  queue.arn ?? `arn:${partition}:sqs:${project.region}:${account}:${queueName(project, queue)}`;

/** FIFO names end in `.fifo`, which counts. */
function suffixed(name: string, length: number, fifo: boolean): string {
  const suffix = fifo ? '.fifo' : '';
  return `${fit(name, length - suffix.length)}${suffix}`;
}

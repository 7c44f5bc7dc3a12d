// Topics and queues by name: their ARNs, made by apigen or not, and the keys that encrypt them.

import type { Statement } from '../../../kinds/iam-role.ts';
import type { Project, QueueDeclaration, TopicDeclaration } from '../../../project/project.ts';
import { type AccountPlace, queueArn, topicArn } from '../../../project/resource-names.ts';

/** FIFO is part of a name in AWS: changing it is another topic, and the old one goes. */
export const topicNodeId = ({ name, fifo }: Pick<TopicDeclaration, 'name' | 'fifo'>): string =>
  `topic:${name}${fifo ? '.fifo' : ''}`;
export const queueNodeId = ({ name, fifo }: Pick<QueueDeclaration, 'name' | 'fifo'>): string =>
  `queue:${name}${fifo ? '.fifo' : ''}`;

type Place = AccountPlace & { readonly project: Project };

export const topicOf = ({ project }: Place, name: string): TopicDeclaration | undefined => project.topics?.[name];
export const queueOf = ({ project }: Place, name: string): QueueDeclaration | undefined => project.queues?.[name];

export function topicArnOf(place: Place, name: string): string | undefined {
  const topic = topicOf(place, name);
  return topic && topicArn(place.project, topic, place);
}

export function queueArnOf(place: Place, name: string): string | undefined {
  const queue = queueOf(place, name);
  return queue && queueArn(place.project, queue, place);
}

/** The node that must stand first; none where the topic is not apigen's. */
export function topicNodes(place: Place, name: string): readonly string[] {
  const topic = topicOf(place, name);
  return topic && topic.arn === undefined ? [topicNodeId(topic)] : [];
}

export function queueNodes(place: Place, name: string): readonly string[] {
  const queue = queueOf(place, name);
  return queue && queue.arn === undefined ? [queueNodeId(queue)] : [];
}

/**
 * The right to use a customer's key through a service, and only so. AWS managed keys (`alias/aws/…`) let everybody in
 * the account use them through their service.
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-conditions.html#conditions-kms-via-service
 */
export function keyStatements(
  place: Place,
  service: 'sns' | 'sqs',
  key: string | undefined,
  actions: readonly ('kms:Decrypt' | 'kms:GenerateDataKey')[],
): readonly Statement[] {
  if (key === undefined || key.startsWith('alias/aws/')) return [];
  const { region } = place.project;
  const keys = `arn:${place.partition}:kms:${region}:${place.account}:key`;
  const via = { 'kms:ViaService': [`${service}.${region}.amazonaws.com`] };
  const alias = /^(?:arn:[^/]+:)?(alias\/.+)$/.exec(key)?.[1];
  return [
    {
      actions,
      resources: [alias ? `${keys}/*` : key.startsWith('arn:') ? key : `${keys}/${key}`],
      conditions: {
        StringEquals: via,
        ...(alias && { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': [alias] } }),
      },
    },
  ];
}

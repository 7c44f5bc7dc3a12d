// Topics and queues that apigen makes, and the subscriptions of queues to topics.

import type { DesiredNode, Props } from '../../../engine/kind.ts';
import type { SnsSubscriptionProps } from '../../../kinds/sns-subscription.ts';
import type { SnsTopicProps } from '../../../kinds/sns-topic.ts';
import type { SqsQueueProps } from '../../../kinds/sqs-queue.ts';
import type { QueueDeclaration, TopicDeclaration } from '../../../project/project.ts';
import { queueName, topicName } from '../../../project/resource-names.ts';
import { type GraphInput, nodeTags } from './graph-input.ts';
import { queueArnOf, queueNodeId, queueNodes, topicArnOf, topicNodeId, topicNodes } from './neighbours.ts';

export function neighbourNodes(input: GraphInput): readonly DesiredNode[] {
  const { topics = {}, queues = {} } = input.project;
  return [
    ...Object.values(topics).flatMap((topic) => (topic.arn === undefined ? [topicNode(input, topic)] : [])),
    ...Object.values(queues).flatMap((queue) =>
      queue.arn === undefined ? [queueNode(input, queue), ...subscriptionNodes(input, queue)] : [],
    ),
  ];
}

function topicNode(input: GraphInput, topic: TopicDeclaration): DesiredNode {
  const id = topicNodeId(topic);
  const props: SnsTopicProps = {
    topicName: topicName(input.project, topic),
    contentBasedDeduplication: topic.contentBasedDeduplication,
    displayName: topic.displayName ?? '',
    kmsKey: topic.kmsKey ?? '',
    tags: nodeTags(input, id),
  };
  return { id, kind: 'sns-topic', name: props.topicName, props: props as unknown as Props, dependsOn: [] };
}

function queueNode(input: GraphInput, queue: QueueDeclaration): DesiredNode {
  const id = queueNodeId(queue);
  const { deadLetter } = queue;
  const props: SqsQueueProps = {
    queueName: queueName(input.project, queue),
    contentBasedDeduplication: queue.contentBasedDeduplication,
    visibilityTimeout: queue.visibilityTimeout,
    retention: queue.retention,
    delay: queue.delay,
    receiveWait: queue.receiveWait,
    maximumMessageSize: queue.maximumMessageSize,
    deadLetter: deadLetter
      ? { queueArn: queueArnOf(input, deadLetter.queue) ?? '', maxReceives: deadLetter.maxReceives }
      : null,
    kmsKey: queue.kmsKey ?? '',
    topics: [...new Set(queue.subscriptions.flatMap(({ topic }) => topicArnOf(input, topic) ?? []))].sort(),
    tags: nodeTags(input, id),
  };
  return {
    id,
    kind: 'sqs-queue',
    name: props.queueName,
    props: props as unknown as Props,
    dependsOn: deadLetter ? queueNodes(input, deadLetter.queue) : [],
  };
}

function subscriptionNodes(input: GraphInput, queue: QueueDeclaration): readonly DesiredNode[] {
  return queue.subscriptions.map(({ topic, raw, filterPolicy, filterPolicyScope }) => {
    const props: SnsSubscriptionProps = {
      topicArn: topicArnOf(input, topic) ?? '',
      protocol: 'sqs',
      endpoint: queueArnOf(input, queue.name) ?? '',
      raw,
      filterPolicy: (filterPolicy ?? null) as SnsSubscriptionProps['filterPolicy'],
      filterPolicyScope: filterPolicyScope ?? 'MessageAttributes',
    };
    return {
      id: `subscription:queue-${queue.name}/${topic}`,
      kind: 'sns-subscription',
      name: `${queueName(input.project, queue)}/${topic}`,
      props: props as unknown as Props,
      dependsOn: [queueNodeId(queue), ...topicNodes(input, topic)],
    };
  });
}

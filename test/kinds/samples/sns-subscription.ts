import type { DesiredNode } from '../../../src/engine/kind.ts';
import { snsSubscriptionInputs } from '../../../src/kinds/sns-subscription.ts';
import { type Place, physical, type Sample, set } from './sample.ts';
import { snsTopicSample } from './sns-topic.ts';
import { sqsQueueSample } from './sqs-queue.ts';

const arn = ({ partition, region, account }: Place, service: string, name: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${name}`;

const standing = (node: DesiredNode, name: string, fields: object): DesiredNode => ({
  ...node,
  name,
  props: { ...node.props, ...fields },
});

export const snsSubscriptionSample: Sample = {
  inputs: snsSubscriptionInputs,
  parents: (place) => {
    const [topic, queue] = [physical(place, 'signals'), physical(place, 'jobs')];
    return [
      standing(snsTopicSample.node(place), topic, { topicName: topic, contentBasedDeduplication: false }),
      standing(sqsQueueSample.node(place), queue, {
        queueName: queue,
        contentBasedDeduplication: false,
        deadLetter: null,
      }),
    ];
  },
  node: (place) => ({
    id: 'subscription:queue-jobs/signals',
    kind: 'sns-subscription',
    name: `${physical(place, 'jobs')}/signals`,
    props: {
      topicArn: arn(place, 'sns', physical(place, 'signals')),
      protocol: 'sqs',
      endpoint: arn(place, 'sqs', physical(place, 'jobs')),
      raw: true,
      filterPolicy: { kind: ['created', 'deleted'] },
      filterPolicyScope: 'MessageAttributes',
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    topicArn: [{ says: 'another topic', change: set({ topicArn: arn(place, 'sns', physical(place, 'alerts')) }) }],
    protocol: [{ says: 'a function', change: set({ protocol: 'lambda' }) }],
    endpoint: [{ says: 'another queue', change: set({ endpoint: arn(place, 'sqs', physical(place, 'tasks')) }) }],
    raw: [{ says: "in SNS's envelope", change: set({ raw: false }) }],
    filterPolicy: [
      { says: 'fewer', change: set({ filterPolicy: { kind: ['deleted'] } }) },
      { says: 'none', change: set({ filterPolicy: null }) },
    ],
    filterPolicyScope: [{ says: 'by the body', change: set({ filterPolicyScope: 'MessageBody' }) }],
  }),
};

import type { DesiredNode } from '../../../src/engine/kind.ts';
import { sqsQueueInputs } from '../../../src/kinds/sqs-queue.ts';
import { type Place, physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const arn = ({ partition, region, account }: Place, service: string, name: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${name}`;

/** A queue for what fails. */
export function deadLetterNode(place: Place): DesiredNode {
  const node = sqsQueueSample.node(place);
  const queueName = `${physical(place, 'jobs-dead')}.fifo`;
  const props = { ...node.props, queueName, deadLetter: null, topics: [], tags: {} };
  return { ...node, id: 'queue:jobs-dead', name: queueName, props };
}

export const sqsQueueSample: Sample = {
  inputs: sqsQueueInputs,
  parents: (place) => [deadLetterNode(place)],
  alike: ['visibilityTimeout', 'retention', 'delay', 'receiveWait', 'maximumMessageSize'],
  node: (place) => ({
    id: 'queue:jobs',
    kind: 'sqs-queue',
    name: `${physical(place, 'jobs')}.fifo`,
    props: {
      queueName: `${physical(place, 'jobs')}.fifo`,
      contentBasedDeduplication: true,
      visibilityTimeout: 60,
      retention: 86_400,
      delay: 5,
      receiveWait: 20,
      maximumMessageSize: 65_536,
      deadLetter: { queueArn: arn(place, 'sqs', `${physical(place, 'jobs-dead')}.fifo`), maxReceives: 3 },
      kmsKey: '',
      topics: [arn(place, 'sns', physical(place, 'signals'))],
      tags: tagged(place, 'queue:jobs'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    queueName: [{ says: 'another name', change: set({ queueName: `${physical(place, 'tasks')}.fifo` }) }],
    contentBasedDeduplication: [{ says: 'by the sender', change: set({ contentBasedDeduplication: false }) }],
    visibilityTimeout: [{ says: 'longer', change: set({ visibilityTimeout: 120 }) }],
    retention: [{ says: 'longer', change: set({ retention: 345_600 }) }],
    delay: [{ says: 'none', change: set({ delay: 0 }) }],
    receiveWait: [{ says: 'short polling', change: set({ receiveWait: 0 }) }],
    maximumMessageSize: [{ says: 'larger', change: set({ maximumMessageSize: 262_144 }) }],
    deadLetter: [
      {
        says: 'more patience',
        change: set({
          deadLetter: { queueArn: arn(place, 'sqs', `${physical(place, 'jobs-dead')}.fifo`), maxReceives: 10 },
        }),
      },
      { says: 'none', change: set({ deadLetter: null }) },
    ],
    kmsKey: [{ says: "AWS's key for SQS", change: set({ kmsKey: 'alias/aws/sqs' }) }],
    topics: [
      {
        says: 'two',
        change: set({ topics: ['alerts', 'signals'].map((topic) => arn(place, 'sns', physical(place, topic))) }),
      },
      { says: 'none', change: set({ topics: [] }) },
    ],
    tags: tagVariations,
  }),
};

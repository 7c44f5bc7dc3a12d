import type { DesiredNode } from '../../../src/engine/kind.ts';
import { lambdaEventSourceInputs } from '../../../src/kinds/lambda-event-source.ts';
import { aliasNode } from './lambda-alias.ts';
import { functionNodes } from './lambda-function.ts';
import { type Place, physical, type Sample, set, tagged, tagVariations } from './sample.ts';
import { deadLetterNode, sqsQueueSample } from './sqs-queue.ts';

const arn = ({ partition, region, account }: Place, name: string): string =>
  `arn:${partition}:sqs:${region}:${account}:${name}`;

function standardQueue(place: Place, logical: string): DesiredNode {
  const queueName = physical(place, logical);
  const node = sqsQueueSample.node(place);
  const props = { ...node.props, queueName, contentBasedDeduplication: false, deadLetter: null, topics: [] };
  return { ...node, id: `queue:${logical}`, name: queueName, props };
}

export const lambdaEventSourceSample: Sample = {
  inputs: lambdaEventSourceInputs,
  parents: (place) => [
    ...functionNodes(place),
    aliasNode(place),
    deadLetterNode(place),
    standardQueue(place, 'jobs'),
    standardQueue(place, 'tasks'),
  ],
  alike: ['enabled', 'batchSize', 'batchWindow', 'reportFailures', 'maximumConcurrency', 'filters'],
  node: (place) => ({
    id: 'event-source:orders-list@v1/queue-jobs',
    kind: 'lambda-event-source',
    name: 'event-source:orders-list@v1/queue-jobs',
    props: {
      functionName: physical(place, 'orders-list'),
      aliasName: 'v1',
      sourceArn: arn(place, physical(place, 'jobs')),
      startingPosition: '',
      enabled: true,
      batchSize: 5,
      batchWindow: 2,
      parallelization: null,
      retries: null,
      bisectOnError: null,
      reportFailures: true,
      onFailure: '',
      maximumConcurrency: 4,
      filters: ['{"body":{"kind":["created"]}}'],
      tags: tagged(place, 'event-source:orders-list@v1/queue-jobs'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    functionName: [{ says: 'another function', change: set({ functionName: physical(place, 'orders-all') }) }],
    aliasName: [{ says: 'another API version', change: set({ aliasName: 'v2' }) }],
    sourceArn: [{ says: 'another queue', change: set({ sourceArn: arn(place, physical(place, 'tasks')) }) }],
    startingPosition: [],
    enabled: [{ says: 'off', change: set({ enabled: false }) }],
    batchSize: [{ says: 'one by one', change: set({ batchSize: 1 }) }],
    batchWindow: [{ says: 'none', change: set({ batchWindow: 0 }) }],
    parallelization: [],
    retries: [],
    bisectOnError: [],
    reportFailures: [{ says: 'whole batches', change: set({ reportFailures: false }) }],
    onFailure: [],
    maximumConcurrency: [
      { says: 'more', change: set({ maximumConcurrency: 10 }) },
      { says: 'no limit', change: set({ maximumConcurrency: null }) },
    ],
    filters: [{ says: 'none', change: set({ filters: [] }) }],
    tags: tagVariations,
  }),
};

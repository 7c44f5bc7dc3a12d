import { snsTopicInputs } from '../../../src/kinds/sns-topic.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';

export const snsTopicSample: Sample = {
  inputs: snsTopicInputs,
  parents: () => [],
  node: (place) => ({
    id: 'topic:signals',
    kind: 'sns-topic',
    name: `${physical(place, 'signals')}.fifo`,
    props: {
      topicName: `${physical(place, 'signals')}.fifo`,
      contentBasedDeduplication: true,
      displayName: 'Signals',
      kmsKey: '',
      tags: tagged(place, 'topic:signals'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    topicName: [{ says: 'another name', change: set({ topicName: `${physical(place, 'alerts')}.fifo` }) }],
    contentBasedDeduplication: [{ says: 'by the sender', change: set({ contentBasedDeduplication: false }) }],
    displayName: [
      { says: 'another', change: set({ displayName: 'Alerts' }) },
      { says: 'none', change: set({ displayName: '' }) },
    ],
    kmsKey: [{ says: 'encrypted', change: set({ kmsKey: 'alias/aws/sns' }) }],
    tags: tagVariations,
  }),
};

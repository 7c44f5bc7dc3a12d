import { logGroupInputs } from '../../../src/kinds/log-group.ts';
import { type Place, physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const nameOf = (place: Place): string => `/aws/lambda/${physical(place, 'orders-list')}`;

export const logGroupSample: Sample = {
  inputs: logGroupInputs,
  parents: () => [],
  node: (place) => ({
    id: 'log-group:orders-list',
    kind: 'log-group',
    name: nameOf(place),
    props: { logGroupName: nameOf(place), retentionDays: 14, tags: tagged(place, 'log-group:orders-list') },
    dependsOn: [],
  }),
  variations: (place) => ({
    logGroupName: [
      { says: 'another name', change: set({ logGroupName: `/aws/lambda/${physical(place, 'orders-all')}` }) },
    ],
    retentionDays: [
      { says: 'longer', change: set({ retentionDays: 30 }) },
      { says: 'for ever', change: set({ retentionDays: 0 }) },
    ],
    tags: tagVariations,
  }),
};

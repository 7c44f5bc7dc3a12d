import { restApiInputs } from '../../../src/kinds/rest-api.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';

export const restApiSample: Sample = {
  inputs: restApiInputs,
  parents: () => [],
  node: (place) => ({
    id: 'rest-api:partner',
    kind: 'rest-api',
    name: physical(place, 'partner'),
    props: {
      apiName: physical(place, 'partner'),
      description: 'What partners call',
      endpointType: 'REGIONAL',
      tags: tagged(place, 'rest-api:partner'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    apiName: [{ says: 'another name', change: set({ apiName: physical(place, 'partners') }) }],
    description: [
      { says: 'other words', change: set({ description: 'For partners' }) },
      { says: 'none', change: set({ description: '' }) },
    ],
    endpointType: [{ says: 'edge-optimised', change: set({ endpointType: 'EDGE' }) }],
    tags: tagVariations,
  }),
};

import { websocketApiInputs } from '../../../src/kinds/websocket-api.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';

export const websocketApiSample: Sample = {
  inputs: websocketApiInputs,
  parents: () => [],
  node: (place) => ({
    id: 'websocket-api:chat',
    kind: 'websocket-api',
    name: physical(place, 'chat'),
    props: {
      apiName: physical(place, 'chat'),
      description: 'The chat',
      routeSelection: '$request.body.action',
      apiKeySelection: '$request.header.x-api-key',
      endpointDisabled: false,
      tags: tagged(place, 'websocket-api:chat'),
      stageName: 'dev',
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    apiName: [{ says: 'another name', change: set({ apiName: physical(place, 'talk') }) }],
    description: [
      { says: 'other words', change: set({ description: 'The new chat' }) },
      { says: 'none', change: set({ description: '' }) },
    ],
    routeSelection: [{ says: 'another field', change: set({ routeSelection: '$request.body.type' }) }],
    apiKeySelection: [
      { says: "the authorizer's", change: set({ apiKeySelection: '$context.authorizer.usageIdentifierKey' }) },
    ],
    endpointDisabled: [{ says: 'disabled', change: set({ endpointDisabled: true }) }],
    tags: tagVariations,
  }),
};

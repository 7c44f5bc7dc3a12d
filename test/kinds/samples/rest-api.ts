import { restApiInputs } from '../../../src/kinds/rest-api-props.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const policyFor = (source: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/*',
      Condition: { NotIpAddress: { 'aws:SourceIp': [source] } },
    },
  ],
});

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
      binaryMediaTypes: [],
      minimumCompressionSize: null,
      apiKeySource: 'HEADER',
      policy: null,
      endpointDisabled: false,
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
    binaryMediaTypes: [{ says: 'two', change: set({ binaryMediaTypes: ['application/pdf', 'image/*'] }) }],
    minimumCompressionSize: [
      { says: 'from a kilobyte on', change: set({ minimumCompressionSize: 1024 }) },
      { says: 'all', change: set({ minimumCompressionSize: 0 }) },
    ],
    apiKeySource: [{ says: 'from the authorizer', change: set({ apiKeySource: 'AUTHORIZER' }) }],
    policy: [{ says: 'for one network', change: set({ policy: policyFor('203.0.113.0/24') }) }],
    endpointDisabled: [{ says: 'a custom domain alone', change: set({ endpointDisabled: true }) }],
    tags: tagVariations,
  }),
};

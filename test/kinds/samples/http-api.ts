import { httpApiInputs } from '../../../src/kinds/http-api.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const cors = {
  allowOrigins: ['https://shop.example.com', 'https://www.example.com'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['Content-Type', 'Authorization'],
  exposeHeaders: ['X-Request-Id'],
  maxAge: 600,
  allowCredentials: true,
};

export const httpApiSample: Sample = {
  inputs: httpApiInputs,
  parents: () => [],
  node: (place) => ({
    id: 'http-api:public',
    kind: 'http-api',
    name: physical(place, 'public'),
    props: {
      apiName: physical(place, 'public'),
      description: 'The shop',
      protocol: 'HTTP',
      cors,
      endpointDisabled: false,
      tags: tagged(place, 'http-api:public'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    apiName: [{ says: 'another name', change: set({ apiName: physical(place, 'shop') }) }],
    description: [
      { says: 'other words', change: set({ description: 'The new shop' }) },
      { says: 'none', change: set({ description: '' }) },
    ],
    protocol: [{ says: 'WebSocket', change: set({ protocol: 'WEBSOCKET' }) }],
    cors: [
      { says: 'off', change: set({ cors: null }) },
      { says: 'other origins', change: set({ cors: { ...cors, allowOrigins: ['https://other.example.com'] } }) },
      {
        says: 'without credentials, age and exposed headers',
        change: set({ cors: { ...cors, allowCredentials: false, maxAge: 0, exposeHeaders: [] } }),
      },
    ],
    endpointDisabled: [{ says: 'disabled', change: set({ endpointDisabled: true }) }],
    tags: tagVariations,
  }),
};

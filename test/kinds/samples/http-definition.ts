import { hashOf } from '../../../src/engine/compare.ts';
import type { DesiredNode, Json, Props } from '../../../src/engine/kind.ts';
import { ref } from '../../../src/engine/references.ts';
import {
  type HttpIntegrationProps,
  type HttpRouteProps,
  httpDefinitionInputs,
} from '../../../src/kinds/http-definition.ts';
import { snapshotPrefix } from '../../../src/kinds/rest-definition.ts';
import { httpApiSample } from './http-api.ts';
import { type Place, physical, type Sample, set, tagged } from './sample.ts';

interface Content {
  readonly integrations: Readonly<Record<string, HttpIntegrationProps>>;
  readonly routes: Readonly<Record<string, HttpRouteProps>>;
}

const lambda = ({ partition, region, account }: Place, functionName: string): HttpIntegrationProps => ({
  type: 'AWS_PROXY',
  uri: `arn:${partition}:lambda:${region}:${account}:function:${functionName}:v1`,
  payloadFormatVersion: '2.0',
  timeoutInMillis: 30_000,
});

const list = 'function:orders-list';
const get = 'function:orders-get';
const open = (integration: string): HttpRouteProps => ({ authorizationType: 'NONE', integration });

const contentOf = (place: Place): Content => ({
  integrations: {
    [list]: lambda(place, physical(place, 'orders-list')),
    [get]: lambda(place, physical(place, 'orders-get')),
  },
  routes: { 'GET /orders': open(list), 'GET /orders/{id}': open(get), $default: open(list) },
});

const snapshotOf = (content: Content): Props => ({
  ...(content as unknown as Props),
  snapshot: `${snapshotPrefix}${hashOf(content as unknown as Json)}`,
});

export const httpDefinitionNode = (place: Place, content: Content = contentOf(place)): DesiredNode => ({
  id: 'http-api:public/definition',
  kind: 'http-definition',
  name: physical(place, 'public'),
  props: { apiId: ref('http-api:public', 'apiId'), ...snapshotOf(content) },
  dependsOn: [],
  inside: 'http-api:public',
});

/** The same API with one route fewer: another deployment of it. */
export function smallerHttpDefinition(place: Place): DesiredNode {
  const content = contentOf(place);
  const { $default: _, ...routes } = content.routes;
  return httpDefinitionNode(place, { ...content, routes });
}

export const httpDefinitionSample: Sample = {
  inputs: httpDefinitionInputs,
  parents: (place) => [httpApiSample.node(place)],
  node: httpDefinitionNode,
  variations: (place) => {
    const content = contentOf(place);
    const { [list]: one, [get]: two } = content.integrations;
    if (!one || !two) throw new Error('the sample has lost an integration');
    const change = (fields: Partial<Content>) => set(snapshotOf({ ...content, ...fields }));
    const other = httpApiSample.node(place);
    return {
      apiId: [
        {
          says: 'another API',
          first: [{ ...other, id: 'http-api:other', props: { ...other.props, tags: tagged(place, 'http-api:other') } }],
          change: set({ apiId: ref('http-api:other', 'apiId') }),
        },
      ],
      integrations: [
        {
          says: 'another function',
          change: change({
            integrations: { [list]: one, 'function:orders-one': lambda(place, physical(place, 'orders-one')) },
            routes: { ...content.routes, 'GET /orders/{id}': open('function:orders-one') },
          }),
        },
        {
          says: 'a shorter timeout and the older payload',
          change: change({
            integrations: { [list]: one, [get]: { ...two, timeoutInMillis: 5_000, payloadFormatVersion: '1.0' } },
          }),
        },
      ],
      routes: [
        { says: 'one more', change: change({ routes: { ...content.routes, 'POST /orders': open(list) } }) },
        { says: 'one fewer', change: change({ routes: { 'GET /orders': open(list), 'GET /orders/{id}': open(get) } }) },
        { says: 'to the other function', change: change({ routes: { ...content.routes, $default: open(get) } }) },
        {
          says: 'signed by IAM',
          change: change({
            routes: { ...content.routes, 'GET /orders': { authorizationType: 'AWS_IAM', integration: list } },
          }),
        },
      ],
      snapshot: [
        { says: 'another hash of the same routes', change: set({ snapshot: `${snapshotPrefix}${'0'.repeat(32)}` }) },
      ],
    };
  },
};

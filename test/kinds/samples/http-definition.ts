import { hashOf } from '../../../src/engine/compare.ts';
import type { DesiredNode, Json, Props } from '../../../src/engine/kind.ts';
import { ref } from '../../../src/engine/references.ts';
import { httpDefinitionInputs } from '../../../src/kinds/http-definition-inputs.ts';
import type { V2AuthorizerProps } from '../../../src/kinds/v2-authorizer.ts';
import type { V2Content } from '../../../src/kinds/v2-content.ts';
import { plainIntegration, type V2IntegrationProps } from '../../../src/kinds/v2-integration.ts';
import { keyPrefix } from '../../../src/kinds/v2-protocol.ts';
import { openRoute } from '../../../src/kinds/v2-route.ts';
import { httpApiSample } from './http-api.ts';
import { type Place, physical, type Sample, set, tagged } from './sample.ts';

type Content = Omit<V2Content, 'models'>;

const lambda = ({ partition, region, account }: Place, functionName: string): V2IntegrationProps => ({
  ...plainIntegration('HTTP'),
  type: 'AWS_PROXY',
  uri: `arn:${partition}:lambda:${region}:${account}:function:${functionName}:v1`,
  payloadFormatVersion: '2.0',
});

const list = 'function:orders-list';
const get = 'function:orders-get';
const old = 'route:GET /old/{proxy+}';

/** Everything that a proxied backend can say. */
const backend: V2IntegrationProps = {
  ...plainIntegration('HTTP'),
  type: 'HTTP_PROXY',
  uri: 'https://old.example.com/{proxy}',
  method: 'GET',
  requestParameters: { 'append:header.x-stage': '$stageVariables.colour', 'overwrite:path': '/v1/$request.path.proxy' },
  responseParameters: { '200': { 'append:header.x-by': 'shop' }, '500': { 'overwrite:statuscode': '502' } },
};

const jwt: V2AuthorizerProps = {
  type: 'JWT',
  identitySource: ['$request.header.Authorization'],
  issuer: 'https://idp.example.com/',
  audience: ['shop', 'admin'],
};

const request = ({ partition, region, account }: Place, functionName: string): V2AuthorizerProps => ({
  type: 'REQUEST',
  identitySource: ['$request.header.X-Key', '$request.querystring.key'],
  uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/arn:${partition}:lambda:${region}:${account}:function:${functionName}:v1/invocations`,
  payloadFormatVersion: '2.0',
  simpleResponses: true,
  ttl: 60,
});

const contentOf = (place: Place): Content => ({
  authorizers: { customers: jwt, legacy: request(place, physical(place, 'authorize')) },
  integrations: {
    [list]: lambda(place, physical(place, 'orders-list')),
    [get]: lambda(place, physical(place, 'orders-get')),
    [old]: backend,
  },
  routes: {
    'GET /orders': openRoute(list),
    'GET /orders/{id}': { ...openRoute(get), authorizationType: 'CUSTOM', authorizer: 'legacy' },
    'GET /old/{proxy+}': {
      ...openRoute(old),
      authorizationType: 'JWT',
      authorizer: 'customers',
      scopes: ['read', 'all'],
    },
    $default: openRoute(list),
  },
});

const snapshotOf = (content: Content): Props => ({
  ...(content as unknown as Props),
  snapshot: `${keyPrefix}${hashOf(content as unknown as Json)}`,
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
    const change = (fields: Partial<Content>) => set(snapshotOf({ ...content, ...fields }));
    const integration = (key: string, props: Partial<V2IntegrationProps>) =>
      change({
        integrations: {
          ...content.integrations,
          [key]: { ...plainIntegration('HTTP'), type: '', ...content.integrations[key], ...props },
        },
      });
    const { legacy, customers } = content.authorizers;
    if (legacy?.type !== 'REQUEST' || customers?.type !== 'JWT') throw new Error('the sample has lost an authorizer');
    const authorizers = (changed: Content['authorizers']) =>
      change({ authorizers: { ...content.authorizers, ...changed } });
    const other = httpApiSample.node(place);
    return {
      apiId: [
        {
          says: 'another API',
          first: [{ ...other, id: 'http-api:other', props: { ...other.props, tags: tagged(place, 'http-api:other') } }],
          change: set({ apiId: ref('http-api:other', 'apiId') }),
        },
      ],
      authorizers: [
        {
          says: 'another issuer, one audience, another source',
          change: authorizers({
            customers: {
              ...customers,
              issuer: 'https://id.example.com/',
              audience: ['shop'],
              identitySource: ['$request.querystring.token'],
            },
          }),
        },
        {
          says: 'IAM responses, kept never, the older payload',
          change: authorizers({ legacy: { ...legacy, simpleResponses: false, ttl: 0, payloadFormatVersion: '1.0' } }),
        },
        { says: 'another type', change: authorizers({ legacy: jwt }) },
        { says: 'one more', change: authorizers({ partners: jwt }) },
        {
          says: 'none',
          change: change({
            authorizers: {},
            routes: { ...content.routes, 'GET /orders/{id}': openRoute(get), 'GET /old/{proxy+}': openRoute(old) },
          }),
        },
      ],
      integrations: [
        {
          says: 'another function',
          change: change({
            integrations: {
              [list]: lambda(place, physical(place, 'orders-list')),
              [old]: backend,
              'function:orders-one': lambda(place, physical(place, 'orders-one')),
            },
            routes: { ...content.routes, 'GET /orders/{id}': openRoute('function:orders-one') },
          }),
        },
        {
          says: 'a shorter timeout and the older payload',
          change: integration(get, { timeoutInMillis: 5_000, payloadFormatVersion: '1.0' }),
        },
        {
          says: 'another backend, by another method',
          change: integration(old, { uri: 'https://new.example.com/{proxy}', method: 'ANY' }),
        },
        {
          says: 'another value, one parameter fewer, one status fewer',
          change: integration(old, {
            requestParameters: { 'overwrite:path': '/v2/$request.path.proxy' },
            responseParameters: { '500': { 'overwrite:statuscode': '503' } },
          }),
        },
        { says: 'no mapping', change: integration(old, { requestParameters: {}, responseParameters: {} }) },
      ],
      routes: [
        { says: 'one more', change: change({ routes: { ...content.routes, 'POST /orders': openRoute(list) } }) },
        {
          says: 'one fewer',
          change: set({ ...smallerHttpDefinition(place).props, apiId: ref('http-api:public', 'apiId') }),
        },
        { says: 'to the other function', change: change({ routes: { ...content.routes, $default: openRoute(get) } }) },
        {
          says: 'signed by IAM',
          change: change({
            routes: { ...content.routes, 'GET /orders': { ...openRoute(list), authorizationType: 'AWS_IAM' } },
          }),
        },
        {
          says: 'other scopes, and one open',
          change: change({
            routes: {
              ...content.routes,
              'GET /orders/{id}': openRoute(get),
              'GET /old/{proxy+}': {
                ...openRoute(old),
                authorizationType: 'JWT',
                authorizer: 'customers',
                scopes: ['write'],
              },
            },
          }),
        },
      ],
      snapshot: [
        { says: 'another hash of the same routes', change: set({ snapshot: `${keyPrefix}${'0'.repeat(32)}` }) },
      ],
    };
  },
};

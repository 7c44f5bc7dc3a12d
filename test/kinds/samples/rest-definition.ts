import { hashOf } from '../../../src/engine/compare.ts';
import type { DesiredNode, Json, Props } from '../../../src/engine/kind.ts';
import { ref } from '../../../src/engine/references.ts';
import { restDefinitionInputs, snapshotPrefix } from '../../../src/kinds/rest-definition.ts';
import type { RestMethodProps, RestResponseProps } from '../../../src/kinds/rest-method.ts';
import { restApiSample } from './rest-api.ts';
import { type Place, physical, type Sample, set, tagged, type Variation } from './sample.ts';

type Methods = Readonly<Record<string, RestMethodProps>>;

const uriOf = ({ partition, region, account }: Place, functionName: string): string =>
  `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/arn:${partition}:lambda:${region}:${account}:function:${functionName}:v1/invocations`;

const plain = {
  authorizationType: 'NONE',
  apiKeyRequired: false,
  requestParameters: {},
  requestModels: {},
  responses: {},
} as const;

const proxy = (uri: string): RestMethodProps => ({
  ...plain,
  integration: {
    type: 'AWS_PROXY',
    httpMethod: 'POST',
    uri,
    passthroughBehavior: 'WHEN_NO_MATCH',
    contentHandling: '',
    timeoutInMillis: 29_000,
    requestParameters: {},
    requestTemplates: {},
  },
});

const ok: RestResponseProps = {
  responseParameters: { 'method.response.header.Cache-Control': false },
  responseModels: { 'application/json': 'Empty' },
  selectionPattern: '',
  mappedParameters: { 'method.response.header.Cache-Control': "'no-store'" },
  responseTemplates: { 'application/json': '{"ok":true}' },
  contentHandling: '',
};

const health: RestMethodProps = {
  ...plain,
  integration: {
    type: 'MOCK',
    httpMethod: '',
    uri: '',
    passthroughBehavior: 'WHEN_NO_TEMPLATES',
    contentHandling: '',
    timeoutInMillis: 29_000,
    requestParameters: {},
    requestTemplates: { 'application/json': '{"statusCode":200}' },
  },
  responses: { '200': ok, '503': { ...ok, selectionPattern: '5\\d{2}' } },
};

const keyed = (place: Place): RestMethodProps => {
  const method = proxy(uriOf(place, physical(place, 'orders-get')));
  return {
    ...method,
    apiKeyRequired: true,
    requestParameters: { 'method.request.path.id': true, 'method.request.querystring.full': false },
    integration: {
      ...method.integration,
      requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    },
  };
};

const methodsOf = (place: Place): Methods => ({
  'GET /': proxy(uriOf(place, physical(place, 'orders-list'))),
  'GET /orders': proxy(uriOf(place, physical(place, 'orders-list'))),
  'GET /orders/{id}': keyed(place),
  'GET /health': health,
});

/** Methods with the hash that names the deployment of them. */
const content = (methods: Methods): Props => ({
  methods: methods as unknown as Json,
  snapshot: `${snapshotPrefix}${hashOf(methods as unknown as Json)}`,
});

export const restDefinitionNode = (place: Place, methods: Methods = methodsOf(place)): DesiredNode => ({
  id: 'rest-api:partner/definition',
  kind: 'rest-definition',
  name: physical(place, 'partner'),
  props: { apiId: ref('rest-api:partner', 'apiId'), ...content(methods) },
  dependsOn: [],
  inside: 'rest-api:partner',
});

/** The same API with one route fewer: another deployment of it. */
export function smallerRestDefinition(place: Place): DesiredNode {
  const { 'GET /': _, ...methods } = methodsOf(place);
  return restDefinitionNode(place, methods);
}

export const restDefinitionSample: Sample = {
  inputs: restDefinitionInputs,
  parents: (place) => [restApiSample.node(place)],
  node: restDefinitionNode,
  variations: (place) => {
    const methods = methodsOf(place);
    const { 'GET /orders/{id}': byId, ...others } = methods;
    const get = keyed(place);
    const change = (says: string, next: Methods): Variation => ({ says, change: set(content(next)) });
    const ofHealth = (says: string, fields: Partial<RestMethodProps>): Variation =>
      change(says, { ...methods, 'GET /health': { ...health, ...fields } });
    const other = restApiSample.node(place);
    return {
      apiId: [
        {
          says: 'another API',
          first: [{ ...other, id: 'rest-api:other', props: { ...other.props, tags: tagged(place, 'rest-api:other') } }],
          change: set({ apiId: ref('rest-api:other', 'apiId') }),
        },
      ],
      methods: [
        change('one more, on a path of its own', { ...methods, 'POST /orders/{id}/notes': get }),
        change('one fewer, and its path with it', others),
        change('another verb', { ...others, 'PUT /orders/{id}': get }),
        change('another function', { ...methods, 'GET /orders': proxy(uriOf(place, physical(place, 'orders-all'))) }),
        change('signed by IAM, without a key', {
          ...methods,
          'GET /orders/{id}': { ...get, authorizationType: 'AWS_IAM', apiKeyRequired: false },
        }),
        change('other parameters', {
          ...methods,
          'GET /orders/{id}': {
            ...get,
            requestParameters: { 'method.request.path.id': true, 'method.request.header.If-Match': true },
            requestModels: { 'application/json': 'Empty' },
          },
        }),
        change('a shorter timeout', {
          ...methods,
          'GET /orders/{id}': { ...get, integration: { ...get.integration, timeoutInMillis: 5_000 } },
        }),
        change('a mock instead of a function', { ...methods, 'GET /orders': health }),
        ofHealth('another body', {
          responses: {
            ...health.responses,
            '200': { ...ok, responseTemplates: { 'application/json': '{"up":true}' } },
          },
        }),
        ofHealth('another header', {
          responses: {
            '200': {
              ...ok,
              responseParameters: { 'method.response.header.Retry-After': true },
              mappedParameters: { 'method.response.header.Retry-After': "'5'" },
            },
          },
        }),
        ofHealth('another status', { responses: { '204': { ...ok, responseTemplates: {} } } }),
        ofHealth('another request template', {
          integration: { ...health.integration, requestTemplates: { 'application/json': '{"statusCode":503}' } },
        }),
      ],
      snapshot: [
        { says: 'another hash of the same methods', change: set({ snapshot: `${snapshotPrefix}${'0'.repeat(32)}` }) },
      ],
    };
  },
};

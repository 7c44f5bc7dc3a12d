import { hashOf } from '../../../src/engine/compare.ts';
import type { DesiredNode, Json, Props } from '../../../src/engine/kind.ts';
import { ref } from '../../../src/engine/references.ts';
import type { RestContent } from '../../../src/kinds/rest-content.ts';
import { snapshotPrefix } from '../../../src/kinds/rest-definition.ts';
import { restDefinitionInputs } from '../../../src/kinds/rest-definition-inputs.ts';
import type { RestMethodProps } from '../../../src/kinds/rest-method.ts';
import { restApiSample } from './rest-api.ts';
import {
  created,
  customers,
  health,
  keyed,
  legacy,
  ok,
  order,
  proxy,
  uriOf,
  website,
  wholeContent,
  withValidators,
} from './rest-methods.ts';
import { type Place, physical, type Sample, set, tagged, type Variation } from './sample.ts';

/** Content with the hash that names the deployment of it. */
const named = (content: RestContent): Props => ({
  ...(content as unknown as Props),
  snapshot: `${snapshotPrefix}${hashOf(content as unknown as Json)}`,
});

export const restDefinitionNode = (place: Place, content: RestContent = wholeContent(place)): DesiredNode => ({
  id: 'rest-api:partner/definition',
  kind: 'rest-definition',
  name: physical(place, 'partner'),
  props: { apiId: ref('rest-api:partner', 'apiId'), ...named(content) },
  dependsOn: [],
  inside: 'rest-api:partner',
});

/** The same API with one route fewer: another deployment of it. */
export function smallerRestDefinition(place: Place): DesiredNode {
  const content = wholeContent(place);
  const { 'GET /': _, ...methods } = content.methods;
  return restDefinitionNode(place, { ...content, methods });
}

export const restDefinitionSample: Sample = {
  inputs: restDefinitionInputs,
  parents: (place) => [restApiSample.node(place)],
  node: restDefinitionNode,
  // Validators follow the methods.
  alike: ['methods', 'validators'],
  variations: (place) => {
    const content = wholeContent(place);
    const { methods } = content;
    const { 'GET /orders/{id}': byId, ...others } = methods;
    const get = keyed(place);
    const change = (says: string, next: Partial<RestContent>): Variation => ({
      says,
      change: set(named(withValidators({ ...content, ...next }))),
    });
    const routes = (says: string, next: RestContent['methods']): Variation => change(says, { methods: next });
    const ofHealth = (says: string, fields: Partial<RestMethodProps>): Variation =>
      routes(says, { ...methods, 'GET /health': { ...health, ...fields } });
    const ofGet = (says: string, fields: Partial<RestMethodProps>): Variation =>
      routes(says, { ...methods, 'GET /orders/{id}': { ...get, ...fields } });
    const ofPost = (says: string, fields: Partial<RestMethodProps>): Variation =>
      routes(says, { ...methods, 'POST /orders': { ...created(place), ...fields } });
    const ofWebsite = (says: string, fields: Partial<RestMethodProps['integration']>): Variation =>
      routes(says, { ...methods, 'ANY /old/{proxy+}': website(fields) });
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
        routes('one more, on a path of its own', { ...methods, 'POST /orders/{id}/notes': get }),
        routes('one fewer, and its path with it', others),
        routes('another verb', { ...others, 'PUT /orders/{id}': get }),
        routes('another function', { ...methods, 'GET /orders': proxy(uriOf(place, physical(place, 'orders-all'))) }),
        ofGet('signed by IAM, without a key', { authorizationType: 'AWS_IAM', apiKeyRequired: false }),
        ofGet('other parameters', {
          requestParameters: { 'method.request.path.id': true, 'method.request.header.If-Match': true },
          requestModels: { 'application/json': 'Empty' },
        }),
        ofGet('a shorter timeout', { integration: { ...get.integration, timeoutInMillis: 5_000 } }),
        ofGet('a name of its own', { operationName: 'getOrder' }),
        ofGet('a key of the cache', {
          integration: { ...get.integration, cacheKeyParameters: ['method.request.path.id'] },
        }),
        ofGet('a shared cache', { integration: { ...get.integration, cacheNamespace: 'orders' } }),
        ofGet('an answer that is streamed', { integration: { ...get.integration, responseTransferMode: 'STREAM' } }),
        routes('a mock instead of a function', { ...methods, 'GET /orders': health }),
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
        ofPost('the other authorizer, which is of another type', {
          authorizationType: 'COGNITO_USER_POOLS',
          authorizer: 'customers',
        }),
        ofWebsite('another website', { uri: 'https://new.example.com/{proxy}' }),
        ofWebsite('its answers mapped', { type: 'HTTP' }),
        ofWebsite('its certificate not looked at', { insecureSkipVerification: true }),
        ofWebsite('through a VPC link', { connectionId: 'vl1234' }),
      ],
      authorizers: [
        change('answers kept for longer, another function', {
          authorizers: {
            ...content.authorizers,
            legacy: {
              ...legacy(place),
              ttl: 0,
              uri: uriOf(place, physical(place, 'auth-next')),
              identityValidationExpression: '^Bearer .+$',
            },
          },
        }),
        change('another type, for the methods too', {
          authorizers: {
            ...content.authorizers,
            legacy: {
              ...legacy(place),
              type: 'REQUEST',
              identitySource: 'method.request.header.Authorization,method.request.querystring.shop',
            },
          },
        }),
        change('one fewer, which a method used', {
          methods: { ...methods, 'POST /orders': { ...created(place), authorizationType: 'NONE', authorizer: '' } },
          authorizers: { customers: customers(place) },
        }),
        change('another user pool', {
          authorizers: { ...content.authorizers, customers: customers(place, ['AbC', 'XyZ']) },
        }),
      ],
      validators: [
        ofPost('the body alone', { validator: 'body' }),
        ofPost('none', { validator: '' }),
        routes('one more', { ...methods, 'GET /orders/{id}': { ...get, validator: 'parameters' } }),
      ],
      models: [
        change('another schema', { models: { Order: { ...order, required: ['total', 'placedAt'] } } }),
        change('one more', { models: { Order: order, Note: { type: 'string' } } }),
        change('none, and no method that names it', {
          methods: { ...methods, 'POST /orders': { ...created(place), requestModels: {} } },
          models: {},
        }),
      ],
      gatewayResponses: [
        change('one fewer', {
          gatewayResponses: Object.fromEntries(
            Object.entries(content.gatewayResponses).filter(([type]) => type !== 'UNAUTHORIZED'),
          ),
        }),
        change('one more', {
          gatewayResponses: {
            ...content.gatewayResponses,
            THROTTLED: {
              statusCode: '',
              responseParameters: { 'gatewayresponse.header.Retry-After': "'1'" },
              responseTemplates: { 'application/json': '{"message":"slow down"}' },
            },
          },
        }),
        change('another status', {
          gatewayResponses: {
            ...content.gatewayResponses,
            UNAUTHORIZED: { statusCode: '', responseParameters: {}, responseTemplates: { 'text/plain': 'no' } },
          },
        }),
      ],
      snapshot: [
        { says: 'another hash of the same content', change: set({ snapshot: `${snapshotPrefix}${'0'.repeat(32)}` }) },
      ],
    };
  },
};

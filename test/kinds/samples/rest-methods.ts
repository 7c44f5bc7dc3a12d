// Methods of the sample REST API, and what they refer to.

import type { RestAuthorizerProps } from '../../../src/kinds/rest-authorizers.ts';
import type { RestContent } from '../../../src/kinds/rest-content.ts';
import type { RestMethodProps, RestResponseProps } from '../../../src/kinds/rest-method.ts';
import { validatorsFor } from '../../../src/kinds/rest-validators.ts';
import { type Place, physical } from './sample.ts';

export const uriOf = ({ partition, region, account }: Place, functionName: string): string =>
  `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/arn:${partition}:lambda:${region}:${account}:function:${functionName}:v1/invocations`;

const plain = {
  authorizationType: 'NONE',
  authorizer: '',
  scopes: [],
  apiKeyRequired: false,
  validator: '',
  operationName: '',
  requestParameters: {},
  requestModels: {},
  responses: {},
} as const;

const plainIntegration = {
  credentials: '',
  connectionId: '',
  insecureSkipVerification: false,
  passthroughBehavior: 'WHEN_NO_MATCH',
  contentHandling: '',
  timeoutInMillis: 29_000,
  requestParameters: {},
  requestTemplates: {},
  cacheKeyParameters: [],
  cacheNamespace: '',
  responseTransferMode: 'BUFFERED',
} as const;

export const proxy = (uri: string): RestMethodProps => ({
  ...plain,
  integration: { ...plainIntegration, type: 'AWS_PROXY', httpMethod: 'POST', uri },
});

export const ok: RestResponseProps = {
  responseParameters: { 'method.response.header.Cache-Control': false },
  responseModels: { 'application/json': 'Empty' },
  selectionPattern: '',
  mappedParameters: { 'method.response.header.Cache-Control': "'no-store'" },
  responseTemplates: { 'application/json': '{"ok":true}' },
  contentHandling: '',
};

export const health: RestMethodProps = {
  ...plain,
  integration: {
    ...plainIntegration,
    type: 'MOCK',
    httpMethod: '',
    uri: '',
    passthroughBehavior: 'WHEN_NO_TEMPLATES',
    requestTemplates: { 'application/json': '{"statusCode":200}' },
  },
  responses: { '200': ok, '503': { ...ok, selectionPattern: '5\\d{2}' } },
};

export const keyed = (place: Place): RestMethodProps => {
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

/** Behind an authorizer, with its parameters and its body checked. */
export const created = (place: Place): RestMethodProps => ({
  ...proxy(uriOf(place, physical(place, 'orders-create'))),
  authorizationType: 'CUSTOM',
  authorizer: 'legacy',
  validator: 'body-and-parameters',
  requestParameters: { 'method.request.header.X-Request-Id': true },
  requestModels: { 'application/json': 'Order' },
});

/** Sends a message to a queue, in the name of a role. */
export const queued = ({ partition, region, account }: Place): RestMethodProps => ({
  ...plain,
  authorizationType: 'COGNITO_USER_POOLS',
  authorizer: 'customers',
  scopes: ['orders/read', 'orders/write'],
  integration: {
    ...plainIntegration,
    type: 'AWS',
    httpMethod: 'POST',
    uri: `arn:${partition}:apigateway:${region}:sqs:path/${account}/jobs`,
    credentials: `arn:${partition}:iam::${account}:role/jobs-sender`,
    passthroughBehavior: 'NEVER',
    contentHandling: 'CONVERT_TO_TEXT',
    requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
    requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
  },
  responses: { '202': { ...ok, responseParameters: {}, mappedParameters: {}, contentHandling: 'CONVERT_TO_TEXT' } },
});

/** Somebody's website. */
export const website = (integration: Partial<RestMethodProps['integration']> = {}): RestMethodProps => ({
  ...plain,
  requestParameters: { 'method.request.path.proxy': true },
  integration: {
    ...plainIntegration,
    type: 'HTTP_PROXY',
    httpMethod: 'ANY',
    uri: 'https://old.example.com/{proxy}',
    requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
    ...integration,
  },
});

export const legacy = (place: Place): RestAuthorizerProps => ({
  type: 'TOKEN',
  uri: uriOf(place, physical(place, 'auth-legacy')),
  identitySource: 'method.request.header.Authorization',
  identityValidationExpression: '',
  ttl: 60,
  providerArns: [],
});

export const customers = ({ partition, region, account }: Place, pools = ['AbC']): RestAuthorizerProps => ({
  type: 'COGNITO_USER_POOLS',
  uri: '',
  identitySource: 'method.request.header.Authorization',
  identityValidationExpression: '',
  ttl: 300,
  providerArns: pools.map((id) => `arn:${partition}:cognito-idp:${region}:${account}:userpool/${region}_${id}`),
});

export const order = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: ['total'],
  properties: { total: { type: 'number' } },
};

export const wholeContent = (place: Place): RestContent =>
  withValidators({
    methods: {
      'GET /': proxy(uriOf(place, physical(place, 'orders-list'))),
      'GET /orders': proxy(uriOf(place, physical(place, 'orders-list'))),
      'POST /orders': created(place),
      'GET /orders/{id}': keyed(place),
      'GET /health': health,
      'POST /': queued(place),
      'ANY /old/{proxy+}': website(),
    },
    authorizers: { legacy: legacy(place), customers: customers(place) },
    models: { Order: order },
    gatewayResponses: {
      DEFAULT_4XX: {
        statusCode: '',
        responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
        responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
      },
      UNAUTHORIZED: {
        statusCode: '403',
        responseParameters: {},
        responseTemplates: { 'application/json': '{"error":"who are you?"}' },
      },
    },
  });

/** Validators follow the methods, as in every definition. */
export const withValidators = (content: Omit<RestContent, 'validators'>): RestContent => ({
  ...content,
  validators: validatorsFor(Object.values(content.methods)),
});

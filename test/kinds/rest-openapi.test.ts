import { describe, expect, it } from '@jest/globals';
import { openApiOf } from '../../src/kinds/rest-openapi.ts';
import { wholeContent } from './samples/rest-methods.ts';

const place = {
  account: '123456789012',
  region: 'eu-west-1',
  partition: 'aws',
  owner: { project: 'shop', stage: 'prod' },
};
const invoke = (name: string): string =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:shop-prod-${name}:v1/invocations`;
const policy = '{\\"Statement\\":[{\\"Resource\\":\\"arn:aws:execute-api:eu-west-1:123456789012:a1b2/*\\"}]}';

describe('the document for PutRestApi, as API Gateway reads it', () => {
  const facts = {
    id: 'a1b2',
    name: 'partner',
    description: 'For partners',
    binaryMediaTypes: ['image/png'],
    minimumCompressionSize: 1024,
    apiKeySource: 'AUTHORIZER' as const,
    disableExecuteApiEndpoint: true,
    policy,
  };
  const document = openApiOf(facts, wholeContent(place)) as Record<string, never>;

  it('repeats the settings of the API that an overwrite would clear', () => {
    expect(document).toMatchObject({
      info: { title: 'partner', description: 'For partners' },
      'x-amazon-apigateway-binary-media-types': ['image/png'],
      'x-amazon-apigateway-minimum-compression-size': 1024,
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
      'x-amazon-apigateway-policy': { Statement: [{ Resource: 'execute-api:/*' }] },
      'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true },
    });
  });

  it('has a security scheme for each authorizer and for API keys', () => {
    expect(document['components']).toMatchObject({
      securitySchemes: {
        api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
        'apigen-legacy': {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authtype': 'custom',
          'x-amazon-apigateway-authorizer': {
            type: 'token',
            authorizerUri: invoke('auth-legacy'),
            authorizerResultTtlInSeconds: 60,
          },
        },
        'apigen-customers': {
          'x-amazon-apigateway-authtype': 'cognito_user_pools',
          'x-amazon-apigateway-authorizer': {
            type: 'cognito_user_pools',
            providerARNs: ['arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC'],
          },
        },
      },
      schemas: { Order: { type: 'object', required: ['total'] } },
    });
  });

  it('has validators, gateway responses, and methods that name them', () => {
    expect(document).toMatchObject({
      'x-amazon-apigateway-request-validators': {
        'apigen-body-and-parameters': { validateRequestBody: true, validateRequestParameters: true },
      },
      'x-amazon-apigateway-gateway-responses': { UNAUTHORIZED: { statusCode: 403 } },
      paths: {
        '/orders': {
          post: {
            operationId: 'apigen:POST /orders',
            security: [{ 'apigen-legacy': [] }],
            'x-amazon-apigateway-request-validator': 'apigen-body-and-parameters',
            parameters: [{ name: 'X-Request-Id', in: 'header', required: true }],
            requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
          },
        },
        '/orders/{id}': { get: { security: [{ api_key: [] }] } },
        '/': {
          post: {
            security: [{ 'apigen-customers': ['orders/read', 'orders/write'] }],
            'x-amazon-apigateway-integration': {
              type: 'AWS',
              credentials: 'arn:aws:iam::123456789012:role/jobs-sender',
              responses: { default: { statusCode: '202', contentHandling: 'CONVERT_TO_TEXT' } },
            },
          },
        },
        '/old/{proxy+}': {
          'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': { httpMethod: 'ANY' } },
        },
      },
    });
  });
});

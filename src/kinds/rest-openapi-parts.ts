// The parts of the OpenAPI document for PutRestApi that are no routes: security schemes, models, validators, gateway
// responses, and the settings of the API itself, which `overwrite` clears where the document does not repeat them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html

import type { RestApi } from '@aws-sdk/client-api-gateway';
import type { Json } from '../engine/kind.ts';
import { authTypeOf, defaultAuthorizerTtl, type RestAuthorizerProps } from './rest-authorizers.ts';
import type { RestContent } from './rest-content.ts';
import type { RestGatewayResponseProps } from './rest-gateway-responses.ts';
import { markedName } from './rest-part.ts';
import { policyFrom } from './rest-policy.ts';

type JsonMap = { readonly [key: string]: Json };

/** What `overwrite` would clear were it not in the document, as GetRestApi answers it. */
export type RestApiFacts = Pick<
  RestApi,
  | 'id'
  | 'name'
  | 'description'
  | 'binaryMediaTypes'
  | 'minimumCompressionSize'
  | 'apiKeySource'
  | 'policy'
  | 'disableExecuteApiEndpoint'
>;

export function settingsOf(api: RestApiFacts): JsonMap {
  const policy = policyFrom(api.policy, api.id ?? '');
  const { binaryMediaTypes = [], minimumCompressionSize, apiKeySource, disableExecuteApiEndpoint } = api;
  return {
    info: { title: api.name ?? '', description: api.description ?? '', version: '1' },
    ...(binaryMediaTypes.length > 0 && { 'x-amazon-apigateway-binary-media-types': binaryMediaTypes }),
    ...(minimumCompressionSize !== undefined && {
      'x-amazon-apigateway-minimum-compression-size': minimumCompressionSize,
    }),
    ...(apiKeySource && { 'x-amazon-apigateway-api-key-source': apiKeySource }),
    ...(policy !== null && { 'x-amazon-apigateway-policy': policy }),
    ...(disableExecuteApiEndpoint && {
      'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true },
    }),
  };
}

/** As API Gateway's own exports call the scheme of methods that need an API key. */
export const apiKeyScheme = 'api_key';

export function partsOf(content: RestContent): JsonMap {
  const needsKey = Object.values(content.methods).some(({ apiKeyRequired }) => apiKeyRequired);
  const schemes: Record<string, Json> = {
    ...(needsKey && { [apiKeyScheme]: { type: 'apiKey', name: 'x-api-key', in: 'header' } }),
  };
  for (const [name, authorizer] of Object.entries(content.authorizers)) {
    schemes[markedName(name)] = schemeOf(authorizer);
  }
  const validators = Object.entries(content.validators).map(([name, { body, parameters }]): [string, Json] => [
    markedName(name),
    { validateRequestBody: body, validateRequestParameters: parameters },
  ]);
  const responses = Object.entries(content.gatewayResponses).map(([type, response]): [string, Json] => [
    type,
    gatewayResponse(response),
  ]);
  return {
    components: { securitySchemes: schemes, schemas: content.models },
    'x-amazon-apigateway-request-validators': Object.fromEntries(validators),
    'x-amazon-apigateway-gateway-responses': Object.fromEntries(responses),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
function schemeOf(authorizer: RestAuthorizerProps): Json {
  const { type, identitySource, uri, ttl, identityValidationExpression, providerArns } = authorizer;
  const [header = ''] = identitySource.split('method.request.header.').slice(1);
  const fixed = { type: 'apiKey', in: 'header', 'x-amazon-apigateway-authtype': authTypeOf(authorizer) };
  if (type === 'COGNITO_USER_POOLS') {
    return {
      ...fixed,
      name: header,
      'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: providerArns },
    };
  }
  return {
    ...fixed,
    // A REQUEST authorizer may look anywhere: AWS wants a name all the same, and calls it so.
    name: type === 'TOKEN' ? header : 'Unused',
    'x-amazon-apigateway-authorizer': {
      type: type.toLowerCase(),
      authorizerUri: uri,
      ...(type === 'REQUEST' && identitySource !== '' && { identitySource }),
      ...(identityValidationExpression !== '' && { identityValidationExpression }),
      ...(ttl !== defaultAuthorizerTtl && { authorizerResultTtlInSeconds: ttl }),
    },
  };
}

const gatewayResponse = ({ statusCode, responseParameters, responseTemplates }: RestGatewayResponseProps): Json => ({
  ...(statusCode !== '' && { statusCode: Number(statusCode) }),
  responseParameters,
  responseTemplates,
});

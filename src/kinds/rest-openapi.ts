// The whole definition of a REST API as one OpenAPI 3.0 document for PutRestApi: many routes in one call, where single
// calls would wait for API Gateway's quotas. Both ways must leave the same live state: what the document cannot say
// (the mark of a model) single calls add afterwards.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html

import type { Json } from '../engine/kind.ts';
import type { RestContent } from './rest-content.ts';
import {
  cacheNamespaceOf,
  operationNameOf,
  type RestIntegrationProps,
  type RestMethodProps,
  type RestResponseProps,
} from './rest-method.ts';
import { apiKeyScheme, partsOf, type RestApiFacts, settingsOf } from './rest-openapi-parts.ts';
import { markedName } from './rest-part.ts';

export function openApiOf(api: RestApiFacts, content: RestContent): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [key, method] of Object.entries(content.methods)) {
    const [verb = '', path = ''] = key.split(' ');
    const operation = verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
    paths[path] = { ...paths[path], [operation]: operationOf(key, method) };
  }
  return { openapi: '3.0.1', ...settingsOf(api), paths, ...partsOf(content) };
}

function operationOf(key: string, method: RestMethodProps): Json {
  const parameters = Object.entries(method.requestParameters).map(([name, required]): Json => {
    const [, , where = '', ...parts] = name.split('.');
    const place = where === 'querystring' ? 'query' : where;
    return { name: parts.join('.'), in: place, required, schema: { type: 'string' } };
  });
  const security: Json[] = [
    ...(method.apiKeyRequired ? [{ [apiKeyScheme]: [] }] : []),
    ...(method.authorizer === '' ? [] : [{ [markedName(method.authorizer)]: method.scopes }]),
  ];
  const models = Object.entries(method.requestModels).map(([contentType, model]) => [contentType, schemaRef(model)]);
  return {
    operationId: operationNameOf(key, method),
    ...(parameters.length > 0 && { parameters }),
    ...(models.length > 0 && { requestBody: { content: Object.fromEntries(models), required: true } }),
    responses: Object.fromEntries(
      Object.entries(method.responses).map(([status, response]) => [status, responseOf(response)]),
    ),
    ...(method.authorizationType === 'AWS_IAM' && { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }),
    ...(security.length > 0 && { security }),
    ...(method.validator !== '' && { 'x-amazon-apigateway-request-validator': markedName(method.validator) }),
    'x-amazon-apigateway-integration': integrationOf(key, method),
  };
}

const schemaRef = (model: string): Json => ({ schema: { $ref: `#/components/schemas/${model}` } });

function responseOf(response: RestResponseProps): Json {
  const headers = Object.keys(response.responseParameters).map((name) => [
    name.split('.').slice(3).join('.'),
    { schema: { type: 'string' } },
  ]);
  const models = Object.entries(response.responseModels).map(([contentType, model]) => [contentType, schemaRef(model)]);
  return {
    description: '',
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(models.length > 0 && { content: Object.fromEntries(models) }),
  };
}

function integrationOf(key: string, method: RestMethodProps): Json {
  const { integration, responses } = method;
  const cacheNamespace = cacheNamespaceOf(key, method);
  const mapped = Object.entries(responses).map(([statusCode, response]): [string, Json] => [
    response.selectionPattern === '' ? 'default' : response.selectionPattern,
    {
      statusCode,
      responseParameters: response.mappedParameters,
      responseTemplates: response.responseTemplates,
      ...(response.contentHandling !== '' && { contentHandling: response.contentHandling }),
    },
  ]);
  return {
    ...fixedPart(integration),
    ...(cacheNamespace !== undefined && { cacheNamespace }),
    ...(mapped.length > 0 && { responses: Object.fromEntries(mapped) }),
  };
}

function fixedPart(integration: RestIntegrationProps): { readonly [key: string]: Json } {
  return {
    type: integration.type,
    ...(integration.httpMethod !== '' && { httpMethod: integration.httpMethod }),
    ...(integration.uri !== '' && { uri: integration.uri }),
    ...(integration.contentHandling !== '' && { contentHandling: integration.contentHandling }),
    ...(integration.credentials !== '' && { credentials: integration.credentials }),
    ...(integration.connectionId !== '' && { connectionType: 'VPC_LINK', connectionId: integration.connectionId }),
    ...(integration.insecureSkipVerification && { tlsConfig: { insecureSkipVerification: true } }),
    ...(integration.cacheKeyParameters.length > 0 && { cacheKeyParameters: integration.cacheKeyParameters }),
    ...(integration.responseTransferMode === 'STREAM' && { responseTransferMode: 'STREAM' }),
    passthroughBehavior: integration.passthroughBehavior,
    timeoutInMillis: integration.timeoutInMillis,
    requestParameters: integration.requestParameters,
    requestTemplates: integration.requestTemplates,
  };
}

/** Calls on one API before its bucket (burst 40, 10 a second, all of API Gateway together) makes them wait. */
const freeCalls = 30;

/**
 * Whether one PutRestApi is cheaper than the single calls that would make these methods.
 *
 * @param others what else would take a call each: new paths, authorizers, models, …
 */
export function isCheaperWhole(missing: readonly RestMethodProps[], others: number): boolean {
  const calls = missing.reduce((sum, method) => sum + 2 + 2 * Object.keys(method.responses).length, others);
  return calls > freeCalls;
}

// The whole definition of a REST API as one OpenAPI 3.0 document for PutRestApi: many routes in one call, where single
// calls would wait for API Gateway's quotas. Both ways must leave the same live state, so nothing is said here that
// single calls do not say (no path parameters of their own, no models).
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html

import type { Json } from '../engine/kind.ts';
import {
  operationNameOf,
  type RestIntegrationProps,
  type RestMethodProps,
  type RestResponseProps,
} from './rest-method.ts';

/** What `overwrite` would clear were it not in the document. */
export interface RestApiFacts {
  readonly name: string;
  readonly description: string;
}

export function openApiOf(api: RestApiFacts, methods: Readonly<Record<string, RestMethodProps>>): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [key, method] of Object.entries(methods)) {
    const [verb = '', path = ''] = key.split(' ');
    const operation = verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
    paths[path] = { ...paths[path], [operation]: operationOf(key, method) };
  }
  return {
    openapi: '3.0.1',
    info: { title: api.name, description: api.description, version: '1' },
    paths,
  };
}

function operationOf(key: string, method: RestMethodProps): Json {
  const parameters = Object.entries(method.requestParameters).map(([name, required]): Json => {
    const [, , where = '', ...parts] = name.split('.');
    const place = where === 'querystring' ? 'query' : where;
    return { name: parts.join('.'), in: place, required, schema: { type: 'string' } };
  });
  return {
    operationId: operationNameOf(key),
    ...(parameters.length > 0 && { parameters }),
    responses: Object.fromEntries(
      Object.entries(method.responses).map(([status, response]) => [status, responseOf(response)]),
    ),
    ...(method.authorizationType !== 'NONE' && { 'x-amazon-apigateway-auth': { type: method.authorizationType } }),
    ...(method.apiKeyRequired && { security: [{ api_key: [] }] }),
    'x-amazon-apigateway-integration': integrationOf(method),
  };
}

function responseOf(response: RestResponseProps): Json {
  const headers = Object.keys(response.responseParameters).map((name) => [
    name.split('.').slice(3).join('.'),
    { schema: { type: 'string' } },
  ]);
  return { description: '', ...(headers.length > 0 && { headers: Object.fromEntries(headers) }) };
}

function integrationOf({ integration, responses }: RestMethodProps): Json {
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
    ...(mapped.length > 0 && { responses: Object.fromEntries(mapped) }),
  };
}

function fixedPart(integration: RestIntegrationProps): { readonly [key: string]: Json } {
  return {
    type: integration.type,
    ...(integration.httpMethod !== '' && { httpMethod: integration.httpMethod }),
    ...(integration.uri !== '' && { uri: integration.uri }),
    ...(integration.contentHandling !== '' && { contentHandling: integration.contentHandling }),
    passthroughBehavior: integration.passthroughBehavior,
    timeoutInMillis: integration.timeoutInMillis,
    requestParameters: integration.requestParameters,
    requestTemplates: integration.requestTemplates,
  };
}

/** Calls on one API before its bucket (burst 40, 10 a second, all of API Gateway together) makes them wait. */
const freeCalls = 30;

/** Whether one PutRestApi is cheaper than the single calls that would make these methods. */
export function isCheaperWhole(missing: readonly RestMethodProps[], newPaths: number): boolean {
  const calls = missing.reduce((sum, method) => sum + 2 + 2 * Object.keys(method.responses).length, newPaths);
  return calls > freeCalls;
}

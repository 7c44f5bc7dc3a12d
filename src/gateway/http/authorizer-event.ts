// What a Lambda authorizer of an HTTP API receives, in both payload formats.

import { allValues, lastValues } from '../query-string.ts';
import { requestContextV1, resourceOf } from './event-v1.ts';
import { requestContextV2, requestFields, variableFields } from './event-v2.ts';
import type { HttpCall } from './http-call.ts';

/** `arn:aws:execute-api:{region}:{account}:{api}/{stage}/{method}{path}`. */
export function routeArn(call: HttpCall): string {
  const place = `${call.definition.stage.name}/${call.request.method}${call.pathInStage}`;
  return `arn:aws:execute-api:${call.region}:${call.accountId}:${call.apiId}/${place}`;
}

/** `identities` are the values of the identity sources, in order. */
export function authorizerEvent(
  call: HttpCall,
  identities: readonly string[],
  format: '1.0' | '2.0',
): Record<string, unknown> {
  return format === '1.0' ? formatOne(call, identities) : formatTwo(call, identities);
}

function formatTwo(call: HttpCall, identities: readonly string[]): Record<string, unknown> {
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: routeArn(call),
    identitySource: identities.length === 0 ? null : identities,
    routeKey: call.route.routeKey,
    rawPath: call.path,
    rawQueryString: call.rawQuery,
    ...requestFields(call),
    requestContext: requestContextV2(call, undefined),
    ...variableFields(call),
  };
}

function formatOne(call: HttpCall, identities: readonly string[]): Record<string, unknown> {
  const joined = identities.length === 0 ? null : identities.join(',');
  return {
    version: '1.0',
    type: 'REQUEST',
    methodArn: routeArn(call),
    identitySource: joined,
    authorizationToken: joined,
    resource: resourceOf(call),
    path: call.request.rawPath,
    httpMethod: call.request.method,
    // The guide's sample has single values alone; AWS sends both (LocalStack's recordings of authorizers' events).
    headers: lastValues(call.headers),
    multiValueHeaders: allValues(call.headers),
    queryStringParameters: lastValues(call.query),
    multiValueQueryStringParameters: allValues(call.query),
    pathParameters: call.pathParameters,
    stageVariables: call.definition.stage.variables,
    requestContext: requestContextV1(call, undefined),
  };
}

// The event of payload format 1.0, REST's shape: names in the case they came in, every value in the multi-value maps,
// the last one in the single-value maps, and null for what is absent. The path stays encoded here (recorded on AWS),
// while the context's path and the path parameters are decoded.

import { headerValue } from '../header-list.ts';
import { logTime } from '../log-time.ts';
import { allValues, lastValues } from '../query-string.ts';
import { encodeBody } from './body-encoding.ts';
import { type Access, domainPrefix, type HttpCall } from './http-call.ts';

export function eventV1(call: HttpCall): Record<string, unknown> {
  const body = encodeBody(call.request.body, call.headers);
  const { variables } = call.definition.stage;
  return {
    version: '1.0',
    resource: resourceOf(call),
    path: call.mappedPath ?? call.request.rawPath,
    httpMethod: call.request.method,
    headers: lastValues(call.headers),
    multiValueHeaders: allValues(call.headers),
    queryStringParameters: call.query.length === 0 ? null : lastValues(call.query),
    multiValueQueryStringParameters: call.query.length === 0 ? null : allValues(call.query),
    requestContext: requestContextV1(call, authorizerField(call.access)),
    pathParameters: Object.keys(call.pathParameters).length === 0 ? null : call.pathParameters,
    stageVariables: Object.keys(variables).length === 0 ? null : variables,
    body: body?.body ?? null,
    isBase64Encoded: body?.isBase64Encoded ?? false,
  };
}

/** The route's path, or its key where it has none: `/products/{id}`, `$default`. */
export function resourceOf(call: HttpCall): string {
  const { routeKey } = call.route;
  return routeKey.slice(routeKey.indexOf(' ') + 1);
}

export function requestContextV1(
  call: HttpCall,
  authorizer: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const { request, access } = call;
  const iam = access.type === 'iam' ? access : undefined;
  return {
    accountId: call.accountId,
    apiId: call.apiId,
    ...(authorizer === undefined ? {} : { authorizer }),
    domainName: request.host,
    domainPrefix: domainPrefix(request.host),
    extendedRequestId: call.requestId,
    httpMethod: request.method,
    identity: {
      accessKey: iam?.accessKey ?? null,
      accountId: iam?.accountId ?? null,
      caller: iam?.accessKey ?? null,
      cognitoAmr: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: iam?.accessKey ?? null,
      userAgent: headerValue(call.headers, 'user-agent') ?? '',
      userArn: iam?.userArn ?? null,
    },
    path: call.path,
    protocol: request.protocol,
    requestId: call.requestId,
    requestTime: logTime(request.receivedAt),
    requestTimeEpoch: request.receivedAt,
    resourceId: call.route.routeKey,
    resourcePath: resourceOf(call),
    stage: call.definition.stage.name,
  };
}

function authorizerField(access: Access): Record<string, unknown> | undefined {
  if (access.type === 'jwt') return { claims: access.claims, scopes: access.scopes };
  if (access.type !== 'lambda') return undefined;
  // `claims` is "a reserved placeholder" (Lambda authorizers, developer guide): both come empty beside the context.
  return {
    claims: null,
    scopes: null,
    ...(access.principalId === undefined ? {} : { principalId: access.principalId }),
    ...access.context,
  };
}

// The event of payload format 2.0, field by field: lower-case header names, duplicates joined by commas, cookies apart,
// the path decoded, and nothing null: what is absent is left out.

import type { HeaderList } from '../exchange.ts';
import { headerValue, headerValues } from '../header-list.ts';
import { logTime } from '../log-time.ts';
import { joinedValues } from '../query-string.ts';
import { encodeBody } from './body-encoding.ts';
import { type Access, domainPrefix, type HttpCall } from './http-call.ts';

/** What functions get, and authorizers in part. */
export function eventV2(call: HttpCall): Record<string, unknown> {
  const body = encodeBody(call.request.body, call.headers);
  return {
    version: '2.0',
    routeKey: call.route.routeKey,
    rawPath: call.path,
    rawQueryString: call.rawQuery,
    ...requestFields(call),
    requestContext: requestContextV2(call, authorizerField(call.access)),
    ...variableFields(call),
    ...(body === undefined ? {} : { body: body.body }),
    isBase64Encoded: body?.isBase64Encoded ?? false,
  };
}

/** Cookies, headers and query of an event. */
export function requestFields(call: HttpCall): Record<string, unknown> {
  const cookies = headerValues(call.headers, 'cookie')
    .flatMap((value) => value.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');
  return {
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: joinedHeaders(call.headers),
    ...(call.query.length === 0 ? {} : { queryStringParameters: joinedValues(call.query) }),
  };
}

/** Path parameters and stage variables of an event, where there are any. */
export function variableFields(call: HttpCall): Record<string, unknown> {
  const { variables } = call.definition.stage;
  return {
    ...(Object.keys(call.pathParameters).length === 0 ? {} : { pathParameters: call.pathParameters }),
    ...(Object.keys(variables).length === 0 ? {} : { stageVariables: variables }),
  };
}

export function requestContextV2(
  call: HttpCall,
  authorizer: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const { request } = call;
  return {
    accountId: call.accountId,
    apiId: call.apiId,
    ...(authorizer === undefined ? {} : { authorizer }),
    domainName: request.host,
    domainPrefix: domainPrefix(request.host),
    http: {
      method: request.method,
      path: call.path,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: headerValue(call.headers, 'user-agent') ?? '',
    },
    requestId: call.requestId,
    routeKey: call.route.routeKey,
    stage: call.definition.stage.name,
    time: logTime(request.receivedAt),
    timeEpoch: request.receivedAt,
  };
}

function authorizerField(access: Access): Record<string, unknown> | undefined {
  switch (access.type) {
    case 'none':
      return undefined;
    case 'jwt':
      return { jwt: { claims: access.claims, scopes: access.scopes } };
    case 'lambda':
      return { lambda: access.context };
    case 'iam':
      return {
        iam: {
          accessKey: access.accessKey,
          accountId: access.accountId,
          callerId: access.accessKey,
          cognitoIdentity: null,
          principalOrgId: null,
          userArn: access.userArn,
          userId: access.accessKey,
        },
      };
  }
}

function joinedHeaders(headers: HeaderList): Record<string, string> {
  const values: [string, string][] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (lower !== 'cookie') values.push([lower, value]);
  }
  return joinedValues(values);
}

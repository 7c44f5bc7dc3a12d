// The context of a request in its two shapes: `requestContext` of v1 events and `$context` of templates and mappings.

import { isIP } from 'node:net';
import { headerValue } from '../header-list.ts';
import { logTime } from '../log-time.ts';
import type { GatewayFault } from './fault.ts';
import { type RestExchange, type RoutedExchange, stableId } from './rest-exchange.ts';

/** `requestContext` of a proxy event, with exactly the members AWS sends. */
export function eventRequestContext(exchange: RoutedExchange): Record<string, unknown> {
  const { caller, route } = exchange;
  return {
    resourceId: resourceId(route.path),
    resourcePath: route.path,
    ...(route.operationName === undefined ? {} : { operationName: route.operationName }),
    httpMethod: exchange.request.method,
    extendedRequestId: exchange.extendedRequestId,
    requestTime: logTime(exchange.request.receivedAt),
    path: exchange.stagePath,
    accountId: exchange.environment.accountId,
    protocol: exchange.request.protocol,
    stage: exchange.definition.stage.name,
    domainPrefix: domainPrefix(exchange),
    requestTimeEpoch: exchange.request.receivedAt,
    requestId: exchange.requestId,
    identity: identity(exchange),
    domainName: exchange.request.host,
    deploymentId: stableId('deployment', exchange.apiId, 6),
    apiId: exchange.apiId,
    ...(caller.authorizer === undefined ? {} : { authorizer: caller.authorizer }),
  };
}

/** `$context`; what is unknown is left out, so that it renders empty. */
export function templateContext(exchange: RestExchange, fault?: GatewayFault): Record<string, unknown> {
  const { caller, route, resourcePath } = exchange;
  const present = Object.entries(identity(exchange)).filter(([, value]) => value !== null);
  return {
    accountId: exchange.environment.accountId,
    apiId: exchange.apiId,
    ...(caller.authorizer === undefined ? {} : { authorizer: caller.authorizer }),
    deploymentId: stableId('deployment', exchange.apiId, 6),
    domainName: exchange.request.host,
    domainPrefix: domainPrefix(exchange),
    endpointType: exchange.definition.endpointType,
    ...(fault === undefined ? {} : { error: errorContext(fault) }),
    extendedRequestId: exchange.extendedRequestId,
    httpMethod: exchange.request.method,
    identity: Object.fromEntries(present),
    ...(exchange.isCanary === undefined ? {} : { isCanaryRequest: String(exchange.isCanary) }),
    ...(route?.operationName === undefined ? {} : { operationName: route.operationName }),
    path: exchange.stagePath,
    protocol: exchange.request.protocol,
    requestId: exchange.requestId,
    requestTime: logTime(exchange.request.receivedAt),
    requestTimeEpoch: exchange.request.receivedAt,
    ...(resourcePath === undefined ? {} : { resourceId: resourceId(resourcePath), resourcePath }),
    stage: exchange.definition.stage.name,
    xrayTraceId: exchange.traceId,
  };
}

function errorContext(fault: GatewayFault): Record<string, unknown> {
  return {
    ...(fault.words === null ? {} : { message: fault.words }),
    messageString: JSON.stringify(fault.words),
    responseType: fault.type,
    // Shown inside quotes in the guide's examples, so its own quotes come escaped.
    ...(fault.validation === undefined ? {} : { validationErrorString: JSON.stringify(fault.validation).slice(1, -1) }),
  };
}

function identity(exchange: RestExchange): Record<string, unknown> {
  const { iam, apiKey } = exchange.caller;
  return {
    cognitoIdentityPoolId: null,
    accountId: iam?.accountId ?? null,
    cognitoIdentityId: null,
    caller: iam?.accessKey ?? null,
    sourceIp: exchange.request.sourceIp,
    principalOrgId: null,
    accessKey: iam?.accessKey ?? null,
    cognitoAuthenticationType: null,
    cognitoAuthenticationProvider: null,
    userArn: iam?.userArn ?? null,
    userAgent: headerValue(exchange.headers, 'user-agent') ?? null,
    user: iam?.accessKey ?? null,
    ...(apiKey === undefined ? {} : { apiKey: apiKey.value, apiKeyId: apiKey.id }),
  };
}

// "The first label of the domainName"; an address or a bare localhost has none, and stands for the API's own domain.
function domainPrefix({ request, apiId }: RestExchange): string {
  const hostname = request.host.replace(/:\d+$/, '');
  return isIP(hostname) === 0 && hostname.includes('.') ? (hostname.split('.', 1)[0] ?? apiId) : apiId;
}

function resourceId(path: string): string {
  return stableId('resource', path, path === '/' ? 10 : 6);
}

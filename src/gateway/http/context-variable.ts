// `$context` variables of HTTP APIs, by the names the developer guide lists for them. Unknown names have no value.

import { headerValue } from '../header-list.ts';
import { logTime } from '../log-time.ts';
import { type Access, domainPrefix, type HttpCall } from './http-call.ts';

/** The variable's value as text (`requestId`, `identity.sourceIp`, `authorizer.claims.sub`); undefined: none. */
export function contextVariable(call: HttpCall, name: string): string | undefined {
  const { request } = call;
  if (name.startsWith('authorizer.')) return authorizerVariable(call.access, name.slice('authorizer.'.length));
  if (name.startsWith('identity.')) return identityVariable(call, name.slice('identity.'.length));
  switch (name) {
    case 'accountId':
      return call.accountId;
    case 'apiId':
      return call.apiId;
    case 'domainName':
      return request.host;
    case 'domainPrefix':
      return domainPrefix(request.host);
    case 'extendedRequestId':
    case 'requestId':
      return call.requestId;
    case 'httpMethod':
      return request.method;
    case 'path':
      return call.path;
    case 'protocol':
      return request.protocol;
    case 'requestTime':
      return logTime(request.receivedAt);
    case 'requestTimeEpoch':
      return String(request.receivedAt);
    case 'routeKey':
      return call.route.routeKey;
    case 'stage':
      return call.definition.stage.name;
    default:
      return undefined;
  }
}

function identityVariable(call: HttpCall, name: string): string | undefined {
  if (name === 'sourceIp') return call.request.sourceIp;
  if (name === 'userAgent') return headerValue(call.headers, 'user-agent');
  if (call.access.type !== 'iam') return undefined;
  if (name === 'userArn') return call.access.userArn;
  if (name === 'accountId') return call.access.accountId;
  return name === 'caller' || name === 'user' ? call.access.accessKey : undefined;
}

function authorizerVariable(access: Access, name: string): string | undefined {
  if (access.type === 'jwt') {
    const claim = /^(?:jwt\.)?claims\.(.+)$/.exec(name)?.[1];
    return claim !== undefined && Object.hasOwn(access.claims, claim) ? access.claims[claim] : undefined;
  }
  if (access.type !== 'lambda') return undefined;
  if (name === 'principalId' && access.principalId !== undefined) return access.principalId;
  const value = access.context !== null && Object.hasOwn(access.context, name) ? access.context[name] : undefined;
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

// Who may connect: IAM signatures and Lambda authorizers of `$connect`. The decision holds for the whole life of the
// connection; what the authorizer says of the caller comes with every event.

import type { WebSocketApiDefinition, WebSocketAuthorizer, WebSocketRoute } from '../../api/definition.ts';
import { type AuthorizerResult, readAuthorizerResult } from '../authorizers/authorizer-result.ts';
import { DecisionCache } from '../authorizers/decision-cache.ts';
import { decide } from '../authorizers/policy.ts';
import { verifySignature } from '../authorizers/sigv4.ts';
import type { GatewayRequest } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { headerValue } from '../header-list.ts';
import { invokeFunction } from '../integrations/invoke-function.ts';
import { parseQuery } from '../query-string.ts';
import type { Peer } from './connection.ts';
import type { Refusal } from './socket-answer.ts';
import { authorizerEvent, contextOf, type SocketCall, type SocketPlace } from './socket-event.ts';

export type ConnectAuthorization =
  | { readonly granted: true; readonly peer: Peer }
  | { readonly granted: false; readonly refusal: Refusal };

/** AWS gives an authorizer's function as long as an integration. */
const TIMEOUT_MS = 29_000;

const FAILURE: Refusal = {
  status: 500,
  message: 'Internal server error',
  errorType: 'AuthorizerConfigurationException',
};

/** The authorization of `$connect`; caches live as long as the API does. */
export function createConnectAuthorizer(
  definition: WebSocketApiDefinition,
  environment: GatewayEnvironment,
  place: SocketPlace,
): (route: WebSocketRoute, peer: Peer, call: SocketCall, request: GatewayRequest) => Promise<ConnectAuthorization> {
  const cache = new DecisionCache<AuthorizerResult>();
  return async (route, peer, call, request) => {
    const { authorization } = route;
    if (authorization.type === 'NONE') return { granted: true, peer };
    if (authorization.type === 'AWS_IAM') return byIam(environment, peer, request);
    const { authorizer: name } = authorization;
    const authorizer = Object.hasOwn(definition.authorizers, name) ? definition.authorizers[name] : undefined;
    if (authorizer === undefined) return refuse(FAILURE);
    const asked = { environment, place, peer, call, request };
    const identities = authorizer.identitySource.map((source) => identityOf(source, asked));
    if (identities.includes('')) return refuse(unauthorized);
    const key = JSON.stringify([name, ...identities]);
    const keeps = authorizer.ttl > 0 && identities.length > 0;
    const startedAt = performance.now();
    const known = keeps ? cache.get(key) : undefined;
    const result = known ?? (await ask(authorizer, asked));
    if ('status' in result) return refuse(result);
    if (keeps && known === undefined) cache.set(key, result, authorizer.ttl);
    const integrationLatency = known === undefined ? Math.round(performance.now() - startedAt) : 0;
    return judge(result, asked, integrationLatency);
  };
}

interface Asked {
  readonly environment: GatewayEnvironment;
  readonly place: SocketPlace;
  readonly peer: Peer;
  readonly call: SocketCall;
  readonly request: GatewayRequest;
}

const unauthorized: Refusal = { status: 401, message: 'Unauthorized', errorType: 'UnauthorizedException' };

/** `arn:aws:execute-api:{region}:{account}:{api}/{stage}/$connect`: there is no method. */
function methodArn({ environment, place }: Asked): string {
  return `arn:aws:execute-api:${environment.region}:${environment.accountId}:${place.apiId}/${place.stage}/$connect`;
}

function identityOf(source: string, { place, peer, call, request }: Asked): string {
  const [, kind, name = ''] =
    /^(route\.request\.header|route\.request\.querystring|context|stageVariables)\.(.+)$/.exec(
      source.replace(/^\$/, ''),
    ) ?? ['', '', ''];
  if (kind === 'route.request.header') return headerValue(request.headers, name) ?? '';
  if (kind === 'route.request.querystring') {
    return parseQuery(request.rawQuery).findLast(([key]) => key === name)?.[1] ?? '';
  }
  if (kind === 'stageVariables')
    return Object.hasOwn(place.stageVariables, name) ? (place.stageVariables[name] ?? '') : '';
  const context = kind === 'context' ? contextOf(place, peer, call, 'CONNECT') : {};
  const value = name === 'identity.sourceIp' ? peer.identity['sourceIp'] : context[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

async function ask(authorizer: WebSocketAuthorizer, asked: Asked): Promise<AuthorizerResult | Refusal> {
  const { environment, place, peer, call, request } = asked;
  const outcome = await invokeFunction(environment, {
    functionName: authorizer.function,
    event: JSON.stringify(authorizerEvent(place, peer, call, request, methodArn(asked))),
    route: 'authorizer of $connect',
    requestId: call.requestId,
    timeoutMs: TIMEOUT_MS,
  });
  if (outcome.type === 'error' && outcome.reason === 'Unauthorized') return unauthorized;
  const read = outcome.type === 'success' ? readAuthorizerResult(outcome.payload) : undefined;
  if (read !== undefined && !('problem' in read)) return read;
  const why = read?.problem ?? (outcome.type === 'success' ? 'its answer' : outcome.reason);
  environment.note(`$connect: authorizer ${authorizer.function} failed: ${why}`);
  return FAILURE;
}

function judge(result: AuthorizerResult, asked: Asked, integrationLatency: number): ConnectAuthorization {
  const { peer, request } = asked;
  const userAgent = headerValue(request.headers, 'user-agent') ?? '';
  const facts = { sourceIp: request.sourceIp, userAgent, now: request.receivedAt };
  const decision = decide(result.policyDocument, methodArn(asked), facts);
  if (decision !== 'allow') {
    const explicit = decision === 'explicit-deny' ? ' with an explicit deny in an identity-based policy' : '';
    const message = `User is not authorized to access this resource${explicit}`;
    return refuse({ status: 403, message, errorType: 'AccessDeniedException' });
  }
  // "The stringified value of the specified key-value pair" (mapping template reference of WebSocket APIs).
  const context = Object.entries(result.context).map(([name, value]) => [name, String(value)]);
  const authorizer = { principalId: result.principalId, integrationLatency, ...Object.fromEntries(context) };
  return { granted: true, peer: { ...peer, authorizer } };
}

function byIam(environment: GatewayEnvironment, peer: Peer, request: GatewayRequest): ConnectAuthorization {
  const verdict = verifySignature(request, environment.credentials, environment.region);
  if (!verdict.valid) return refuse(signatureRefusal(verdict.fault, verdict.message));
  const { accessKeyId, userArn } = verdict.credential;
  const accountId = userArn.split(':')[4] ?? environment.accountId;
  const identity = {
    ...peer.identity,
    accessKey: accessKeyId,
    accountId,
    caller: accessKeyId,
    user: accessKeyId,
    userArn,
  };
  return { granted: true, peer: { ...peer, identity } };
}

/** AWS's words for a signature that is missing or wrong. */
export function signatureRefusal(fault: string, message: string): Refusal {
  if (fault === 'missing') {
    return { status: 403, message: 'Missing Authentication Token', errorType: 'MissingAuthenticationTokenException' };
  }
  const errorType =
    fault === 'incomplete'
      ? 'IncompleteSignatureException'
      : fault === 'unknown-key'
        ? 'UnrecognizedClientException'
        : 'InvalidSignatureException';
  return { status: 403, message, errorType };
}

function refuse(refusal: Refusal): ConnectAuthorization {
  return { granted: false, refusal };
}

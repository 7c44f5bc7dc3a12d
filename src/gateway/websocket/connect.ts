// The $connect route: its authorizer, then its integration, whose status decides whether there will be a connection.
// Without the route every handshake is accepted.

import type { WebSocketApiDefinition } from '../../api/definition.ts';
import type { GatewayRequest } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { headerValue } from '../header-list.ts';
import type { Peer } from './connection.ts';
import { chosenProtocol } from './handshake.ts';
import type { WebSocketLimits } from './limits.ts';
import type { Refusal } from './socket-answer.ts';
import { createConnectAuthorizer } from './socket-authorizer.ts';
import { connectEvent, type SocketCall, type SocketPlace } from './socket-event.ts';
import { callIntegration, type IntegrationEnd } from './socket-integration.ts';

export type ConnectOutcome =
  | { readonly accepted: true; readonly peer: Peer; readonly protocol: string | undefined }
  | { readonly accepted: false; readonly refusal: Refusal };

/** Asks authorizer and integration about one handshake; never rejects. */
export function createConnect(
  definition: WebSocketApiDefinition,
  environment: GatewayEnvironment,
  place: SocketPlace,
  limits: WebSocketLimits,
): (request: GatewayRequest, connectionId: string, call: SocketCall) => Promise<ConnectOutcome> {
  const route = definition.routes.find((candidate) => candidate.routeKey === '$connect');
  const authorize = createConnectAuthorizer(definition, environment, place);
  return async (request, connectionId, call) => {
    const stranger = peerOf(request, connectionId);
    if (route === undefined) return { accepted: true, peer: stranger, protocol: undefined };
    const authorization = await authorize(route, stranger, call, request);
    if (!authorization.granted) return { accepted: false, refusal: authorization.refusal };
    const { peer } = authorization;
    const event = connectEvent(place, peer, call, request);
    const integration = { ...call, event, body: '', signal: request.signal };
    const end = await callIntegration(route.integration, integration, place, environment, limits);
    const refusal = refusalBy(end);
    if (refusal !== undefined) return { accepted: false, refusal };
    return { accepted: true, peer, protocol: end.type === 'answer' ? chosenProtocol(end.headers) : undefined };
  };
}

function peerOf(request: GatewayRequest, connectionId: string): Peer {
  const userAgent = headerValue(request.headers, 'user-agent');
  return {
    connectionId,
    connectedAt: request.receivedAt,
    domainName: request.host,
    identity: { ...(userAgent === undefined ? {} : { userAgent }), sourceIp: request.sourceIp },
    authorizer: undefined,
  };
}

function refusalBy(end: IntegrationEnd): Refusal | undefined {
  if (end.type === 'failure')
    return { status: end.message === 'Internal server error' ? 502 : 504, message: end.message };
  if (end.status >= 200 && end.status < 300) return undefined;
  return {
    status: end.status,
    message: MESSAGES[end.status] ?? (end.status < 500 ? 'Forbidden' : 'Internal server error'),
  };
}

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  429: 'Too Many Requests',
};

// The events of WebSocket APIs, field by field: CONNECT carries headers and query, MESSAGE the body alone, DISCONNECT
// the code and reason of the end. What is absent is left out.

import type { GatewayRequest, HeaderList } from '../exchange.ts';
import { forwardedHeaders } from '../http/http-call.ts';
import { logTime } from '../log-time.ts';
import { allValues, lastValues, parseQuery } from '../query-string.ts';
import type { ConnectionEnd, Peer } from './connection.ts';

/** The API and stage an event belongs to. */
export interface SocketPlace {
  readonly apiId: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
}

/** One call of a route: a handshake, a message, an end. */
export interface SocketCall {
  readonly routeKey: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export function connectEvent(
  place: SocketPlace,
  peer: Peer,
  call: SocketCall,
  request: GatewayRequest,
): Record<string, unknown> {
  const headers = forwardedHeaders(request).filter(([name]) => name.toLowerCase() !== 'content-length');
  return {
    ...headerFields(headers),
    ...queryFields(request),
    requestContext: contextOf(place, peer, call, 'CONNECT'),
    ...variableFields(place),
    isBase64Encoded: false,
  };
}

export function messageEvent(
  place: SocketPlace,
  peer: Peer,
  call: SocketCall & { readonly messageId: string },
  body: string,
): Record<string, unknown> {
  return {
    requestContext: { ...contextOf(place, peer, call, 'MESSAGE'), messageId: call.messageId },
    ...variableFields(place),
    body,
    isBase64Encoded: false,
  };
}

export function disconnectEvent(
  place: SocketPlace,
  peer: Peer,
  call: SocketCall,
  end: ConnectionEnd,
): Record<string, unknown> {
  const headers: HeaderList = [
    ['Host', peer.domainName],
    ['x-api-key', ''],
    ['X-Forwarded-For', ''],
    ['x-restapi', ''],
  ];
  return {
    ...headerFields(headers),
    requestContext: {
      ...contextOf(place, peer, call, 'DISCONNECT'),
      disconnectStatusCode: end.code,
      disconnectReason: end.reason,
    },
    ...variableFields(place),
    isBase64Encoded: false,
  };
}

/** What a Lambda authorizer of $connect receives. */
export function authorizerEvent(
  place: SocketPlace,
  peer: Peer,
  call: SocketCall,
  request: GatewayRequest,
  methodArn: string,
): Record<string, unknown> {
  const headers: HeaderList = [['Connection', 'upgrade'], ...forwardedHeaders(request), ['Upgrade', 'websocket']];
  return {
    type: 'REQUEST',
    methodArn,
    ...headerFields(headers),
    queryStringParameters: lastValues(parseQuery(request.rawQuery)),
    multiValueQueryStringParameters: allValues(parseQuery(request.rawQuery)),
    stageVariables: place.stageVariables,
    requestContext: contextOf(place, peer, call, 'CONNECT'),
  };
}

/** `requestContext`, which templates know as `$context`. */
export function contextOf(
  place: SocketPlace,
  peer: Peer,
  call: SocketCall,
  eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT',
): Record<string, unknown> {
  return {
    routeKey: call.routeKey,
    eventType,
    extendedRequestId: call.requestId,
    requestTime: logTime(call.at),
    messageDirection: 'IN',
    stage: place.stage,
    connectedAt: peer.connectedAt,
    requestTimeEpoch: call.at,
    identity: peer.identity,
    requestId: call.requestId,
    domainName: peer.domainName,
    connectionId: peer.connectionId,
    apiId: place.apiId,
    ...(peer.authorizer === undefined ? {} : { authorizer: peer.authorizer }),
  };
}

function headerFields(headers: HeaderList): Record<string, unknown> {
  return { headers: lastValues(headers), multiValueHeaders: allValues(headers) };
}

function queryFields(request: GatewayRequest): Record<string, unknown> {
  const query = parseQuery(request.rawQuery);
  if (query.length === 0) return {};
  return { queryStringParameters: lastValues(query), multiValueQueryStringParameters: allValues(query) };
}

function variableFields(place: SocketPlace): Record<string, unknown> {
  return Object.keys(place.stageVariables).length === 0 ? {} : { stageVariables: place.stageVariables };
}

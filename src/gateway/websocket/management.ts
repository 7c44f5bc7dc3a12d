// `@connections`: how a backend sends to a connected client, asks about it or ends it. Calls are signed as on AWS unless
// the gateway was told to serve a caller that cannot sign.

import { verifySignature } from '../authorizers/sigv4.ts';
import type { GatewayAnswer, GatewayRequest } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { percentDecode } from '../query-string.ts';
import type { Connection } from './connection.ts';
import type { WebSocketLimits } from './limits.ts';
import { jsonAnswer } from './socket-answer.ts';
import { signatureRefusal } from './socket-authorizer.ts';

/** The connection id of a path below the stage (`/@connections/{id}`, percent-encoded or not); undefined: another path. */
export function managedConnection(rawPath: string, stage: string): string | undefined {
  const [empty, first, second, id, ...rest] = rawPath.split('/').map(percentDecode);
  if (empty !== '' || first !== stage || second !== '@connections' || rest.length > 0) return undefined;
  return id === undefined || id === '' ? undefined : id;
}

/** Answers a call for one connection. */
export function manageConnection(
  request: GatewayRequest,
  connection: Connection | undefined,
  requestId: string,
  environment: GatewayEnvironment,
  limits: WebSocketLimits,
): GatewayAnswer {
  const refused = checkSignature(request, requestId, environment);
  if (refused !== undefined) return refused;
  if (!/^(POST|GET|DELETE)$/.test(request.method)) {
    return refusal(403, 'Missing Authentication Token', 'MissingAuthenticationTokenException', requestId);
  }
  if (request.body.byteLength > limits.messageBytes) return payloadTooLarge(requestId);
  if (connection === undefined || connection.closing) return jsonAnswer(410, '', 'GoneException', requestId);
  switch (request.method) {
    case 'GET':
      return jsonAnswer(200, JSON.stringify(descriptionOf(connection)), undefined, requestId);
    case 'DELETE':
      connection.close(1000, 'Connection Closed Normally');
      return jsonAnswer(204, '', undefined, requestId);
    default:
      return post(request, connection, requestId);
  }
}

/** 413 in the words of the management API. */
export function payloadTooLarge(requestId: string): GatewayAnswer {
  return refusal(413, 'Message too long', 'PayloadTooLargeException', requestId);
}

function post(request: GatewayRequest, connection: Connection, requestId: string): GatewayAnswer {
  const sent = connection.send(Buffer.from(request.body).toString('utf8'));
  if (sent === 'gone') return jsonAnswer(410, '', 'GoneException', requestId);
  if (sent === 'full') return refusal(429, 'Too Many Requests', 'LimitExceededException', requestId);
  return jsonAnswer(200, '', undefined, requestId);
}

function descriptionOf(connection: Connection): Record<string, unknown> {
  const { sourceIp, userAgent } = connection.peer.identity;
  return {
    connectedAt: new Date(connection.peer.connectedAt).toISOString(),
    identity: { sourceIp, ...(userAgent === undefined ? {} : { userAgent }) },
    lastActiveAt: new Date(connection.lastActiveAt).toISOString(),
  };
}

function checkSignature(
  request: GatewayRequest,
  requestId: string,
  environment: GatewayEnvironment,
): GatewayAnswer | undefined {
  if (environment.unsignedConnections === true) return undefined;
  const verdict = verifySignature(request, environment.credentials, environment.region);
  if (verdict.valid) return undefined;
  const { status, message, errorType } = signatureRefusal(verdict.fault, verdict.message);
  return refusal(status, message, errorType, requestId);
}

function refusal(status: number, message: string, errorType: string | undefined, requestId: string): GatewayAnswer {
  return jsonAnswer(status, JSON.stringify({ message }), errorType, requestId);
}

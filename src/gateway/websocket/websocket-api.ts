// A WebSocket API as API Gateway serves it: $connect decides the upgrade, messages go to routes, $disconnect follows
// every connection that was, and `@connections` reaches those that are.

import type { WebSocket } from 'ws';
import type { WebSocketApiDefinition } from '../../api/definition.ts';
import type { GatewayRequest } from '../exchange.ts';
import type { ApiHandler, ApiOptions } from '../gateway.ts';
import { createThrottle } from '../http/throttle.ts';
import { writeAnswer } from '../http1/write-answer.ts';
import { mintRequestId } from '../mint-ids.ts';
import { percentDecode } from '../query-string.ts';
import { createConnect } from './connect.ts';
import { Connection, type ConnectionEnd, type Peer, type Unsent } from './connection.ts';
import { createUpgrader, handshakeRefusal } from './handshake.ts';
import { Intake } from './intake.ts';
import { WEBSOCKET_LIMITS, type WebSocketLimits } from './limits.ts';
import { listen } from './listen.ts';
import { manageConnection, managedConnection, payloadTooLarge } from './management.ts';
import { createMessageHandler } from './message-handler.ts';
import { type Refusal, refusalAnswer } from './socket-answer.ts';
import { disconnectEvent, type SocketPlace } from './socket-event.ts';
import { callIntegration } from './socket-integration.ts';

export interface WebSocketApiOptions extends ApiOptions<WebSocketApiDefinition> {
  /** Other limits than AWS's, for tests. */
  readonly limits?: Partial<WebSocketLimits>;
}

/** How long `close` waits for $disconnect. */
const DRAIN_MS = 3_000;

/** The handler of one WebSocket API at its stage. */
export function createWebSocketApi(options: WebSocketApiOptions): ApiHandler {
  const { definition, apiId, environment } = options;
  const limits = { ...WEBSOCKET_LIMITS, ...options.limits };
  const { name: stage, variables: stageVariables, throttle } = definition.stage;
  const place: SocketPlace = { apiId, stage, stageVariables };
  const connections = new Map<string, Connection>();
  const leaving = new Set<Promise<void>>();
  const connect = createConnect(definition, environment, place, limits);
  const admit = createThrottle(throttle, definition.routes, Date.now);
  const handleMessage = createMessageHandler(definition, environment, place, limits, admit);
  const upgrader = createUpgrader(limits);
  const intake = new Intake(limits);
  const unsent: Unsent = { bytes: 0 };
  const disconnectRoute = definition.routes.find((route) => route.routeKey === '$disconnect');

  const disconnected = (peer: Peer, end: ConnectionEnd): void => {
    if (disconnectRoute === undefined) return;
    const call = { routeKey: '$disconnect', requestId: mintRequestId(), at: Date.now() };
    const event = disconnectEvent(place, peer, call, end);
    const integration = { ...call, event, body: '', signal: new AbortController().signal };
    const told = callIntegration(disconnectRoute.integration, integration, place, environment, limits).then(() => {
      leaving.delete(told);
    });
    leaving.add(told);
  };

  const open = (peer: Peer, socket: WebSocket): Connection => {
    const connection = new Connection(peer, socket, limits, unsent);
    connections.set(peer.connectionId, connection);
    listen(connection, socket, intake, {
      message: handleMessage,
      ended: (end) => {
        connections.delete(peer.connectionId);
        disconnected(peer, end);
      },
    });
    return connection;
  };

  return {
    async handle(request) {
      const requestId = mintRequestId();
      const managed = managedConnection(request.rawPath, stage);
      if (managed !== undefined) {
        return manageConnection(request, connections.get(managed), requestId, environment, limits);
      }
      const refusal = handshakeRefusal(request) ?? { status: 426, message: 'Upgrade Required' };
      return refusalAnswer(refusal, mintRequestId(), requestId);
    },
    async tooLarge(request) {
      if (managedConnection(request.rawPath, stage) !== undefined) return payloadTooLarge(mintRequestId());
      return refusalAnswer({ status: 413, message: 'Request Too Long' }, mintRequestId(), mintRequestId());
    },
    async upgrade(request, socket, head) {
      const refusal =
        handshakeRefusal(request) ?? refusalByPath(request, stage) ?? (admit('$connect') ? undefined : TOO_MANY);
      const call = { routeKey: '$connect', requestId: mintRequestId(), at: Date.now() };
      const connectionId = mintRequestId();
      const outcome =
        refusal === undefined ? await connect(request, connectionId, call) : { accepted: false as const, refusal };
      if (!outcome.accepted) return writeAnswer(socket, refusalAnswer(outcome.refusal, connectionId, call.requestId));
      const { peer, protocol } = outcome;
      const stands = upgrader.upgrade(request, socket, head, protocol, (webSocket) => open(peer, webSocket));
      // The function was told of a connection that never came to stand: it is told of its end, too.
      if (!stands) disconnected(peer, { code: 1006, reason: 'Connection Closed Abnormally' });
    },
    async close() {
      for (const connection of connections.values()) connection.close(1001, 'Going away');
      const deadline = Date.now() + DRAIN_MS;
      while ((connections.size > 0 || leaving.size > 0) && Date.now() < deadline) await pause(20);
    },
  };
}

const TOO_MANY: Refusal = { status: 429, message: 'Too Many Requests', errorType: 'TooManyRequestsException' };

// The path of a WebSocket API is its stage and nothing more.
function refusalByPath(request: GatewayRequest, stage: string): Refusal | undefined {
  const path = percentDecode(request.rawPath).replace(/\/$/, '');
  if (path === `/${stage}`) return undefined;
  return { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// The handshake as HTTP: whether a request is one at all, and the switch of the raw socket to a WebSocket once $connect
// has let the client in.

import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { GatewayRequest, HeaderList } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import type { Connection } from './connection.ts';
import { createFrameGuard } from './frame-guard.ts';
import type { WebSocketLimits } from './limits.ts';
import type { Refusal } from './socket-answer.ts';

/** Why a request is no handshake of RFC 6455; undefined when it is one. */
export function handshakeRefusal(request: GatewayRequest): Refusal | undefined {
  const upgrade = headerValue(request.headers, 'upgrade')?.toLowerCase();
  if (request.method !== 'GET' || upgrade !== 'websocket') return { status: 426, message: 'Upgrade Required' };
  const key = headerValue(request.headers, 'sec-websocket-key') ?? '';
  const version = headerValue(request.headers, 'sec-websocket-version');
  const valid = /^[A-Za-z0-9+/]{22}==$/.test(key) && version === '13';
  return valid ? undefined : { status: 400, message: 'Bad Request', errorType: 'BadRequestException' };
}

export interface Upgrader {
  /**
   * Finishes the handshake and hands the WebSocket to `opened` before anything is read from it. False when the socket
   * is gone.
   */
  upgrade(
    request: GatewayRequest,
    socket: Duplex,
    head: Buffer,
    protocol: string | undefined,
    opened: (webSocket: WebSocket) => Pick<Connection, 'close'>,
  ): boolean;
}

/** Makes WebSockets out of sockets. Compression is not negotiated, as on AWS, so memory per connection stays small. */
export function createUpgrader(limits: WebSocketLimits): Upgrader {
  const protocols = new WeakMap<IncomingMessage, string>();
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.messageBytes,
    handleProtocols: (_offered, incoming) => protocols.get(incoming) ?? false,
  });
  return {
    upgrade(request, socket, head, protocol, opened) {
      if (socket.destroyed || !socket.writable) return false;
      const incoming = new IncomingMessage(socket as Socket);
      incoming.method = request.method;
      incoming.headers = lowerCased(request.headers);
      if (protocol !== undefined) protocols.set(incoming, protocol);
      let stands = false;
      server.handleUpgrade(incoming, socket, head, (webSocket) => {
        const connection = opened(webSocket);
        // Ahead of the library's own listener, so that a frame is seen before it becomes a message; and after the
        // library took `head` back into the stream, where a lone listener would have it all to itself.
        socket.prependListener(
          'data',
          createFrameGuard(limits.frameBytes, () => connection.close(1009, 'Message too big')),
        );
        stands = true;
      });
      return stands;
    },
  };
}

/** The subprotocol that $connect chose: the `Sec-WebSocket-Protocol` header of its answer, where it can be one. */
export function chosenProtocol(headers: HeaderList): string | undefined {
  const chosen = headerValue(headers, 'sec-websocket-protocol')?.trim();
  return chosen !== undefined && /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(chosen) ? chosen : undefined;
}

function lowerCased(headers: HeaderList): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const known = lower[key];
    lower[key] = known === undefined ? value : `${known}, ${value}`;
  }
  return lower;
}

// Listens to one open WebSocket: text messages within bounds, a close for everything else, and one end.

import type { WebSocket } from 'ws';
import type { Connection, ConnectionEnd } from './connection.ts';
import type { Intake } from './intake.ts';

export interface Listeners {
  /** Never rejects; `signal` aborts when the connection ends. */
  message(connection: Connection, text: string, signal: AbortSignal): Promise<void>;
  ended(end: ConnectionEnd): void;
}

/** Hands messages and the end of a connection on. */
export function listen(connection: Connection, socket: WebSocket, intake: Intake, listeners: Listeners): void {
  const gone = new AbortController();
  const tap = intake.open({
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    congested: () => connection.congested,
  });
  connection.whenDrained(() => tap.reconsider());
  socket.on('message', (payload: Buffer, isBinary) => {
    if (connection.closing) return;
    connection.touch();
    // "API Gateway rejects it and disconnects the client with code 1003" (binary media types, developer guide).
    if (isBinary) return connection.close(1003, 'Binary is not supported.');
    const done = tap.begin(payload.byteLength);
    listeners.message(connection, payload.toString('utf8'), gone.signal).then(done, done);
  });
  socket.on('ping', () => connection.touch());
  socket.on('pong', () => connection.touch());
  // The library closes by itself on what breaks the protocol; this keeps the code for $disconnect.
  socket.on('error', (error: Error & { code?: string }) => {
    const code = CODES[error.code ?? ''] ?? 1002;
    connection.close(code, code === 1009 ? 'Message too big' : 'Protocol error');
  });
  socket.on('close', (code, reason) => {
    gone.abort();
    tap.end();
    listeners.ended(connection.ended(code, reason.toString('utf8')));
  });
}

const CODES: Readonly<Record<string, number>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1009,
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 1009,
  WS_ERR_INVALID_UTF8: 1007,
};

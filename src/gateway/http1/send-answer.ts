// Writes an answer through node:http with names and duplicates as given. Framing headers are ours alone.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayAnswer } from '../exchange.ts';

const FRAMING = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);
const DRAIN_MS = 2_000;
const ONE_WRITE_BYTES = 16 * 1024;

/**
 * Sends the whole answer.
 * @throws TypeError for a status, name or value that cannot stand in HTTP; nothing has been sent then.
 */
export function sendAnswer(response: ServerResponse, answer: GatewayAnswer, lastOnSocket: boolean): void {
  if (response.destroyed) return;
  const flat: string[] = [];
  for (const [name, value] of answer.headers) {
    if (!FRAMING.has(name.toLowerCase())) flat.push(name, value);
  }
  const bodiless = answer.status === 204 || answer.status === 304;
  if (!bodiless) flat.push('Content-Length', String(answer.body.byteLength));
  if (lastOnSocket) flat.push('Connection', 'close');
  response.writeHead(answer.status, flat);
  if (bodiless) response.end();
  else if (answer.body.byteLength > ONE_WRITE_BYTES) response.end(answer.body);
  else {
    // As text of the same bytes a small body leaves with its headers in one piece.
    const { buffer, byteOffset, byteLength } = answer.body;
    response.end(Buffer.from(buffer, byteOffset, byteLength).toString('latin1'), 'latin1');
  }
}

/** Reads away what is still coming for a moment, so that the client can read its answer, then cuts the socket. */
export function closeAfterDraining(incoming: IncomingMessage): void {
  incoming.resume();
  const timer = setTimeout(() => incoming.socket.destroy(), DRAIN_MS);
  timer.unref();
  incoming.once('close', () => clearTimeout(timer));
}

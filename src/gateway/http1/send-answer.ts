// Writes an answer through node:http with names and duplicates as given. Framing headers are ours alone.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayAnswer } from '../exchange.ts';

const FRAMING = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding']);
const DRAIN_MS = 2_000;

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
  else response.end(answer.body);
}

/** Reads away what is still coming for a moment, so that the client can read its answer, then cuts the socket. */
export function closeAfterDraining(incoming: IncomingMessage): void {
  incoming.resume();
  const timer = setTimeout(() => incoming.socket.destroy(), DRAIN_MS);
  timer.unref();
  incoming.once('close', () => clearTimeout(timer));
}

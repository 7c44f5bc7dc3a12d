// Writes an answer where node's ServerResponse is not at hand: refused upgrades and requests too broken to parse.
// The socket is closed afterwards.

import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayAnswer } from '../exchange.ts';

/** Writes status line, headers and body to a raw socket and ends it. */
export function writeAnswer(socket: Duplex, answer: GatewayAnswer): void {
  if (socket.destroyed || !socket.writable) return;
  const lines = [`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`];
  for (const [name, value] of answer.headers) {
    if (!/^(connection|content-length|transfer-encoding)$/i.test(name)) lines.push(`${name}: ${value}`);
  }
  lines.push(`Content-Length: ${answer.body.byteLength}`, 'Connection: close', '', '');
  socket.on('error', () => socket.destroy());
  socket.write(lines.join('\r\n'), 'latin1');
  socket.end(answer.body);
}

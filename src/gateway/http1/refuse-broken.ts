// Requests that node's parser refuses: answered in a line and cut off, whatever they were.

import type { Duplex } from 'node:stream';
import { writeAnswer } from './write-answer.ts';

/** A `clientError` listener: 431 for headers too large, 408 for too slow, 400 for the rest. */
export function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] = words(error.code);
  writeAnswer(socket, {
    status,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify({ message })),
  });
  // The rest of what the client sends has no reader: give the answer a moment to leave, then cut.
  setTimeout(() => socket.destroy(), 500).unref();
}

function words(code: string | undefined): [number, string] {
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'Request Header Fields Too Large'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'Request Timeout'];
  return [400, 'Bad Request'];
}

// Ids as API Gateway mints them. Random bytes are drawn in bulk: a draw for each id would cost more than the request.

import { randomFillSync } from 'node:crypto';

const DRAW_BYTES = 12;
const POOL = Buffer.alloc(DRAW_BYTES * 512);
let drawn = POOL.length;

/** Twelve bytes that nobody got before, as text. */
function randomText(encoding: 'hex' | 'base64' | 'base64url', bytes = DRAW_BYTES): string {
  if (drawn + DRAW_BYTES > POOL.length) {
    randomFillSync(POOL);
    drawn = 0;
  }
  const start = drawn;
  drawn += DRAW_BYTES;
  return POOL.toString(encoding, start, start + bytes);
}

/** 64 bits in hex: a span of a trace. */
export function mintSpanId(): string {
  return randomText('hex', 8);
}

/** 15 base64url characters and `=`: requests, connections and messages of HTTP and WebSocket APIs. */
export function mintRequestId(): string {
  return `${randomText('base64url').slice(0, 15)}=`;
}

/** 15 base64 characters and `=`: the extended request id of REST APIs. */
export function mintExtendedRequestId(): string {
  return randomText('base64', 11);
}

/** `Root=1-{seconds in hex}-{96 bits}`, the format of X-Ray. */
export function mintTraceId(receivedAt: number): string {
  return `Root=1-${Math.floor(receivedAt / 1000).toString(16)}-${randomText('hex')}`;
}

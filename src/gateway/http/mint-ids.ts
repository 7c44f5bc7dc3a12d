// Ids as API Gateway mints them. Random bytes are drawn in bulk: a draw for each id would cost more than the request.

import { randomFillSync } from 'node:crypto';

const POOL = Buffer.alloc(12 * 512);
let drawn = POOL.length;

function randomBytes(count: 12): Buffer {
  if (drawn + count > POOL.length) {
    randomFillSync(POOL);
    drawn = 0;
  }
  const bytes = POOL.subarray(drawn, drawn + count);
  drawn += count;
  return bytes;
}

/** 64 bits in hex: a span of a trace. */
export function mintSpanId(): string {
  return randomBytes(12).toString('hex').slice(0, 16);
}

/** 15 base64url characters and `=`: requests, connections and messages of HTTP and WebSocket APIs. */
export function mintRequestId(): string {
  return `${randomBytes(12).toString('base64url').slice(0, 15)}=`;
}

/** `Root=1-{seconds in hex}-{96 bits}`, the format of X-Ray. */
export function mintTraceId(receivedAt: number): string {
  return `Root=1-${Math.floor(receivedAt / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
}

// Reads a request's body into memory, within two bounds: API Gateway's payload limit for one request, and a budget for
// all requests of the server together, so that many slow uploads cannot exhaust memory.

import type { IncomingMessage } from 'node:http';

export type BodyOutcome =
  | { readonly type: 'read'; readonly body: Uint8Array }
  | { readonly type: 'too-large' }
  | { readonly type: 'over-budget' }
  /** The client went away before the end. */
  | { readonly type: 'gone' };

/** Bytes of bodies being held by all requests of one server. */
export interface BodyBudget {
  used: number;
  readonly limit: number;
}

const EMPTY = new Uint8Array(0);

/** Reads to the end, or stops keeping bytes at the first bound that breaks. Never rejects. */
export function readBody(incoming: IncomingMessage, limitBytes: number, budget: BodyBudget): Promise<BodyOutcome> {
  const declared = incoming.headers['content-length'];
  if (declared === undefined && incoming.headers['transfer-encoding'] === undefined) {
    incoming.resume();
    return Promise.resolve({ type: 'read', body: EMPTY });
  }
  if (declared !== undefined && Number(declared) > limitBytes) return Promise.resolve({ type: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (outcome: BodyOutcome): void => {
      budget.used -= size;
      size = 0;
      incoming.removeAllListeners('data');
      resolve(outcome);
    };
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      budget.used += chunk.length;
      if (size > limitBytes) settle({ type: 'too-large' });
      else if (budget.used > budget.limit) settle({ type: 'over-budget' });
      else chunks.push(chunk);
    });
    incoming.once('end', () => {
      settle({
        type: 'read',
        body: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks),
      });
    });
    incoming.once('error', () => settle({ type: 'gone' }));
    incoming.once('close', () => settle({ type: 'gone' }));
  });
}

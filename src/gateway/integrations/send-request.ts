// One HTTP request to what stands behind an integration, for every API type: header case and duplicates kept both ways,
// redirects not followed, bounded in time and size, given up when the client goes.

import { isUtf8 } from 'node:buffer';
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { GatewayAnswer, HeaderList } from '../exchange.ts';
import { headerPairs } from '../header-list.ts';
import { type BackendAddress, readAddress } from './backend-address.ts';

export interface OutgoingRequest {
  readonly method: string;
  /** Absolute, `http:` or `https:`; path and query go out as they stand. */
  readonly uri: string;
  /** Framing is set here, and Host where none is given. */
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  /** Until the last byte of the answer. */
  readonly timeoutMs: number;
  /** The client went away. */
  readonly signal: AbortSignal;
}

/** Why there is no answer, and that in words which fit behind the address: `gave no answer within 100 ms`. */
export interface NoAnswer {
  /**
   * `unusable`: no such address, method or header name in HTTP. `unreachable`: nobody listens, or the connection broke.
   * `failed`: an unknown host, a bad certificate, or no HTTP.
   */
  readonly type: 'unusable' | 'unreachable' | 'failed' | 'timeout' | 'too-large';
  readonly reason: string;
}

export type BackendOutcome = { readonly type: 'answer'; readonly answer: GatewayAnswer } | NoAnswer;

/** API Gateway's payload limit holds for answers too. */
const ANSWER_LIMIT_BYTES = 10 * 1024 * 1024;
const FRAMING = new Set(['content-length', 'transfer-encoding', 'connection']);
const BROKEN = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;

// A connection of its own for each request: one kept alive may be closed by the backend just as it is used again.
const AGENTS = {
  http: new HttpAgent({ keepAlive: false, maxSockets: 256 }),
  https: new HttpsAgent({ keepAlive: false, maxSockets: 256 }),
};

/** Never rejects. */
export function sendRequest(outgoing: OutgoingRequest): Promise<BackendOutcome> {
  const address = readAddress(outgoing.uri);
  if (address === undefined) return Promise.resolve({ type: 'unusable', reason: 'is no HTTP address' });
  let sent: ClientRequest;
  try {
    sent = open(outgoing, address);
  } catch (cause) {
    return Promise.resolve({ type: 'unusable', reason: messageOf(cause) });
  }
  return new Promise((resolve) => {
    const end = (outcome: BackendOutcome): void => {
      clearTimeout(timer);
      resolve(outcome);
      if (outcome.type !== 'answer') sent.destroy();
    };
    const timer = setTimeout(() => {
      end({ type: 'timeout', reason: `gave no answer within ${outgoing.timeoutMs} ms` });
    }, outgoing.timeoutMs);
    const fail = (error: NodeJS.ErrnoException): void => {
      end({ type: BROKEN.test(error.code ?? '') ? 'unreachable' : 'failed', reason: messageOf(error) });
    };
    sent.on('error', fail);
    sent.once('response', (incoming) => void readAnswer(incoming).then(end, fail));
    sent.end(outgoing.method === 'HEAD' ? undefined : outgoing.body);
  });
}

function open(outgoing: OutgoingRequest, { secure, hostname, port, authority, target }: BackendAddress): ClientRequest {
  return (secure ? httpsRequest : httpRequest)({
    agent: secure ? AGENTS.https : AGENTS.http,
    host: hostname,
    port,
    method: outgoing.method,
    path: target,
    headers: flatHeaders(outgoing, authority) as unknown as Record<string, string>,
    signal: outgoing.signal,
  });
}

// A flat list keeps case and duplicates, and makes node add nothing of its own.
function flatHeaders({ headers, method, body }: OutgoingRequest, authority: string): string[] {
  const flat: string[] = [];
  const names = new Set<string>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (FRAMING.has(lower)) continue;
    names.add(lower);
    flat.push(name, wireText(value));
  }
  if (!names.has('host')) flat.push('Host', authority);
  // node sends a Trailer header only in front of a chunked body.
  if (names.has('trailer')) flat.push('Transfer-Encoding', 'chunked');
  else if (method !== 'HEAD' && (body.byteLength > 0 || /^(POST|PUT|PATCH)$/.test(method))) {
    flat.push('Content-Length', String(body.byteLength));
  }
  flat.push('Connection', 'close');
  return flat;
}

// node reads the bytes of a header as latin1: what a client sent as UTF-8 leaves in the same bytes. A value from
// elsewhere (a query, a body) leaves as UTF-8, on one line.
function wireText(value: string): string {
  if (/^[\t\u0020-\u007e]*$/.test(value)) return value;
  const line = value.replace(/[\r\n\0]+/g, ' ');
  const asReceived = !/[^\0-\u00ff]/.test(line) && isUtf8(Buffer.from(line, 'latin1'));
  return asReceived ? line : Buffer.from(line, 'utf8').toString('latin1');
}

async function readAnswer(incoming: IncomingMessage): Promise<BackendOutcome> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > ANSWER_LIMIT_BYTES) return { type: 'too-large', reason: 'answered more than 10 MB' };
    chunks.push(chunk);
  }
  const headers = headerPairs(incoming.rawHeaders);
  return { type: 'answer', answer: { status: incoming.statusCode ?? 502, headers, body: Buffer.concat(chunks) } };
}

function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || (cause as NodeJS.ErrnoException).code || 'the connection failed';
}

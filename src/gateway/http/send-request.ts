// One HTTP request to a backend with node:http, so that header case and duplicates survive both ways, bounded in time
// and size. Used for proxy integrations and for calls of AWS services.

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { GatewayAnswer, HeaderList } from '../exchange.ts';

export interface OutgoingRequest {
  readonly method: string;
  readonly url: URL;
  /** Host and framing are left to node. */
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  readonly timeoutMs: number;
  /** The client went away. */
  readonly signal: AbortSignal;
}

export type BackendOutcome =
  | { readonly type: 'answer'; readonly answer: GatewayAnswer }
  | { readonly type: 'timeout' }
  | { readonly type: 'too-large' }
  | { readonly type: 'unreachable'; readonly reason: string };

/** API Gateway's payload limit holds for answers too. */
const ANSWER_LIMIT_BYTES = 10 * 1024 * 1024;
const FRAMING = new Set(['host', 'content-length', 'transfer-encoding', 'connection']);

/** Never rejects. */
export function sendRequest(outgoing: OutgoingRequest): Promise<BackendOutcome> {
  const { url } = outgoing;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return Promise.resolve({ type: 'unreachable', reason: `${url.protocol} is neither http: nor https:` });
  }
  return new Promise((resolve) => {
    const late = AbortSignal.timeout(outgoing.timeoutMs);
    const fail = (error: Error): void => {
      resolve(late.aborted ? { type: 'timeout' } : { type: 'unreachable', reason: error.message });
    };
    try {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      // A socket of its own: an idle one that the backend closes in the same moment would lose the request.
      const sent = send(url, {
        method: outgoing.method,
        headers: flat(outgoing),
        agent: false,
        signal: AbortSignal.any([late, outgoing.signal]),
      });
      sent.once('error', fail);
      sent.once('response', (incoming) => void readAnswer(incoming).then(resolve, fail));
      sent.end(outgoing.body);
    } catch (cause) {
      fail(cause instanceof Error ? cause : new Error(String(cause)));
    }
  });
}

function flat({ headers, url, body, method }: OutgoingRequest): string[] {
  const list = ['Host', url.host];
  for (const [name, value] of headers) if (!FRAMING.has(name.toLowerCase())) list.push(name, value);
  const bodiless = body.byteLength === 0 && /^(GET|HEAD|OPTIONS|DELETE)$/.test(method);
  if (!bodiless) list.push('Content-Length', String(body.byteLength));
  list.push('Connection', 'close');
  return list;
}

async function readAnswer(incoming: IncomingMessage): Promise<BackendOutcome> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer;
    size += bytes.byteLength;
    if (size > ANSWER_LIMIT_BYTES) {
      incoming.destroy();
      return { type: 'too-large' };
    }
    chunks.push(bytes);
  }
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    headers.push([incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '']);
  }
  return { type: 'answer', answer: { status: incoming.statusCode ?? 502, headers, body: Buffer.concat(chunks) } };
}

// One HTTP call to an integration's endpoint: header case and order as given, no redirects, bounded in time and size.

import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { HeaderList } from '../exchange.ts';
import { encodeComponent } from '../query-string.ts';
import { GatewayFault } from './fault.ts';

export interface OutgoingCall {
  /** Absolute, `http:` or `https:`; the path goes out as it stands. */
  readonly uri: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface CallResult {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
}

/** API Gateway's payload limit goes both ways. */
const RESPONSE_LIMIT_BYTES = 10 * 1024 * 1024;

// A connection of its own for each call: one kept alive may be closed by the endpoint just as it is used again.
const agents = {
  http: new HttpAgent({ keepAlive: false, maxSockets: 256 }),
  https: new HttpsAgent({ keepAlive: false, maxSockets: 256 }),
};

/** @throws GatewayFault 500 (no such host, no address), 504 (timeout, refused, cut off). */
export function callHttp(call: OutgoingCall): Promise<CallResult> {
  const parts = /^(https?):\/\/([^/?#]+)([^#]*)/i.exec(call.uri);
  const [, scheme, authority, rest] = parts ?? [];
  const address = authority === undefined ? undefined : parseAuthority(authority);
  if (scheme === undefined || authority === undefined || address === undefined) {
    return Promise.reject(new GatewayFault('configuration', { reason: `${call.uri} is no HTTP address` }));
  }
  const secure = scheme.toLowerCase() === 'https';
  const options = {
    agent: secure ? agents.https : agents.http,
    host: address.hostname,
    port: address.port ?? (secure ? 443 : 80),
    method: call.method,
    path: requestTarget(rest ?? ''),
    headers: flatHeaders(call, authority) as unknown as Record<string, string>,
    signal: call.signal,
  };
  return new Promise((resolve, reject) => {
    let outgoing: ClientRequest;
    try {
      outgoing = (secure ? httpsRequest : httpRequest)(options);
    } catch (cause) {
      // A header name or method that HTTP does not have.
      reject(new GatewayFault('configuration', { reason: cause instanceof Error ? cause.message : String(cause) }));
      return;
    }
    const fail = (fault: GatewayFault): void => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(fault);
    };
    const timer = setTimeout(() => {
      fail(
        new GatewayFault('integrationTimeout', { reason: `${call.uri} gave no answer within ${call.timeoutMs} ms` }),
      );
    }, call.timeoutMs);
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(networkFault(call.uri, error)));
    outgoing.once('response', (incoming) => {
      collect(incoming).then(
        (body) => {
          clearTimeout(timer);
          resolve({ status: incoming.statusCode ?? 502, headers: pairs(incoming.rawHeaders), body });
        },
        (error: Error) => fail(networkFault(call.uri, error)),
      );
    });
    outgoing.end(call.method === 'HEAD' ? undefined : call.body);
  });
}

async function collect(incoming: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > RESPONSE_LIMIT_BYTES) throw new Error('the answer is larger than 10 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseAuthority(authority: string): { hostname: string; port: string | undefined } | undefined {
  const [, hostname, port] = /^(?:[^@]*@)?(\[[^\]]+\]|[^:\s]+)(?::(\d+))?$/.exec(authority) ?? [];
  return hostname === undefined ? undefined : { hostname: hostname.replace(/^\[|\]$/g, ''), port };
}

// What node refuses in a request line is escaped; everything else goes out as it came.
function requestTarget(rest: string): string {
  const target = rest.startsWith('/') ? rest : `/${rest}`;
  return target.replace(/[^\u0021-\u007e]+/g, encodeComponent);
}

// A flat list keeps case and duplicates, and makes node add nothing of its own.
function flatHeaders(call: OutgoingCall, authority: string): string[] {
  const has = (name: string): boolean => call.headers.some(([key]) => key.toLowerCase() === name);
  const flat = call.headers.flatMap(([name, value]) => [name, wireText(value)]);
  if (!has('host')) flat.push('Host', authority.replace(/^[^@]*@/, ''));
  // node sends a Trailer header only in front of a chunked body.
  if (has('trailer')) flat.push('Transfer-Encoding', 'chunked');
  else if (call.body.byteLength > 0 || /^(POST|PUT|PATCH)$/.test(call.method)) {
    flat.push('Content-Length', String(call.body.byteLength));
  }
  return flat;
}

function wireText(value: string): string {
  return Buffer.from(value.replace(/[\r\n\0]+/g, ' '), 'utf8').toString('latin1');
}

function networkFault(uri: string, error: NodeJS.ErrnoException): GatewayFault {
  const reason = `${uri}: ${error.message || error.code || 'connection failed'}`;
  const unreachable = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(error.code ?? '');
  return new GatewayFault(unreachable ? 'endpointUnreachable' : 'integrationFailure', { reason });
}

function pairs(raw: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return list;
}

// The HTTP servers a case calls: each answers by the case's own code and records what it got.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseQuery } from '../../../src/gateway/query-string.ts';
import type { Json } from './case-format.ts';
import { isRecord } from './matchers.ts';
import { importCode } from './module-functions.ts';

export interface Backends {
  /** `127.0.0.1:4711` by backend name. */
  readonly hosts: ReadonlyMap<string, string>;
  readonly requests: readonly BackendRequest[];
  close(): Promise<void>;
}

export interface BackendRequest {
  readonly backend: string;
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string[]>;
  /** Lower-case names; repeated ones joined by commas. */
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** Starts every backend of a case on a port of its own. */
export async function startBackends(backends: Readonly<Record<string, { readonly code: string }>>): Promise<Backends> {
  const hosts = new Map<string, string>();
  const requests: BackendRequest[] = [];
  const servers: Server[] = [];
  for (const [name, { code }] of Object.entries(backends)) {
    const module = await importCode(code);
    const server = createServer((incoming, response) => {
      void answer(name, module['default'], incoming, response, requests);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    hosts.set(name, `127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  return {
    hosts,
    requests,
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function answer(
  backend: string,
  respond: unknown,
  incoming: IncomingMessage,
  response: ServerResponse,
  requests: BackendRequest[],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const request = read(backend, incoming, Buffer.concat(chunks));
  requests.push(request);
  if (typeof respond !== 'function') throw new Error(`backend ${backend} has no default export`);
  const result: unknown = await respond({
    method: request.method,
    path: request.path,
    queryParams: request.query,
    headers: request.headers,
    body: request.body.toString('utf8'),
  });
  if (!isRecord(result)) throw new Error(`backend ${backend} answered nothing`);
  const body =
    typeof result['bodyBase64'] === 'string'
      ? Buffer.from(result['bodyBase64'], 'base64')
      : Buffer.from(String(result['body'] ?? ''));
  const flat = Object.entries(isRecord(result['headers']) ? result['headers'] : {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((item) => [name, String(item)]),
  );
  response.writeHead(Number(result['status'] ?? 200), [...flat, 'Content-Length', String(body.length)]);
  response.end(body);
}

function read(backend: string, incoming: IncomingMessage, body: Buffer): BackendRequest {
  const target = incoming.url ?? '/';
  const question = target.indexOf('?');
  const query: Record<string, string[]> = {};
  for (const [name, value] of parseQuery(question === -1 ? '' : target.slice(question + 1))) {
    query[name] = [...(query[name] ?? []), value];
  }
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const name = String(incoming.rawHeaders[index]).toLowerCase();
    const value = String(incoming.rawHeaders[index + 1]);
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  const path = question === -1 ? target : target.slice(0, question);
  return { backend, method: incoming.method ?? '', path, query, headers, body };
}

/** A recorded request in the shape cases expect it, with its body as text, JSON and base64. */
export function describeBackendRequest(request: BackendRequest): Record<string, unknown> {
  const text = request.body.toString('utf8');
  let json: Json | undefined;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    json = undefined;
  }
  return {
    method: request.method,
    path: request.path,
    query: request.query,
    headers: request.headers,
    body: text,
    bodyText: text,
    bodyBase64: request.body.toString('base64'),
    ...(json === undefined ? {} : { bodyJson: json }),
  };
}

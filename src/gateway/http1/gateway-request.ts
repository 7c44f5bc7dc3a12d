// Turns what node:http parsed into a GatewayRequest: header case and duplicates come from rawHeaders, the path stays
// percent-encoded, and the target's absolute form loses its origin.

import type { IncomingMessage } from 'node:http';
import type { GatewayRequest } from '../exchange.ts';

/** Whether the client is still there. Most requests never ask, so the signal is made only when one does. */
export class ClientPresence {
  #gone = false;
  #controller: AbortController | undefined;

  /** The client went away. */
  leave(): void {
    this.#gone = true;
    this.#controller?.abort();
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#gone) this.#controller.abort();
    return this.#controller.signal;
  }
}

/** Builds the request. */
export function gatewayRequest(incoming: IncomingMessage, body: Uint8Array, client: ClientPresence): GatewayRequest {
  const target = originForm(incoming.url ?? '/');
  const question = target.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    rawPath: question === -1 ? target : target.slice(0, question),
    rawQuery: question === -1 ? '' : target.slice(question + 1),
    headers: pairs(incoming.rawHeaders),
    body,
    sourceIp: (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
    protocol: `HTTP/${incoming.httpVersion}`,
    host: incoming.headers.host ?? `127.0.0.1:${incoming.socket.localPort ?? 80}`,
    receivedAt: Date.now(),
    get signal() {
      return client.signal;
    },
  };
}

function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)?.[0];
  const rest = origin === undefined ? target : target.slice(origin.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function pairs(raw: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return list;
}

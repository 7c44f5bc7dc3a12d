// Turns what node:http parsed into a GatewayRequest: header case and duplicates come from rawHeaders, the path stays
// percent-encoded, and the target's absolute form loses its origin.

import type { IncomingMessage } from 'node:http';
import type { GatewayRequest, HeaderList } from '../exchange.ts';
import { headerPairs } from '../header-list.ts';

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
  return new ReceivedRequest(incoming, body, client);
}

// A class, since an object literal with a getter is made anew by the runtime for each request.
class ReceivedRequest implements GatewayRequest {
  readonly method: string;
  readonly rawPath: string;
  readonly rawQuery: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly host: string;
  readonly receivedAt = Date.now();
  readonly #client: ClientPresence;

  constructor(incoming: IncomingMessage, body: Uint8Array, client: ClientPresence) {
    const target = originForm(incoming.url ?? '/');
    const question = target.indexOf('?');
    this.method = incoming.method ?? 'GET';
    this.rawPath = question === -1 ? target : target.slice(0, question);
    this.rawQuery = question === -1 ? '' : target.slice(question + 1);
    this.headers = headerPairs(incoming.rawHeaders);
    this.body = body;
    this.sourceIp = (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
    this.protocol = `HTTP/${incoming.httpVersion}`;
    this.host = incoming.headers.host ?? `127.0.0.1:${incoming.socket.localPort ?? 80}`;
    this.#client = client;
  }

  get signal(): AbortSignal {
    return this.#client.signal;
  }
}

function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)?.[0];
  const rest = origin === undefined ? target : target.slice(origin.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

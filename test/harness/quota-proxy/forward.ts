// Sends a request on to the emulator, whole or streaming, with its own Host header so that URLs which the emulator
// builds lead back through the proxy.

import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ProxiedRequest } from './control-call.ts';
import type { UpstreamAnswer } from './hard-edge.ts';

export class Upstream {
  readonly #target: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 100 });

  constructor(target: string) {
    this.#target = new URL(target);
  }

  /** A control call, read whole. */
  async call({ method, url, headers, body }: ProxiedRequest): Promise<UpstreamAnswer> {
    const response = await this.#send({ method, url, headers, write: (end) => end(body) });
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    return { status: response.statusCode ?? 502, headers: response.headers, body: Buffer.concat(parts) };
  }

  /** Anything else, passed through untouched. */
  async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    const response = await this.#send({ method, url, headers, write: (_end, target) => incoming.pipe(target) });
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    await pipeline(response, outgoing);
  }

  /** A WebSocket: the bytes of both sides, from the handshake on. */
  tunnel(incoming: IncomingMessage, client: Duplex, head: Buffer): void {
    const socket = connect(Number(this.#target.port || 80), this.#target.hostname, () => {
      const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
      for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
        lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
      }
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
      socket.write(head);
      socket.pipe(client).pipe(socket);
    });
    socket.on('error', () => client.destroy());
    client.on('error', () => socket.destroy());
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(request: {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingMessage['headers'];
    readonly write: (end: (body: Buffer) => void, target: NodeJS.WritableStream) => void;
  }): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        {
          host: this.#target.hostname,
          port: this.#target.port,
          method: request.method,
          path: request.url,
          headers: request.headers,
          agent: this.#agent,
        },
        resolve,
      );
      outgoing.on('error', reject);
      request.write((body) => outgoing.end(body), outgoing);
    });
  }
}

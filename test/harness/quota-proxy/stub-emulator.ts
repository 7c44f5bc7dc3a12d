// An upstream for the proxy's own tests: takes every request, remembers it, and answers something its client can read.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface StubEmulator {
  readonly endpoint: string;
  readonly seen: readonly SeenRequest[];
  /** The body of the next answers to requests whose URL contains `part`. */
  answer(part: string, body: object): void;
  close(): Promise<void>;
}

export async function startStubEmulator(): Promise<StubEmulator> {
  const seen: SeenRequest[] = [];
  const answers = new Map<string, object>();
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const { method = '', url = '', headers } = incoming;
    const body = Buffer.concat(parts).toString('utf8');
    seen.push({ method, url, headers, body });
    const action = /Action=(\w+)/.exec(body)?.[1];
    if (action !== undefined) {
      outgoing.writeHead(200, { 'content-type': 'text/xml' });
      outgoing.end(`<${action}Response><${action}Result></${action}Result></${action}Response>`);
      return;
    }
    const known = [...answers].find(([part]) => url.includes(part))?.[1] ?? {};
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify(known));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (part, body) => answers.set(part, body),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

// The HTTP server in front of one or several APIs. It keeps what AWS needs kept (header case, duplicates, the raw
// path), bounds what a client can make it hold (headers, bodies, sockets, time), and outlives every broken request.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayAnswer, GatewayRequest } from './exchange.ts';
import { type ApiHandler, plainTooLarge, upgradeWith } from './gateway.ts';
import { ClientPresence, gatewayRequest } from './http1/gateway-request.ts';
import { listen } from './http1/listen.ts';
import { type BodyBudget, readBody } from './http1/read-body.ts';
import { refuseBroken } from './http1/refuse-broken.ts';
import { closeAfterDraining, sendAnswer } from './http1/send-answer.ts';
import { writeAnswer } from './http1/write-answer.ts';

export interface ServeOptions {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Fail with `PORT_TAKEN` instead of trying the next ports. */
  readonly strictPort?: boolean;
  /** API Gateway's payload limit, 10 MB unless a test says otherwise. */
  readonly bodyLimitBytes?: number;
  /** How long a client may take for its headers; default 10 s. The whole request gets six times as long. */
  readonly headersTimeoutMs?: number;
  /** A socket without traffic is cut after so long; default 90 s, more than any integration may take. 0: never. */
  readonly silenceMs?: number;
  /** One finished request, for the log. */
  answered?(request: GatewayRequest, answer: GatewayAnswer, elapsedMs: number): void;
  /** A fault of the gateway itself; the client got a 500. */
  failed?(request: GatewayRequest, cause: unknown): void;
}

export interface GatewayServer {
  /** `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Later requests go to `handler`; those in flight finish where they are. The old one is not closed. */
  replace(handler: ApiHandler): void;
  /** Stops listening, drops idle sockets, and ends the rest after `graceMs` (default 0). */
  close(graceMs?: number): Promise<void>;
}

/** 10 MB: the payload limit of REST and HTTP APIs, not adjustable on AWS. */
export const PAYLOAD_LIMIT_BYTES = 10 * 1024 * 1024;

const BODY_BUDGET_BYTES = 256 * 1024 * 1024;
// AWS allows 10,240 bytes for request line and header values; node counts names and separators too.
const HEADER_LIMIT_BYTES = 16 * 1024;
const MAX_SOCKETS = 10_000;

/**
 * Serves `handler` until closed.
 * @throws ApigenError `PORT_TAKEN`, `CANNOT_LISTEN`.
 */
export async function serve(handler: ApiHandler, options: ServeOptions = {}): Promise<GatewayServer> {
  const budget: BodyBudget = { used: 0, limit: BODY_BUDGET_BYTES };
  const limit = options.bodyLimitBytes ?? PAYLOAD_LIMIT_BYTES;
  const headersTimeout = options.headersTimeoutMs ?? 10_000;
  let current = handler;
  const server = createServer({
    maxHeaderSize: HEADER_LIMIT_BYTES,
    insecureHTTPParser: false,
    headersTimeout,
    requestTimeout: headersTimeout * 6,
    keepAliveTimeout: 60_000,
    connectionsCheckingInterval: Math.min(2_000, headersTimeout),
  });
  server.maxConnections = MAX_SOCKETS;
  // Longer than any integration may take (29 s or 30 s), so that only dead sockets meet it.
  server.setTimeout(options.silenceMs ?? 90_000);
  server.on('request', (incoming, response) => {
    void exchange(current, incoming, response, limit, budget, options);
  });
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    void upgrade(current, incoming, socket, head, options);
  });
  server.on('clientError', refuseBroken);
  const address = await listen(server, options);
  return {
    ...address,
    url: urlOf(address.host, address.port),
    replace(next) {
      current = next;
    },
    close: (graceMs = 0) => close(server, current, graceMs),
  };
}

/** `http://127.0.0.1:3000`, `http://[::1]:3000`. */
export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function exchange(
  handler: ApiHandler,
  incoming: IncomingMessage,
  response: ServerResponse,
  limit: number,
  budget: BodyBudget,
  options: ServeOptions,
): Promise<void> {
  const startedAt = performance.now();
  const client = new ClientPresence();
  response.once('close', () => {
    if (!response.writableFinished) client.leave();
  });
  const outcome = await readBody(incoming, limit, budget);
  if (outcome.type === 'gone') return;
  const request = gatewayRequest(incoming, outcome.type === 'read' ? outcome.body : new Uint8Array(0), client);
  let answer: GatewayAnswer;
  try {
    if (outcome.type === 'read') answer = await handler.handle(request);
    else if (outcome.type === 'too-large') answer = (await handler.tooLarge?.(request)) ?? plainTooLarge();
    else answer = errorAnswer(503, 'Service Unavailable');
  } catch (cause) {
    options.failed?.(request, cause);
    answer = errorAnswer(500, 'Internal server error');
  }
  try {
    sendAnswer(response, answer, outcome.type !== 'read');
  } catch (cause) {
    options.failed?.(request, cause);
    if (!response.headersSent) sendAnswer(response, errorAnswer(500, 'Internal server error'), true);
    else response.destroy();
  }
  if (outcome.type !== 'read') closeAfterDraining(incoming);
  options.answered?.(request, answer, performance.now() - startedAt);
}

async function upgrade(
  handler: ApiHandler,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  options: ServeOptions,
): Promise<void> {
  const client = new ClientPresence();
  socket.once('close', () => client.leave());
  socket.on('error', () => socket.destroy());
  incoming.socket.setTimeout(0);
  const request = gatewayRequest(incoming, new Uint8Array(0), client);
  try {
    await upgradeWith(handler, request, socket, head);
  } catch (cause) {
    options.failed?.(request, cause);
    writeAnswer(socket, errorAnswer(500, 'Internal server error'));
  }
}

function errorAnswer(status: number, message: string): GatewayAnswer {
  return {
    status,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

async function close(server: Server, handler: ApiHandler, graceMs: number): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  await handler.close?.();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await stopped;
  clearTimeout(timer);
}

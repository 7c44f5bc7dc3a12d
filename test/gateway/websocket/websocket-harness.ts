// A WebSocket API over plain functions on a real port, and clients that remember what they got.

import { WebSocket } from 'ws';
import type { WebSocketApiDefinition, WebSocketRoute } from '../../../src/api/definition.ts';
import type { ApiHandler, GatewayEnvironment } from '../../../src/gateway/gateway.ts';
import { type GatewayServer, serve } from '../../../src/gateway/server.ts';
import type { WebSocketLimits } from '../../../src/gateway/websocket/limits.ts';
import { createWebSocketApi } from '../../../src/gateway/websocket/websocket-api.ts';

export type Handler = (event: SocketEvent) => unknown;

export interface SocketEvent {
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly queryStringParameters?: Record<string, string>;
  readonly requestContext: Record<string, unknown> & { readonly connectionId: string };
}

export interface TestSocketApi {
  readonly server: GatewayServer;
  readonly handler: ApiHandler;
  /** The events each function got. */
  readonly events: Record<string, SocketEvent[]>;
  readonly notes: string[];
  connect(options?: ConnectOptions): Promise<Client>;
  /** Waits until a function has had so many calls. */
  called(name: string, times?: number): Promise<SocketEvent>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly path?: string;
  readonly protocols?: readonly string[];
  readonly headers?: Record<string, string>;
}

export interface Client {
  readonly socket: WebSocket;
  /** 101, or the status and body of the refusal. */
  readonly status: number;
  readonly body: string;
  /** The next frame; rejects when none comes in time. */
  frame(): Promise<string>;
  /** What came within a moment in which nothing should. */
  nothing(): Promise<readonly string[]>;
  /** The code the connection closed with. */
  closed(): Promise<number>;
}

export interface TestSocketOptions extends Partial<WebSocketApiDefinition> {
  readonly functions?: Readonly<Record<string, Handler>>;
  readonly environment?: Partial<GatewayEnvironment>;
  readonly limits?: Partial<WebSocketLimits>;
}

/** A handshake as bytes, for clients that go on oddly. */
export const HANDSHAKE = [
  'GET /dev HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n');

export const ok = (): unknown => ({ statusCode: 200 });

export function route(routeKey: string, functionName: string, extra: Partial<WebSocketRoute> = {}): WebSocketRoute {
  return {
    routeKey,
    authorization: { type: 'NONE' },
    routeResponse: false,
    integration: { type: 'AWS_PROXY', function: functionName },
    ...extra,
  };
}

export async function socketApi(options: TestSocketOptions): Promise<TestSocketApi> {
  const { functions = {}, environment, limits, ...definition } = options;
  const events: TestSocketApi['events'] = {};
  const notes: string[] = [];
  const handler = createWebSocketApi({
    apiId: 'a1b2c3d4e5',
    definition: {
      type: 'websocket',
      name: 'chat',
      stage: { name: 'dev', variables: {} },
      routeSelectionExpression: '$request.body.action',
      models: {},
      authorizers: {},
      routes: [],
      ...definition,
    },
    environment: {
      accountId: '123456789012',
      region: 'eu-west-1',
      credentials: [],
      unsignedConnections: true,
      note: (text) => notes.push(text),
      functions: {
        async invoke(name, event) {
          const parsed = JSON.parse(event) as SocketEvent;
          events[name] = [...(events[name] ?? []), parsed];
          try {
            return { type: 'success', payload: JSON.stringify((await functions[name]?.(parsed)) ?? null) };
          } catch (error) {
            const errorMessage = error instanceof Error ? error.message : String(error);
            return { type: 'error', payload: JSON.stringify({ errorMessage }) };
          }
        },
      },
      ...environment,
    },
    ...(limits === undefined ? {} : { limits }),
  });
  const server = await serve(handler);
  const clients: WebSocket[] = [];
  return {
    server,
    handler,
    events,
    notes,
    async connect(connectOptions = {}) {
      const client = await open(server, connectOptions);
      clients.push(client.socket);
      return client;
    },
    async called(name, times = 1) {
      await until(() => (events[name]?.length ?? 0) >= times);
      const event = events[name]?.at(-1);
      if (event === undefined) throw new Error(`${name} was not called`);
      return event;
    },
    async close() {
      for (const client of clients) client.terminate();
      await handler.close?.();
      await server.close();
    },
  };
}

function open(server: GatewayServer, options: ConnectOptions): Promise<Client> {
  const { path = '/dev', protocols = [], headers = {} } = options;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${server.host}:${server.port}${path}`, [...protocols], { headers });
    const frames: string[] = [];
    let code: number | undefined;
    socket.on('message', (data: Buffer) => frames.push(data.toString('utf8')));
    socket.on('close', (closeCode) => {
      code = closeCode;
    });
    const client = (status: number, body: string): Client => ({
      socket,
      status,
      body,
      async frame() {
        await until(() => frames.length > 0);
        return frames.shift() ?? '';
      },
      async nothing() {
        await pause(100);
        return [...frames];
      },
      async closed() {
        await until(() => code !== undefined);
        return code ?? 0;
      },
    });
    socket.on('error', reject);
    socket.on('open', () => resolve(client(101, '')));
    socket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(client(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'))));
    });
  });
}

/** Polls, for at most three seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 3_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come true within 3 s');
    await pause(5);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

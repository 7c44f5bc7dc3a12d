// An HTTP API over plain functions, asked without a socket: what the tests of this folder share.

import type { HttpApiDefinition, HttpRoute } from '../../../src/api/definition.ts';
import type { FunctionInvoker, GatewayAnswer, GatewayRequest, HeaderList } from '../../../src/gateway/exchange.ts';
import type { GatewayEnvironment } from '../../../src/gateway/gateway.ts';
import { createHttpApi } from '../../../src/gateway/http/http-api.ts';

export type Handler = (event: Record<string, unknown>) => unknown;

export interface TestApi {
  /** `GET /path?query`, headers in order. */
  ask(line: string, headers?: HeaderList, body?: string | Uint8Array): Promise<GatewayAnswer>;
  /** The events each function got. */
  readonly events: Record<string, Record<string, unknown>[]>;
  /** What the person at the terminal was told. */
  readonly notes: string[];
}

export interface TestApiOptions extends Partial<HttpApiDefinition> {
  readonly functions?: Readonly<Record<string, Handler>>;
  readonly environment?: Partial<GatewayEnvironment>;
  now?(): number;
}

/** A route to a function with payload format 2.0. */
export function route(routeKey: string, functionName = 'fn', extra: Partial<HttpRoute> = {}): HttpRoute {
  return {
    routeKey,
    authorization: { type: 'NONE' },
    integration: { type: 'AWS_PROXY', function: functionName, payloadFormatVersion: '2.0' },
    ...extra,
  };
}

export function testApi(options: TestApiOptions): TestApi {
  const { functions = { fn: () => ({ ok: true }) }, environment, now, ...definition } = options;
  const events: TestApi['events'] = {};
  const notes: string[] = [];
  const api = createHttpApi({
    apiId: 'a1b2c3d4e5',
    definition: {
      type: 'http',
      name: 'shop',
      stage: { name: '$default', variables: {} },
      authorizers: {},
      routes: [],
      ...definition,
    },
    environment: {
      accountId: '123456789012',
      region: 'eu-west-1',
      functions: invoker(functions, events),
      credentials: [],
      note: (text) => notes.push(text),
      ...environment,
    },
    ...(now === undefined ? {} : { now }),
  });
  return { events, notes, ask: (line, headers, body) => api.handle(requestOf(line, headers, body)) };
}

function invoker(functions: Readonly<Record<string, Handler>>, events: TestApi['events']): FunctionInvoker {
  return {
    async invoke(name, event) {
      const handler = functions[name];
      if (handler === undefined) throw new Error(`no function ${name}`);
      const parsed = JSON.parse(event) as Record<string, unknown>;
      events[name] = [...(events[name] ?? []), parsed];
      try {
        return { type: 'success', payload: JSON.stringify((await handler(parsed)) ?? null) };
      } catch (error) {
        const errorMessage = error instanceof Error ? error.message : String(error);
        return { type: 'error', payload: JSON.stringify({ errorMessage, errorType: 'Error' }) };
      }
    },
  };
}

export function requestOf(line: string, headers: HeaderList = [], body: string | Uint8Array = ''): GatewayRequest {
  const [method = 'GET', target = '/'] = line.split(' ');
  const question = target.indexOf('?');
  return {
    method,
    rawPath: question === -1 ? target : target.slice(0, question),
    rawQuery: question === -1 ? '' : target.slice(question + 1),
    headers: [['Host', 'shop.localhost:3000'], ...headers],
    body: typeof body === 'string' ? Buffer.from(body) : body,
    sourceIp: '203.0.113.7',
    protocol: 'HTTP/1.1',
    host: 'shop.localhost:3000',
    receivedAt: Date.UTC(2026, 2, 4, 5, 6, 7),
    signal: new AbortController().signal,
  };
}

export function textOf(answer: GatewayAnswer): string {
  return Buffer.from(answer.body).toString('utf8');
}

export function jsonOf(answer: GatewayAnswer): unknown {
  return JSON.parse(textOf(answer));
}

export function headerOf(answer: GatewayAnswer, name: string): string | undefined {
  return answer.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

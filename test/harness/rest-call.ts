// A REST API without a socket: a definition with AWS's defaults, functions as plain code, and one call at a time.

import type { ApiKey, RestApiDefinition, RestRoute, UsagePlan } from '../../src/api/definition.ts';
import type { GatewayAnswer, InvocationResult } from '../../src/gateway/exchange.ts';
import type { GatewayEnvironment, LocalCredential } from '../../src/gateway/gateway.ts';
import { createRestApi } from '../../src/gateway/rest/rest-api.ts';

export interface RestCall {
  readonly method?: string;
  /** With the stage: `/dev/products`. */
  readonly path: string;
  readonly query?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Uint8Array;
  readonly receivedAt?: number;
}

export interface RestApiUnderTest {
  call(call: RestCall): Promise<GatewayAnswer>;
  /** What the person at the terminal was told. */
  readonly notes: string[];
  /** Events by function, parsed. */
  readonly events: Map<string, unknown[]>;
}

export interface RestSetup {
  readonly definition?: Partial<Omit<RestApiDefinition, 'routes'>>;
  readonly routes: readonly (Pick<RestRoute, 'method' | 'path' | 'integration'> & Partial<RestRoute>)[];
  /** By name; what it returns is the payload, an InvocationResult is taken as it is. */
  readonly functions?: Readonly<Record<string, (event: unknown) => unknown>>;
  readonly apiKeys?: readonly ApiKey[];
  readonly usagePlans?: readonly UsagePlan[];
  readonly credentials?: readonly LocalCredential[];
  readonly serviceEndpoint?: (service: string) => string | undefined;
}

/** The default request template of a mock. */
export const MOCK_200 = { 'application/json': '{"statusCode": 200}' };

/** An API named `test` with id `abc123defg` on stage `dev` in eu-west-1. */
export function restApi(setup: RestSetup): RestApiUnderTest {
  const notes: string[] = [];
  const events = new Map<string, unknown[]>();
  const environment: GatewayEnvironment = {
    accountId: '000000000000',
    region: 'eu-west-1',
    credentials: setup.credentials ?? [],
    note: (text) => notes.push(text),
    ...(setup.serviceEndpoint === undefined ? {} : { serviceEndpoint: setup.serviceEndpoint }),
    functions: {
      async invoke(name, event): Promise<InvocationResult> {
        const run = setup.functions?.[name];
        if (run === undefined) throw new Error(`there is no function ${name}`);
        const parsed: unknown = JSON.parse(event);
        events.set(name, [...(events.get(name) ?? []), parsed]);
        const returned = await run(parsed);
        if (isResult(returned)) return returned;
        return { type: 'success', payload: JSON.stringify(returned) ?? 'null' };
      },
    },
  };
  const handler = createRestApi({
    definition: { ...EMPTY, ...setup.definition, routes: setup.routes.map((route) => ({ ...OPEN, ...route })) },
    apiId: 'abc123defg',
    environment,
    ...(setup.apiKeys === undefined ? {} : { apiKeys: setup.apiKeys }),
    ...(setup.usagePlans === undefined ? {} : { usagePlans: setup.usagePlans }),
  });
  return {
    notes,
    events,
    call: (call) =>
      handler.handle({
        method: call.method ?? 'GET',
        rawPath: call.path,
        rawQuery: call.query ?? '',
        headers: call.headers ?? [],
        body: typeof call.body === 'string' ? Buffer.from(call.body) : (call.body ?? new Uint8Array(0)),
        sourceIp: '127.0.0.1',
        protocol: 'HTTP/1.1',
        host: '127.0.0.1:3000',
        receivedAt: call.receivedAt ?? Date.now(),
        signal: new AbortController().signal,
      }),
  };
}

/** A header's values in an answer. */
export function valuesOf(answer: GatewayAnswer, name: string): string[] {
  return answer.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

/** An answer's body as text. */
export function textOf(answer: GatewayAnswer): string {
  return Buffer.from(answer.body).toString('utf8');
}

const OPEN = {
  authorization: { type: 'NONE' },
  apiKeyRequired: false,
  requestParameters: {},
  requestModels: {},
  methodResponses: [],
} as const;

const EMPTY = {
  type: 'rest',
  name: 'test',
  stage: { name: 'dev', variables: {} },
  endpointType: 'REGIONAL',
  binaryMediaTypes: [],
  apiKeySource: 'HEADER',
  models: {},
  authorizers: {},
  gatewayResponses: {},
} as const;

function isResult(value: unknown): value is InvocationResult {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    ('payload' in value || 'afterMs' in value || value.type === 'throttled')
  );
}

// apigen.yml → api definition → local gateway, with a service that keeps what it was asked.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildDefinitions, type DefinitionSources } from '../../src/api/build-definitions.ts';
import type { ApiDefinition } from '../../src/api/definition.ts';
import { createApi } from '../../src/gateway/create-api.ts';
import type { FunctionInvoker } from '../../src/gateway/exchange.ts';
import type { ModelSpec } from '../../src/models/model-spec.ts';
import { projectOf } from '../project/project-fixture.ts';

export const PLACE = { account: '123456789012', partition: 'aws' };

/** The definition of the one API of `body`, or of the named one. */
export function definitionOf<T extends ApiDefinition['type']>(
  body: string,
  type: T,
  sources: DefinitionSources = {},
): Extract<ApiDefinition, { type: T }> {
  const all = [...buildDefinitions(projectOf(body), PLACE, sources).values()];
  const found = all.find((one): one is Extract<ApiDefinition, { type: T }> => one.type === type);
  if (found === undefined) throw new Error(`no ${type} API in ${body}`);
  return found;
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A service on loopback that answers every call with `answer` and keeps what it was asked. */
export async function startService(answer: { status: number; body: string }) {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      asked.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    endpoint: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** What the local gateway answers. */
export async function answerOf(
  definition: ApiDefinition,
  sent: Sent,
  endpoint?: string,
  invoke: FunctionInvoker['invoke'] = async () => ({ type: 'success', payload: '{"statusCode":200,"body":"ok"}' }),
) {
  const notes: string[] = [];
  const api = await createApi({
    definition,
    apiId: 'abcdefghij',
    environment: {
      accountId: PLACE.account,
      region: 'eu-west-1',
      functions: { invoke },
      credentials: [],
      ...(endpoint !== undefined && { serviceEndpoint: () => endpoint }),
      note: (text) => notes.push(text),
    },
  });
  const stage = definition.stage.name === '$default' ? '' : `/${definition.stage.name}`;
  const answer = await api.handle({
    method: sent.method,
    rawPath: `${stage}${sent.path}`,
    rawQuery: sent.query ?? '',
    headers: [['Host', 'localhost'], ...(sent.headers ?? [['Content-Type', 'application/json']])],
    body: Buffer.from(sent.body ?? ''),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
    host: 'localhost',
    receivedAt: Date.now(),
    signal: new AbortController().signal,
  });
  await api.close?.();
  const body = Buffer.from(answer.body).toString('utf8');
  return {
    status: answer.status,
    headers: new Map(answer.headers.map(([name, value]) => [name.toLowerCase(), value])),
    body,
    notes,
  };
}

/** A model as its file would say it. */
export const PRODUCT: ModelSpec = {
  name: 'Product',
  file: 'src/models/product.ts',
  table: {
    model: 'Product',
    tableName: 'shop-dev-Product',
    keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    attributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    globalSecondaryIndexes: [],
    localSecondaryIndexes: [],
  },
  schemas: [
    {
      open: false,
      attributes: [
        { name: 'id', values: [{ type: { kind: 'string' } }], required: true, key: 'hash' },
        { name: 'name', values: [{ type: { kind: 'string' } }], required: true },
        { name: 'price', values: [{ type: { kind: 'number' } }], required: true },
        { name: 'tags', values: [{ type: { kind: 'set', of: { kind: 'string' } } }], required: false },
        { name: 'active', values: [{ type: { kind: 'boolean' } }], required: false, default: { value: true } },
        {
          name: 'createdAt',
          values: [{ type: { kind: 'date', storage: 'milliseconds' } }],
          required: false,
          role: 'createdAt',
        },
      ],
    },
  ],
  jsonSchema: {},
  underived: [],
  position: { file: '/shop/src/models/product.ts', line: 1, column: 1 },
};

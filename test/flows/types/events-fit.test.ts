// The events that `apigen dev` hands to functions, field by field against the generated types: each is compiled as a
// literal, so that a field that a type does not know is an error as well as one that is missing.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import WebSocket from 'ws';
import { spawnCli } from '../../harness/cli.ts';
import { startedDev } from '../../harness/started-dev.ts';
import { compile, typedProject, writeInto } from '../../harness/typed-project.ts';

const YAML = `
auth:
  clients: { jwt: { issuer: https://idp.example.com/, audience: [shop] } }
  pool: { cognito: { userPool: eu-west-1_AbC123, clients: [client-1] } }
  simple: { lambda: src/simple.handler, identity: [header.Authorization], ttl: 0 }
  old: { lambda: src/old.handler, payload: "1.0", responses: policy, identity: [header.Authorization], ttl: 0 }
  asked: { lambda: src/asked.handler, identity: [header.Authorization], ttl: 0 }
  token: { lambda: src/token.handler, type: token, ttl: 0 }
  gate: { lambda: src/gate.handler, identity: [query.token] }
apis:
  web:
    type: http
    auth: none
    routes:
      POST /all/{id}/{proxy+}: { handler: src/tell.handler, parameters: [query.limit, header.X-Tenant] }
      GET /plain: src/tell.handler
      $default: src/tell.handler
      GET /jwt: { handler: src/tell.handler, auth: { clients: [read] } }
      GET /pool: { handler: src/tell.handler, auth: pool }
      GET /simple: { handler: src/tell.handler, auth: simple }
      GET /v1/{id}: { handler: src/tell.handler, payload: "1.0" }
      POST /v1: { handler: src/tell.handler, payload: "1.0", auth: clients }
      GET /v1: { handler: src/tell.handler, payload: "1.0", auth: old }
  rest:
    type: rest
    auth: none
    plans: { free: { rate: 100, burst: 100, quota: 100/day } }
    routes:
      POST /all/{id}/{proxy+}: { handler: src/tell.handler, parameters: [query.limit] }
      GET /plain: { handler: src/tell.handler }
      GET /pool: { handler: src/tell.handler, auth: pool }
      GET /asked: { handler: src/tell.handler, auth: asked }
      GET /token: { handler: src/tell.handler, auth: token }
  chat:
    type: websocket
    auth: gate
    routes:
      $connect: src/tell.handler
      $disconnect: src/tell.handler
      $default: src/tell.handler
      send: src/tell.handler
`;

const file = (answer: string): string => `import { appendFileSync } from 'node:fs';
export const handler = async (event: object) => {
  appendFileSync('EVENTS', JSON.stringify(event) + '\\n');
  return ${answer};
};
`;
const policy = `{
    principalId: 'me',
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: '*' }] },
    context: { tier: 'gold', seats: 2 },
  }`;

let root: string;
afterAll(() => rmSync(root, { recursive: true }));

it('events under dev are what the types say', async () => {
  root = await typedProject(YAML);
  const events = join(root, 'events.ndjson');
  const code = (answer: string): string => file(answer).replace('EVENTS', events);
  writeInto(root, {
    'src/tell.ts': code('{ statusCode: 200 }'),
    'src/simple.ts': code("{ isAuthorized: true, context: { user: { id: 7 }, roles: ['a'] } }"),
    ...Object.fromEntries(['old', 'asked', 'token', 'gate'].map((name) => [`src/${name}.ts`, code(policy)])),
  });
  expect((await spawnCli(['types'], { cwd: root })).code).toBe(0);
  const types = await called(root);
  const seen = readFileSync(events, 'utf8').trim().split('\n').map(completed);
  expect(seen).toHaveLength(types.length);
  writeInto(root, {
    'src/fit.ts': [
      "import type { HttpAuthorizerEvent, HttpAuthorizerEventV1, RestAuthorizerEvent, RouteEvent, TokenAuthorizerEvent, ConnectAuthorizerEvent } from './generated/apigen.ts';",
      ...types.map((type, index) => `export const e${index}: ${type} = ${seen[index]};`),
    ].join('\n'),
  });
  expect(await compile(root)).toEqual([]);
});

/** @types/aws-lambda, whose events ours must fit, has null where API Gateway may leave these out. */
function completed(line: string): string {
  const event = JSON.parse(line);
  const { identity } = event.requestContext ?? {};
  if (identity?.cognitoIdentityId === undefined) return line;
  event.requestContext.identity = { apiKey: null, apiKeyId: null, clientCert: null, ...identity };
  return JSON.stringify(event);
}

/** Calls everything once. @returns the types of the events in their order */
async function called(cwd: string): Promise<readonly string[]> {
  const dev = await startedDev(cwd);
  const types: string[] = [];
  try {
    const token = async (...args: string[]) => (await spawnCli(['dev', 'token', ...args], { cwd })).stdout.trim();
    const get = async (api: string, path: string, expected: readonly string[], init: RequestInit = {}) => {
      const { status } = await fetch(dev.url(api) + path, init);
      expect([path, status]).toEqual([path, 200]);
      types.push(...expected);
    };
    const event = (key: string, api: string) => `RouteEvent<${JSON.stringify(key)}, '${api}'>`;
    const as = (authorization: string) => ({ headers: { authorization } });
    const full = { method: 'POST', body: '{"a":1}', headers: { 'x-tenant': 't', cookie: 'a=1; b=2' } };
    await get('web', '/all/1/2/3?limit=1&limit=2', [event('POST /all/{id}/{proxy+}', 'web')], full);
    await get('web', '/plain', [event('GET /plain', 'web')]);
    await get('web', '/other?a=1', [event('$default', 'web')]);
    const scoped = await token('--auth', 'clients', '--scope', 'read');
    await get('web', '/jwt', [event('GET /jwt', 'web')], as(scoped));
    const id = await token('--auth', 'pool', '--claim', 'auth_time=1700000000');
    await get('web', '/pool', [event('GET /pool', 'web')], as(id));
    await get('web', '/simple', ['HttpAuthorizerEvent', event('GET /simple', 'web')], as('x'));
    await get('web', '/v1/1?a=1', [event('GET /v1/{id}', 'web')]);
    await get('web', '/v1', [event('POST /v1', 'web')], { ...full, ...as(scoped) });
    await get('web', '/v1', ['HttpAuthorizerEventV1', event('GET /v1', 'web')], as('x'));
    await get('rest', '/all/1/2/3?limit=1', [event('POST /all/{id}/{proxy+}', 'rest')], full);
    await get('rest', '/plain', [event('GET /plain', 'rest')]);
    await get('rest', '/pool', [event('GET /pool', 'rest')], as(id));
    await get('rest', '/asked?a=1', ['RestAuthorizerEvent', event('GET /asked', 'rest')], as('x'));
    await get('rest', '/token', ['TokenAuthorizerEvent', event('GET /token', 'rest')], as('x'));
    await talk(`${dev.url('chat')}?token=1`);
    types.push(
      'ConnectAuthorizerEvent',
      ...['$connect', 'send', '$default', '$disconnect'].map((key) => event(key, 'chat')),
    );
  } finally {
    await dev.stop();
  }
  return types;
}

async function talk(url: string): Promise<void> {
  const socket = new WebSocket(url);
  await new Promise((open, fail) => socket.once('open', open).once('error', fail));
  const pause = () => new Promise((wake) => setTimeout(wake, 1500));
  socket.send('{"action":"send"}');
  await pause();
  socket.send('hello');
  await pause();
  socket.close();
  await pause();
}

// A project with every kind of API under dev: bodies are checked, keys and authorizers asked for, integrations of AWS
// services reach the tables or say why not, and a WebSocket API talks.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import WebSocket from 'ws';
import { type DevHarness, underDev } from './dev-harness.ts';

const yml = `name: shop
region: eu-west-1
models: { Note: src/models/note.ts }
auth:
  legacy: { lambda: src/auth.handler, identity: [header.Authorization], ttl: 0 }
apis:
  partner:
    type: rest
    auth: none
    plans: { free: { rate: 100, burst: 100, quota: 3/day } }
    policy: [{ Effect: Allow, Principal: "*", Condition: { IpAddress: { aws:SourceIp: [203.0.113.0/24] } } }]
    routes:
      GET /keyed: { handler: src/echo.handler, key: required }
      POST /notes: { handler: src/echo.handler, body: Note }
      POST /file: { handler: src/echo.handler, body: schemas/thing.json }
      GET /mock: { mock: { status: 200, body: { ok: true } } }
      GET /guarded: { handler: src/echo.handler, auth: legacy }
      GET /stored/{id}: { dynamodb: { get: Note, key: { id: $request.path.id } } }
      POST /stored/{id}: { dynamodb: { put: Note, item: { id: $request.path.id, text: $request.body.text } } }
      POST /signals: { sns: { topic: "arn:aws:sns:eu-west-1:000000000000:signals", message: $request.body } }
  chat:
    type: websocket
    select: $request.body.action
    routes:
      $connect: { handler: src/echo.handler, auth: none }
      say: { handler: src/say.handler, respond: true }
      ping: { mock: { status: 200, body: { pong: "$1" } }, respond: true }
      keep: { dynamodb: { put: Note, item: { id: $request.body.id, text: $request.body.text } }, respond: true }
`;

let dev: DevHarness;
beforeAll(async () => {
  dev = await underDev({
    'apigen.yml': yml,
    'src/models/note.ts':
      "import dynamoose from 'dynamoose';\nexport const Note = dynamoose.model('Note', new dynamoose.Schema({ id: { type: String, hashKey: true }, text: { type: String, required: true } }));\n",
    'src/echo.ts':
      'export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event.requestContext) });\n',
    'src/say.ts':
      'export const handler = async (event) => ({ statusCode: 200, body: JSON.parse(event.body).text.toUpperCase() });\n',
    'src/auth.ts':
      'export const handler = async (event) => ({ principalId: "me", policyDocument: { Version: "2012-10-17", Statement: [{ Action: "execute-api:Invoke", Effect: event.headers.Authorization === "yes" ? "Allow" : "Deny", Resource: event.methodArn }] } });\n',
    'schemas/thing.json': '{ "type": "object", "required": ["size"], "properties": { "size": { "type": "integer" } } }',
  });
});
afterAll(() => dev.close());

it('says that an API has a policy, which would refuse this machine', async () => {
  const text = expect.stringMatching(/^partner: its policy is not checked here/);
  expect(dev.events.filter(({ type }) => type === 'note')).toContainEqual({ type: 'note', text });
});

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('a REST API under dev', () => {
  it('checks bodies against the model or the schema file that the route names', async () => {
    expect(await dev.get('/notes', json({ id: '1' }))).toMatchObject({
      status: 400,
      body: { message: 'Invalid request body' },
    });
    expect((await dev.get('/notes', json({ id: '1', text: 'x' }))).status).toBe(200);
    expect((await dev.get('/file', json({ size: 'large' }))).status).toBe(400);
    expect((await dev.get('/file', json({ size: 1 }))).status).toBe(200);
  });

  it('checks by the schema as it was saved last', async () => {
    await dev.project.write({ 'schemas/thing.json': '{ "type": "object", "required": ["weight"] }' });
    const deadline = Date.now() + 10_000;
    while ((await dev.get('/file', json({ size: 1 }))).status !== 400 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect((await dev.get('/file', json({ weight: 1 }))).status).toBe(200);
  });

  it('asks for a key, which is shown at the start and stays the same, and counts it against the plan', async () => {
    const [{ plan, value } = { plan: '', value: '' }] = dev.session.apis()[0]?.keys ?? [];
    expect(plan).toBe('free');
    const kept = await readFile(`${dev.project.root}/.apigen/dev/api-keys.json`, 'utf8');
    expect(JSON.parse(kept)).toEqual({ 'partner/free': value });
    expect((await dev.get('/keyed')).status).toBe(403);
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) {
      statuses.push((await dev.get('/keyed', { headers: { 'x-api-key': value } })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('asks a Lambda authorizer, and lets nobody by without it', async () => {
    expect((await dev.get('/guarded')).status).toBe(401);
    expect((await dev.get('/guarded', { headers: { authorization: 'no' } })).status).toBe(403);
    const answer = await dev.get('/guarded', { headers: { authorization: 'yes' } });
    expect(answer).toMatchObject({ status: 200, body: { authorizer: { principalId: 'me' } } });
  });

  it('answers mocks itself, reads tables for DynamoDB integrations, and explains calls that have nowhere to go', async () => {
    expect(await dev.get('/mock')).toMatchObject({ status: 200, body: { ok: true } });
    expect((await dev.get('/stored/1')).status).toBe(404);
    expect((await dev.get('/stored/1', json({ text: 'kept' }))).status).toBe(200);
    expect(await dev.get('/stored/1')).toMatchObject({ status: 200, body: { id: '1', text: 'kept' } });
    const signal = await dev.get('/signals', json({ a: 1 }));
    expect(signal.status).toBe(500);
    expect(JSON.stringify(signal.body)).toContain('--endpoint-url');
    expect(dev.events).toContainEqual({ type: 'note', text: expect.stringContaining('no local endpoint for sns') });
  });
});

it('a WebSocket API under dev talks on its own port, by functions, mocks and services', async () => {
  const url = dev.session.apis().find(({ type }) => type === 'websocket')?.url ?? '';
  const socket = new WebSocket(url);
  try {
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    socket.send(JSON.stringify({ action: 'say', text: 'hello' }));
    const answer = (): Promise<string> =>
      new Promise((resolve) => socket.once('message', (frame) => resolve(String(frame))));
    expect(await answer()).toBe('HELLO');
    socket.send(JSON.stringify({ action: 'ping' }));
    expect(JSON.parse(await answer())).toEqual({ pong: '$1' });
    socket.send(JSON.stringify({ action: 'keep', id: 'from-chat', text: 'kept' }));
    await answer();
    expect(await dev.get('/stored/from-chat')).toMatchObject({ status: 200, body: { id: 'from-chat', text: 'kept' } });
  } finally {
    socket.close();
  }
});

import { afterEach, describe, expect, it } from '@jest/globals';
import type { WebSocketAuthorizer } from '../../../src/api/definition.ts';
import { signatureHeaders } from '../../../src/gateway/authorizers/sigv4.ts';
import type { LocalCredential } from '../../../src/gateway/gateway.ts';
import { type Handler, ok, route, socketApi, type TestSocketApi } from './websocket-harness.ts';

let open: TestSocketApi[] = [];
afterEach(async () => {
  await Promise.all(open.map((api) => api.close()));
  open = [];
});

async function guarded(auth: Handler, settings: Partial<WebSocketAuthorizer> = {}): Promise<TestSocketApi> {
  const api = await socketApi({
    functions: { auth, con: ok, def: ok },
    authorizers: {
      a: { type: 'REQUEST', function: 'auth', identitySource: ['route.request.querystring.t'], ttl: 0, ...settings },
    },
    routes: [
      route('$connect', 'con', { authorization: { type: 'CUSTOM', authorizer: 'a' } }),
      route('$default', 'def'),
    ],
  });
  open.push(api);
  return api;
}

const policy =
  (effect: string, extra: Record<string, unknown> = {}): Handler =>
  (event) => ({
    principalId: 'me',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: effect,
          Resource: (event as unknown as { methodArn: string }).methodArn,
        },
      ],
    },
    ...extra,
  });

describe('a Lambda authorizer of $connect', () => {
  it('is asked before $connect and its context, as text, comes with every event', async () => {
    const chat = await guarded(policy('Allow', { context: { text: 'v', number: 1, yes: true } }));
    const client = await chat.connect({ path: '/dev?t=1' });
    expect(client.status).toBe(101);
    const authorizer = {
      principalId: 'me',
      text: 'v',
      number: '1',
      yes: 'true',
      integrationLatency: expect.any(Number),
    };
    expect((await chat.called('con')).requestContext).toMatchObject({ authorizer });
    client.socket.send('x');
    expect((await chat.called('def')).requestContext).toMatchObject({ authorizer });
    expect(chat.events['auth']).toHaveLength(1);
  });

  it('gets this event', async () => {
    const chat = await guarded(policy('Allow'));
    await chat.connect({ path: '/dev?t=1' });
    const event = await chat.called('auth');
    expect(event).toMatchObject({
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/dev/$connect',
      queryStringParameters: { t: '1' },
      multiValueQueryStringParameters: { t: ['1'] },
      stageVariables: {},
      headers: { Connection: 'upgrade', Upgrade: 'websocket' },
      requestContext: { routeKey: '$connect', eventType: 'CONNECT' },
    });
    expect(event).not.toHaveProperty('pathParameters');
  });

  it('is not asked without its identity sources', async () => {
    const chat = await guarded(policy('Allow'), {
      identitySource: ['route.request.querystring.t', 'route.request.header.X-Token'],
    });
    expect((await chat.connect({ path: '/dev?t=1' })).status).toBe(401);
    expect((await chat.connect({ path: '/dev?t=', headers: { 'X-Token': 'x' } })).status).toBe(401);
    expect(chat.events['auth']).toBeUndefined();
    expect((await chat.connect({ path: '/dev?t=1', headers: { 'x-token': 'x' } })).status).toBe(101);
  });

  it.each<[string, Handler, number]>([
    ['denies', policy('Deny'), 403],
    [
      'allows something else',
      () => ({
        principalId: 'me',
        policyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: 'arn:x' }] },
      }),
      403,
    ],
    [
      'throws Unauthorized',
      () => {
        throw new Error('Unauthorized');
      },
      401,
    ],
    [
      'throws',
      () => {
        throw new Error('x');
      },
      500,
    ],
    ['returns nothing', () => undefined, 500],
    ['returns a simple response', () => ({ isAuthorized: true }), 500],
    ['returns a context with a list', policy('Allow', { context: { list: [1] } }), 500],
  ])('that %s keeps $connect from being asked', async (_what, auth, status) => {
    const chat = await guarded(auth);
    expect((await chat.connect({ path: '/dev?t=1' })).status).toBe(status);
    expect(chat.events['con']).toBeUndefined();
  });

  it('is asked once per identity while its answer holds', async () => {
    const chat = await guarded(policy('Allow'), { ttl: 60 });
    for (const path of ['/dev?t=1', '/dev?t=1', '/dev?t=2']) expect((await chat.connect({ path })).status).toBe(101);
    expect(chat.events['auth']).toHaveLength(2);
  });

  it('that is not defined lets nobody in', async () => {
    const api = await socketApi({
      functions: { con: ok },
      routes: [route('$connect', 'con', { authorization: { type: 'CUSTOM', authorizer: 'none' } })],
    });
    open.push(api);
    expect((await api.connect()).status).toBe(500);
  });
});

describe('IAM authorization of $connect', () => {
  it('wants a signature of a known key', async () => {
    const credential: LocalCredential = {
      accessKeyId: 'AKIDLOCAL',
      secretAccessKey: 'secret',
      userArn: 'arn:aws:iam::123456789012:user/local',
    };
    const api = await socketApi({
      functions: { con: ok },
      routes: [route('$connect', 'con', { authorization: { type: 'AWS_IAM' } })],
      environment: { credentials: [credential] },
    });
    open.push(api);
    const host = `${api.server.host}:${api.server.port}`;
    const call = {
      method: 'GET',
      path: '/dev',
      query: '',
      body: Buffer.alloc(0),
      service: 'execute-api',
      region: 'eu-west-1',
    };
    const signed = signatureHeaders({ ...call, headers: [['Host', host]] }, credential, Date.now());
    expect((await api.connect({ headers: Object.fromEntries(signed) })).status).toBe(101);
    expect((await api.called('con')).requestContext).toMatchObject({ identity: { userArn: credential.userArn } });
    expect((await api.connect()).status).toBe(403);
    const forged = signatureHeaders(
      { ...call, headers: [['Host', host]] },
      { ...credential, secretAccessKey: 'x' },
      Date.now(),
    );
    expect((await api.connect({ headers: Object.fromEntries(forged) })).status).toBe(403);
  });
});

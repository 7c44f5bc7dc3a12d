import { request as httpRequest } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type Client,
  HANDSHAKE,
  ok,
  pause,
  route,
  socketApi,
  type TestSocketApi,
  type TestSocketOptions,
} from './websocket-harness.ts';

let open: TestSocketApi[] = [];
afterEach(async () => {
  await Promise.all(open.map((api) => api.close()));
  open = [];
});
const api = async (options: TestSocketOptions): Promise<TestSocketApi> => {
  const started = await socketApi(options);
  open.push(started);
  return started;
};
const lifecycle = (con: () => unknown = ok, extra: TestSocketOptions = {}): Promise<TestSocketApi> =>
  api({
    functions: { con, dis: ok, def: ok },
    routes: [route('$connect', 'con'), route('$disconnect', 'dis'), route('$default', 'def')],
    ...extra,
  });

describe('a handshake', () => {
  it('succeeds without a $connect route', async () => {
    const chat = await api({ routes: [] });
    expect((await chat.connect()).status).toBe(101);
    expect((await chat.connect({ path: '/dev/?a=1' })).status).toBe(101);
  });

  it('tells $connect headers and query, field by field', async () => {
    const chat = await lifecycle();
    await chat.connect({ path: '/dev?room=1&room=2', headers: { 'User-Agent': 'ua/1', 'X-Mine': 'v' } });
    const event = await chat.called('con');
    expect(Object.keys(event).sort()).toEqual(
      'headers isBase64Encoded multiValueHeaders multiValueQueryStringParameters queryStringParameters requestContext'.split(
        ' ',
      ),
    );
    expect(event).toMatchObject({
      queryStringParameters: { room: '2' },
      multiValueQueryStringParameters: { room: ['1', '2'] },
      isBase64Encoded: false,
    });
    expect(event.headers).toMatchObject({
      'X-Mine': 'v',
      'Sec-WebSocket-Version': '13',
      'X-Forwarded-For': '127.0.0.1',
    });
    expect(event.requestContext).toEqual({
      routeKey: '$connect',
      eventType: 'CONNECT',
      extendedRequestId: event.requestContext['requestId'],
      requestTime: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      messageDirection: 'IN',
      stage: 'dev',
      connectedAt: expect.any(Number),
      requestTimeEpoch: expect.any(Number),
      identity: { sourceIp: '127.0.0.1', userAgent: 'ua/1' },
      requestId: expect.stringMatching(/=$/),
      domainName: `127.0.0.1:${chat.server.port}`,
      connectionId: expect.stringMatching(/^[\w-]{15}=$/),
      apiId: 'a1b2c3d4e5',
    });
  });

  it.each([
    ['refuses', () => ({ statusCode: 403 }), 403],
    ['fails by its own word', () => ({ statusCode: 500 }), 500],
    ['redirects', () => ({ statusCode: 302 }), 302],
    ['returns nothing', () => undefined, 502],
    ['returns a word', () => 'yes', 502],
    [
      'throws',
      () => {
        throw new Error('x');
      },
      502,
    ],
  ])('ends with its status when $connect %s', async (_what, con, status) => {
    const chat = await lifecycle(con);
    const client = await chat.connect();
    expect(client.status).toBe(status);
    expect(JSON.parse(client.body)).toMatchObject({ message: expect.any(String), connectionId: expect.any(String) });
    await pause(30);
    expect(chat.events['dis']).toBeUndefined();
  });

  it('is a 504 when $connect takes too long', async () => {
    const chat = await lifecycle(() => new Promise(() => {}), { limits: { integrationMs: 60 } });
    expect(await chat.connect()).toMatchObject({ status: 504 });
  });

  it('takes its subprotocol from the function alone', async () => {
    const choosing = await lifecycle(() => ({ statusCode: 200, headers: { 'sec-websocket-protocol': 'b' } }));
    expect((await choosing.connect({ protocols: ['a', 'b'] })).socket.protocol).toBe('b');
    const silent = await api({ routes: [] });
    await expect(silent.connect({ protocols: ['a'] })).rejects.toThrow(/subprotocol/);
  });

  it('belongs to the stage’s path alone', async () => {
    const chat = await lifecycle();
    for (const path of ['/', '/prod', '/dev/more', '/devil']) expect((await chat.connect({ path })).status).toBe(403);
    expect(chat.events['con']).toBeUndefined();
  });

  it('is refused when the stage is throttled', async () => {
    const stage = { name: 'dev', variables: {}, throttle: { rateLimit: 0.001, burstLimit: 1 } };
    const chat = await lifecycle(ok, { stage });
    expect((await chat.connect()).status).toBe(101);
    expect((await chat.connect()).status).toBe(429);
  });

  it.each([
    ['plain request', {}, 426],
    ['upgrade to something else', { Connection: 'Upgrade', Upgrade: 'h2c' }, 426],
    [
      'broken key',
      { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'x' },
      400,
    ],
    [
      'old version',
      {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '8',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
      400,
    ],
  ])('is none when it is a %s', async (_what, headers, status) => {
    const chat = await lifecycle();
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest({ host: chat.server.host, port: chat.server.port, path: '/dev', headers, agent: false });
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end();
    });
    expect(answered).toBe(status);
    expect(chat.events['con']).toBeUndefined();
  });
});

describe('the end of a connection', () => {
  it('is told to $disconnect with the client’s code and reason', async () => {
    const chat = await lifecycle();
    const client = await chat.connect({ headers: { 'User-Agent': 'ua/1' } });
    client.socket.close(3001, 'enough');
    const event = await chat.called('dis');
    expect(event.headers).toEqual({
      Host: `127.0.0.1:${chat.server.port}`,
      'x-api-key': '',
      'X-Forwarded-For': '',
      'x-restapi': '',
    });
    expect(event.requestContext).toMatchObject({
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 3001,
      disconnectReason: 'enough',
      connectionId: chat.events['con']?.[0]?.requestContext.connectionId,
      identity: { userAgent: 'ua/1' },
    });
  });

  it('has no reason where the client gave a code alone', async () => {
    const chat = await lifecycle();
    (await chat.connect()).socket.close(1001);
    expect((await chat.called('dis')).requestContext).toMatchObject({
      disconnectStatusCode: 1001,
      disconnectReason: '',
    });
  });

  it('is told once, also when the client vanishes', async () => {
    const chat = await lifecycle();
    const client = await chat.connect();
    client.socket.terminate();
    expect((await chat.called('dis')).requestContext).toMatchObject({ disconnectStatusCode: 1006 });
    await pause(50);
    expect(chat.events['dis']).toHaveLength(1);
  });

  it('comes after the idle time, which traffic renews', async () => {
    const chat = await lifecycle(ok, { limits: { idleMs: 250 } });
    const client = await chat.connect();
    for (let beat = 0; beat < 4; beat += 1) {
      await pause(100);
      client.socket.send('x');
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    expect(await client.closed()).toBe(1001);
    expect((await chat.called('dis')).requestContext).toMatchObject({
      disconnectStatusCode: 1001,
      disconnectReason: 'Going away',
    });
  });

  it('comes after the life time, traffic or not', async () => {
    const chat = await lifecycle(ok, { limits: { lifeMs: 300 } });
    const client = await chat.connect();
    const beat = setInterval(() => client.socket.send('x'), 50);
    expect(await client.closed()).toBe(1001);
    clearInterval(beat);
  });

  it('comes for everybody when the API closes, and close waits for $disconnect', async () => {
    const chat = await socketApi({
      functions: { dis: () => pause(100).then(ok) },
      routes: [route('$disconnect', 'dis')],
    });
    const clients = await Promise.all([chat.connect(), chat.connect()]);
    await chat.handler.close?.();
    expect(chat.events['dis']).toHaveLength(2);
    expect(await Promise.all(clients.map((client) => client.closed()))).toEqual([1001, 1001]);
    await chat.close();
  });

  it('is told when the client was gone before $connect answered', async () => {
    const chat = await lifecycle(() => pause(150).then(ok));
    const socket = connectTcp(chat.server.port, chat.server.host);
    socket.write(HANDSHAKE);
    await chat.called('con');
    socket.destroy();
    expect((await chat.called('dis')).requestContext).toMatchObject({ disconnectStatusCode: 1006 });
  });

  it('does not wait for a client that ignores the close', async () => {
    const chat = await lifecycle(ok, { limits: { idleMs: 100, closingMs: 100 } });
    const client = await chat.connect();
    client.socket.pause();
    await chat.called('dis');
  });
});

describe('a thousand connections', () => {
  it('are open at a time, answered each, and gone afterwards', async () => {
    const chat = await api({
      functions: { def: (event) => ({ statusCode: 200, body: event.body }), dis: ok },
      routes: [route('$disconnect', 'dis'), route('$default', 'def', { routeResponse: true })],
    });
    const clients: Client[] = [];
    for (let batch = 0; batch < 10; batch += 1) {
      clients.push(...(await Promise.all(Array.from({ length: 100 }, () => chat.connect()))));
    }
    for (const [index, client] of clients.entries()) client.socket.send(`n${index}`);
    const frames = await Promise.all(clients.map((client) => client.frame()));
    expect(frames).toEqual(clients.map((_client, index) => `n${index}`));
    for (const client of clients) client.socket.close();
    await chat.called('dis', 1000);
  });
});

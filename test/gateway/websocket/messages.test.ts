import { connect as connectTcp } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createFrameGuard } from '../../../src/gateway/websocket/frame-guard.ts';
import { createRouteSelection } from '../../../src/gateway/websocket/route-selection.ts';
import { startBackend } from '../backend.ts';
import {
  HANDSHAKE,
  type Handler,
  ok,
  pause,
  route,
  socketApi,
  type TestSocketApi,
  type TestSocketOptions,
  until,
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
const joinApi = (join: Handler, extra: TestSocketOptions = {}): Promise<TestSocketApi> =>
  api({ functions: { join, dis: ok }, routes: [route('join', 'join'), route('$disconnect', 'dis')], ...extra });

describe('the route of a message', () => {
  const chosen = (expression: string, message: string, keys: readonly string[]): string | undefined =>
    createRouteSelection(
      expression,
      keys.map((key) => route(key, 'fn')),
    )(message)?.routeKey;
  const message = '{"service":"chat","action":"join","data":{"room":"r1"},"list":["a","b"],"n":7,"yes":true}';

  it.each([
    ['$request.body.action', 'join'],
    ['${request.body.action}', 'join'],
    ['${request.body.service}/${request.body.action}', 'chat/join'],
    ['${request.body.action}-${request.body.invalidPath}', 'join-'],
    ['$request.body.data.room', 'r1'],
    ["$request.body['action']", 'join'],
    ['$request.body.list', '[a, b]'],
    ['$request.body.list[1]', 'b'],
    ['$request.body.n', '7'],
    ['$request.body.yes', 'true'],
    ['action', 'action'],
    ['\\$default', '$default'],
    ['$request.body.none', '$default'],
    ['$request.body.data', '$default'],
    ['$context.stage', '$default'],
  ])('under %s is %s', (expression, key) => {
    expect(chosen(expression, message, [key, '$default', 'other'])).toBe(key);
  });

  it.each(['hello there', '', '{"action":', '[1,2]', '7', '"join"', 'null', '{action: join}'])(
    'is $default for %j',
    (text) => {
      expect(chosen('$request.body.action', text, ['join', '$default'])).toBe('$default');
    },
  );

  it('reads all of a long message, by any JsonPath', () => {
    const long = JSON.stringify({ filler: 'x'.repeat(120_000), deep: { action: 'join' } });
    expect(chosen('$request.body.deep.action', long, ['join'])).toBe('join');
    expect(chosen('${request.body..action}', '{"a":{"action":"join"}}', ['[join]'])).toBe('[join]');
  });

  it('is never $connect or $disconnect, and may be none', () => {
    expect(chosen('$request.body.action', '{"action":"$connect"}', ['$connect', '$disconnect'])).toBeUndefined();
    expect(chosen('$request.body.action', '{"action":"__proto__"}', ['join'])).toBeUndefined();
  });
});

describe('a message', () => {
  it('reaches its function with these fields, and nothing comes back', async () => {
    const chat = await joinApi(() => ({ statusCode: 200, body: 'ignored' }), {
      stage: { name: 'dev', variables: { env: 'blue' } },
    });
    const client = await chat.connect();
    client.socket.send('{"action":"join","room":1}');
    const event = await chat.called('join');
    expect(Object.keys(event).sort()).toEqual(['body', 'isBase64Encoded', 'requestContext', 'stageVariables']);
    expect(event).toMatchObject({ body: '{"action":"join","room":1}', isBase64Encoded: false });
    expect(event.requestContext).toMatchObject({
      routeKey: 'join',
      eventType: 'MESSAGE',
      messageId: expect.stringMatching(/=$/),
      messageDirection: 'IN',
    });
    expect(await client.nothing()).toEqual([]);
  });

  it('gets the body back where the route has a response, whatever its status', async () => {
    const join: Handler = (event) => ({ statusCode: 404, body: event.body?.toUpperCase() });
    const chat = await api({ functions: { join }, routes: [route('join', 'join', { routeResponse: true })] });
    const client = await chat.connect();
    client.socket.send('{"action":"join"}');
    expect(await client.frame()).toBe('{"ACTION":"JOIN"}');
  });

  it('without a route is answered Forbidden, and the connection stays', async () => {
    const chat = await joinApi(ok);
    const client = await chat.connect();
    client.socket.send('{"action":"nope"}');
    const frame = await client.frame();
    expect(JSON.parse(frame)).toEqual({
      message: 'Forbidden',
      connectionId: expect.stringMatching(/=$/),
      requestId: expect.stringMatching(/=$/),
    });
    client.socket.send('{"action":"join"}');
    await chat.called('join');
  });

  it.each<[string, Handler]>([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
    ],
    ['returns nothing', () => undefined],
    ['returns a text', () => 'hi'],
    ['returns a body that is an object', () => ({ statusCode: 200, body: { a: 1 } })],
    ['returns no status', () => ({ statusCode: 'ok' })],
  ])('whose function %s is answered Internal server error', async (_what, join) => {
    const chat = await joinApi(join);
    const client = await chat.connect();
    client.socket.send('{"action":"join"}');
    const frame = JSON.parse(await client.frame()) as Record<string, unknown>;
    expect(frame).toMatchObject({ message: 'Internal server error' });
    expect(Object.keys(frame)).toEqual(['message', 'connectionId', 'requestId']);
  });

  it('whose answer is larger than a message is answered Internal server error', async () => {
    const join: Handler = () => ({ statusCode: 200, body: 'x'.repeat(128 * 1024 + 1) });
    const chat = await api({ functions: { join }, routes: [route('join', 'join', { routeResponse: true })] });
    const client = await chat.connect();
    client.socket.send('{"action":"join"}');
    expect(JSON.parse(await client.frame())).toMatchObject({ message: 'Internal server error' });
    expect(chat.notes[0]).toContain('join');
  });

  it('whose function takes too long is answered so', async () => {
    const chat = await joinApi(() => new Promise(() => {}), { limits: { integrationMs: 60 } });
    const client = await chat.connect();
    client.socket.send('{"action":"join"}');
    expect(JSON.parse(await client.frame())).toMatchObject({ message: 'Endpoint request timed out' });
  });

  it('over its route’s throttle is answered so, and goes nowhere', async () => {
    const chat = await api({
      functions: { join: ok, other: ok },
      routes: [route('join', 'join', { throttle: { rateLimit: 0.001, burstLimit: 1 } }), route('$default', 'other')],
    });
    const client = await chat.connect();
    for (const text of ['{"action":"join"}', '{"action":"join"}', '{}']) client.socket.send(text);
    expect(JSON.parse(await client.frame())).toMatchObject({ message: 'Too Many Requests' });
    await chat.called('other');
    expect(chat.events['join']).toHaveLength(1);
  });

  it('must match its route’s model', async () => {
    const chat = await api({
      functions: { join: ok },
      models: { Join: { type: 'object', required: ['room'], properties: { room: { type: 'string' } } } },
      routes: [route('join', 'join', { requestModel: 'Join' }), route('odd', 'join', { requestModel: 'Nowhere' })],
    });
    const client = await chat.connect();
    client.socket.send('{"action":"join"}');
    const frame = JSON.parse(await client.frame()) as Record<string, unknown>;
    expect(frame).toMatchObject({ message: 'Bad request body', messageId: expect.stringMatching(/=$/) });
    expect(Object.keys(frame)).toEqual(['message', 'connectionId', 'messageId']);
    expect(chat.events['join']).toBeUndefined();
    client.socket.send('{"action":"odd"}');
    expect(JSON.parse(await client.frame())).toMatchObject({ message: 'Internal server error' });
    client.socket.send('{"action":"join","room":"r"}');
    await chat.called('join');
  });

  it('is handled beside others, not after them', async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const chat = await joinApi((event) => (event.body?.includes('slow') ? gate.then(ok) : ok()));
    const client = await chat.connect();
    client.socket.send('{"action":"join","n":"slow"}');
    client.socket.send('{"action":"join","n":"fast"}');
    await chat.called('join', 2);
    release();
  });
});

describe('the limits of frames and messages', () => {
  it('close with 1009 over 128 KB, and leave the exact size alone', async () => {
    const chat = await api({
      functions: { def: ok, dis: ok },
      routes: [route('$default', 'def'), route('$disconnect', 'dis')],
    });
    const client = await chat.connect();
    const piece = Buffer.alloc(32 * 1024, 'x');
    for (const fin of [false, false, false, true]) client.socket.send(piece, { binary: false, fin });
    expect((await chat.called('def')).body).toHaveLength(128 * 1024);
    for (let sent = 0; sent < 4; sent += 1) client.socket.send(piece, { binary: false, fin: false });
    client.socket.send('x', { fin: true });
    expect(await client.closed()).toBe(1009);
    expect((await chat.called('dis')).requestContext).toMatchObject({ disconnectStatusCode: 1009 });
    expect(chat.events['def']).toHaveLength(1);
  });

  it('close with 1009 for one frame over 32 KB', async () => {
    const chat = await api({ functions: { def: ok }, routes: [route('$default', 'def')] });
    const client = await chat.connect();
    client.socket.send('x'.repeat(32 * 1024));
    await chat.called('def');
    client.socket.send('x'.repeat(32 * 1024 + 1));
    expect(await client.closed()).toBe(1009);
    expect(chat.events['def']).toHaveLength(1);
  });

  it('close with 1003 for a binary frame, and 1007 for text that is no UTF-8', async () => {
    const chat = await api({ functions: { def: ok }, routes: [route('$default', 'def')] });
    const binary = await chat.connect();
    binary.socket.send(Buffer.from([1, 2]));
    expect(await binary.closed()).toBe(1003);
    const broken = await chat.connect();
    broken.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await broken.closed()).toBe(1007);
    expect(chat.events['def']).toBeUndefined();
  });

  it('see frames however the bytes are cut', () => {
    const frame = (size: number): Buffer => {
      const length = Buffer.alloc(size < 126 ? 2 : size < 65_536 ? 4 : 10);
      length[0] = 0x81;
      length[1] = 0x80 | (size < 126 ? size : size < 65_536 ? 126 : 127);
      if (length.length === 4) length.writeUInt16BE(size, 2);
      if (length.length === 10) length.writeBigUInt64BE(BigInt(size), 2);
      return Buffer.concat([length, Buffer.from([1, 2, 3, 4]), Buffer.alloc(size)]);
    };
    const stream = Buffer.concat([frame(0), frame(5), frame(300), frame(66_000), frame(3), frame(66_001)]);
    const lastHeader = stream.length - 66_001 - 14;
    for (const step of [1, 3, 1000, stream.length]) {
      const trips: number[] = [];
      let at = 0;
      const guard = createFrameGuard(66_000, () => trips.push(at + step));
      for (; at < stream.length; at += step) guard(stream.subarray(at, at + step));
      expect(trips).toHaveLength(1);
      expect(trips[0]).toBeGreaterThan(lastHeader);
    }
  });

  it('close a socket that speaks no WebSocket after the handshake', async () => {
    const chat = await joinApi(ok);
    const socket = connectTcp(chat.server.port, chat.server.host);
    socket.write(`${HANDSHAKE}GET / HTTP/1.1\r\n\r\n`);
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await chat.called('dis')).requestContext).toMatchObject({ disconnectStatusCode: 1002 });
  });

  it('count for what a client sends along with its handshake', async () => {
    const chat = await api({ functions: { def: ok }, routes: [route('$default', 'def')] });
    const socket = connectTcp(chat.server.port, chat.server.host);
    const masked = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]);
    socket.write(Buffer.concat([Buffer.from(HANDSHAKE), masked]));
    expect((await chat.called('def')).body).toBe('hi');
    socket.destroy();
  });

  it('let only so many messages of one client be in hand', async () => {
    let running = 0;
    let most = 0;
    const chat = await joinApi(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(5);
        running -= 1;
        return ok();
      },
      { limits: { messagesInHand: 4 } },
    );
    const client = await chat.connect();
    for (let sent = 0; sent < 100; sent += 1) {
      client.socket.send('{"action":"join"}');
      if (sent % 10 === 0) await pause(1);
    }
    await chat.called('join', 100);
    await until(() => running === 0);
    // One read of the socket may bring several messages at once.
    expect(most).toBeLessThan(60);
  });
});

describe('integrations other than functions', () => {
  it('a mock accepts or refuses by the status its template yields', async () => {
    const mock = (template: string): Promise<TestSocketApi> =>
      api({
        stage: { name: 'dev', variables: { status: '403' } },
        routes: [
          route('$connect', '', { integration: { type: 'MOCK', requestTemplates: { $default: template } } }),
          route('$default', '', { integration: { type: 'MOCK' }, routeResponse: true }),
        ],
      });
    const open_ = await mock('{"statusCode": 200}');
    const client = await open_.connect();
    expect(client.status).toBe(101);
    client.socket.send('x');
    expect(await client.frame()).toBe('');
    expect((await (await mock('{"statusCode": $stageVariables.status}')).connect()).status).toBe(403);
    expect((await (await mock('#if(true)')).connect()).status).toBe(502);
  });

  it('an HTTP backend gets the message and answers where the route has a response', async () => {
    const backend = await startBackend((request, response) => {
      response.statusCode = request.target === '/deny' ? 401 : 200;
      response.end(request.body === '' ? '' : `got ${request.body}`);
    });
    const uri = `${backend.url}/`;
    const chat = await api({
      stage: { name: 'dev', variables: { base: backend.url } },
      routes: [
        route('$connect', '', {
          integration: { type: 'HTTP_PROXY', uri: '${stageVariables.base}/in', httpMethod: 'POST' },
        }),
        route('$default', '', { integration: { type: 'HTTP_PROXY', uri, httpMethod: 'PUT' }, routeResponse: true }),
      ],
    });
    const client = await chat.connect();
    client.socket.send('hello');
    expect(await client.frame()).toBe('got hello');
    expect(backend.requests.map((request) => `${request.method} ${request.target}`)).toEqual(['POST /in', 'PUT /']);
    const denied = await api({
      routes: [route('$connect', '', { integration: { type: 'HTTP_PROXY', uri: `${uri}deny`, httpMethod: 'POST' } })],
    });
    expect((await denied.connect()).status).toBe(401);
    const nowhere = await api({
      routes: [
        route('$connect', '', { integration: { type: 'HTTP_PROXY', uri: 'http://127.0.0.1:1/', httpMethod: 'POST' } }),
      ],
    });
    expect((await nowhere.connect()).status).toBe(502);
    await backend.close();
  });
});

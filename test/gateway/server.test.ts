import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { GatewayAnswer, GatewayRequest } from '../../src/gateway/exchange.ts';
import { type ApiHandler, routeByHost } from '../../src/gateway/gateway.ts';
import { type GatewayServer, type ServeOptions, serve } from '../../src/gateway/server.ts';
import { send, type WireResponse } from '../harness/gateway-cases/http-client.ts';

const servers: GatewayServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(handler: ApiHandler, options: ServeOptions = {}): Promise<GatewayServer> {
  const server = await serve(handler, options);
  servers.push(server);
  return server;
}

function answer(body: string, headers: GatewayAnswer['headers'] = [], status = 200): GatewayAnswer {
  return { status, headers, body: Buffer.from(body) };
}

function handling(handle: (request: GatewayRequest) => GatewayAnswer | Promise<GatewayAnswer>): ApiHandler {
  return { handle: async (request) => handle(request) };
}

const ok = handling(() => answer('ok'));

function get(server: GatewayServer, target = '/', headers: [string, string][] = []): Promise<WireResponse> {
  return send(server.host, server.port, { method: 'GET', target, headers, body: Buffer.alloc(0) });
}

function post(server: GatewayServer, body: Buffer, headers: [string, string][] = []): Promise<WireResponse> {
  return send(server.host, server.port, { method: 'POST', target: '/', headers, body });
}

/** What the server writes back to raw bytes, until it closes. */
function raw(server: GatewayServer, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, server.host, () => socket.write(text));
    let got = '';
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1');
    });
    socket.on('error', () => resolve(got));
    socket.on('close', () => resolve(got));
  });
}

describe('the gateway server', () => {
  it('hands on the path undecoded, and headers with their case, order and duplicates', async () => {
    let seen: GatewayRequest | undefined;
    const server = await start(
      handling((request) => {
        seen = request;
        return answer('ok');
      }),
    );
    await get(server, '/a%20b//c?x=%2F&y', [
      ['X-One', '1'],
      ['x-one', '2'],
    ]);
    expect(seen?.rawPath).toBe('/a%20b//c');
    expect(seen?.rawQuery).toBe('x=%2F&y');
    expect(seen?.headers.filter(([name]) => /^x-one$/i.test(name))).toEqual([
      ['X-One', '1'],
      ['x-one', '2'],
    ]);
    expect(seen?.sourceIp).toBe('127.0.0.1');
    expect(seen?.host).toBe(`127.0.0.1:${server.port}`);
  });

  it('sends duplicate answer headers as they are and frames the body itself', async () => {
    const headers: [string, string][] = [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['Content-Length', '99'],
      ['Transfer-Encoding', 'chunked'],
    ];
    const server = await start(handling(() => answer('hello', headers)));
    const response = await get(server);
    expect(response.body.toString()).toBe('hello');
    expect(response.headers.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value)).toEqual([
      'a=1',
      'b=2',
    ]);
    expect(response.headers.filter(([name]) => /content-length/i.test(name))).toEqual([['Content-Length', '5']]);
  });

  it('reads absolute-form targets as their path', async () => {
    const server = await start(handling((request) => answer(request.rawPath)));
    expect((await get(server, 'http://example.com/x/y')).body.toString()).toBe('/x/y');
  });

  it('answers 500 when a handler rejects, tells of it, and goes on', async () => {
    const causes: unknown[] = [];
    const failing = handling(() => Promise.reject(new Error('broken')));
    const server = await start(failing, { failed: (_request, cause) => causes.push(cause) });
    expect((await get(server)).status).toBe(500);
    expect((await get(server)).status).toBe(500);
    expect(causes).toHaveLength(2);
  });

  it('answers 500 instead of sending a header that cannot stand in HTTP', async () => {
    const server = await start(handling(() => answer('x', [['a', 'b\r\nc: d']])));
    const response = await get(server);
    expect(response.status).toBe(500);
    expect(response.headers.some(([name]) => name === 'c')).toBe(false);
  });

  it('tells a handler that its client went away', async () => {
    const aborted = new Promise<boolean>((resolve) => {
      const waiting = handling(
        (request) =>
          new Promise((done) => {
            request.signal.addEventListener('abort', () => {
              resolve(true);
              done(answer('late'));
            });
          }),
      );
      void start(waiting).then((server) => {
        const socket = connect(server.port, server.host, () => {
          socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
          setTimeout(() => socket.destroy(), 50);
        });
      });
    });
    expect(await aborted).toBe(true);
  });

  it('finishes requests in flight on the old handler after a replacement', async () => {
    let release = (): void => {};
    const old = handling(
      () =>
        new Promise((resolve) => {
          release = () => resolve(answer('old'));
        }),
    );
    const server = await start(old);
    const inFlight = get(server);
    await new Promise((resolve) => setTimeout(resolve, 50));
    server.replace(handling(() => answer('new')));
    expect((await get(server)).body.toString()).toBe('new');
    release();
    expect((await inFlight).body.toString()).toBe('old');
  });

  it('answers an upgrade that its API does not know like any other request', async () => {
    const server = await start(handling(() => answer('plain', [['X-A', 'b']])));
    const text = await raw(server, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*X-A: b\r\n[\s\S]*plain$/);
  });

  it('tells several APIs on one port apart by the Host', async () => {
    const mount = (name: string) => ({ apiId: `${name}id`, name, handler: handling(() => answer(name)) });
    const server = await start(routeByHost([mount('shop'), mount('partner')]));
    const at = async (host: string): Promise<string> => (await get(server, '/', [['Host', host]])).body.toString();
    expect(await at('partner.localhost:3000')).toBe('partner');
    expect(await at('PARTNERID.execute-api.localhost')).toBe('partner');
    expect(await at('127.0.0.1')).toBe('shop');
  });
});

describe('the gateway server under bad input', () => {
  it('answers 400 to what is no HTTP, and serves the next client', async () => {
    const server = await start(ok);
    for (const text of ['hello there\r\n\r\n', '\0\0\0\0\r\n\r\n', 'GET / HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n']) {
      expect(await raw(server, text)).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect((await get(server)).status).toBe(200);
  });

  it('refuses a request whose length is told in two ways', async () => {
    const server = await start(ok);
    const smuggled = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    expect(await raw(server, smuggled)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('answers 431 to headers that are too large', async () => {
    const server = await start(ok);
    const text = await raw(server, `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('answers 413 in the words of the API to a body over the limit, told or not', async () => {
    const handler: ApiHandler = { ...ok, tooLarge: async () => answer('too much', [], 413) };
    const server = await start(handler, { bodyLimitBytes: 100 });
    expect((await post(server, Buffer.alloc(100))).status).toBe(200);
    const told = await post(server, Buffer.alloc(101));
    expect([told.status, told.body.toString()]).toEqual([413, 'too much']);
    const chunk = `c8\r\n${'x'.repeat(200)}\r\n0\r\n\r\n`;
    const chunked = await post(server, Buffer.from(chunk), [['Transfer-Encoding', 'chunked']]);
    expect(chunked.status).toBe(413);
  });

  it('answers 413 by itself where the API has no words for it', async () => {
    const server = await start(ok, { bodyLimitBytes: 10 });
    expect((await post(server, Buffer.alloc(11))).status).toBe(413);
  });

  it('cuts off a client that never ends its headers', async () => {
    const server = await start(ok, { headersTimeoutMs: 200 });
    const startedAt = Date.now();
    expect(await raw(server, 'GET / HTTP/1.1\r\nHost: x\r\n')).toMatch(/^(HTTP\/1\.1 408 |$)/);
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect((await get(server)).status).toBe(200);
  });

  it('serves thousands of requests over many connections without losing one', async () => {
    const server = await start(handling((request) => answer(request.rawPath)));
    const paths = Array.from({ length: 2_000 }, (_, index) => `/${index}`);
    const got: string[] = [];
    const work = async (): Promise<void> => {
      for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
        got.push((await get(server, path)).body.toString());
      }
    };
    await Promise.all(Array.from({ length: 32 }, work));
    expect(new Set(got).size).toBe(2_000);
  });
});

describe('a taken port', () => {
  it('gives way to the next one', async () => {
    const first = await start(ok);
    const second = await start(ok, { port: first.port });
    expect(second.port).toBeGreaterThan(first.port);
    expect((await get(second)).status).toBe(200);
  });

  it('is an error that names it where the port is strict', async () => {
    const first = await start(ok);
    await expect(serve(ok, { port: first.port, strictPort: true })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      summary: `Port ${first.port} on 127.0.0.1 is taken`,
    });
  });
});

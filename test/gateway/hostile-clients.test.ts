// Clients that mean harm: requests hidden in requests, bodies that never end, bodies that would grow when unpacked, floods
// of what costs the server and not them, and clients that are suddenly gone.

import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { GatewayRequest } from '../../src/gateway/exchange.ts';
import { type GatewayServer, type ServeOptions, serve } from '../../src/gateway/server.ts';
import { send } from '../harness/gateway-cases/http-client.ts';

let server: GatewayServer;
let seen: GatewayRequest[] = [];
afterEach(() => server.close());

async function start(options: ServeOptions = {}): Promise<void> {
  seen = [];
  const handle = async (request: GatewayRequest) => {
    seen.push(request);
    return { status: 200, headers: [], body: Buffer.from('ok') };
  };
  server = await serve({ handle }, options);
}

/** What comes back to raw bytes until the server closes, or until a moment after the last of it. */
function raw(text: string, patienceMs = 300): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, server.host, () => socket.write(text, 'latin1'));
    let got = '';
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on('data', (chunk) => (got += chunk.toString('latin1')));
    socket.on('error', () => resolve(got));
    socket.on('close', () => resolve(got));
  });
}

describe('a request that hides another', () => {
  const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';
  it.each([
    ['two lengths', `Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`],
    ['length and chunks', `Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
    ['chunks and length', `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${hidden}`],
    ['chunked not last', `Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`],
    ['chunked misspelt', `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
    ['space before the colon', `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`],
    ['folded header', `X-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n${hidden}`],
    ['signed length', `Content-Length: +3\r\n\r\nabc${hidden}`],
    ['length in hexadecimal', `Content-Length: 0x3\r\n\r\nabc${hidden}`],
    ['negative length', `Content-Length: -1\r\n\r\n${hidden}`],
    ['broken chunk size', `Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n${hidden}`],
    ['bare line feed in a chunk', `Transfer-Encoding: chunked\r\n\r\n1;a=\nb\r\nx\r\n0\r\n\r\n${hidden}`],
    ['null in a header', `X-A: b\0c\r\n\r\n${hidden}`],
  ])('by %s is refused, and the hidden one is not served', async (_name, rest) => {
    await start();
    const answer = await raw(`POST / HTTP/1.1\r\nHost: x\r\n${rest}`);
    expect(seen.map(({ rawPath }) => rawPath)).not.toContain('/hidden');
    expect(answer).toMatch(/^(HTTP\/1\.1 400 |$)/);
  });
});

describe('a body', () => {
  it('that never ends is cut off, and others are served meanwhile', async () => {
    await start({ silenceMs: 300 });
    const stuck = raw('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc', 10_000);
    const other = await send(server.host, server.port, {
      method: 'GET',
      target: '/',
      headers: [],
      body: Buffer.alloc(0),
    });
    expect(other.status).toBe(200);
    await stuck;
    expect(seen.map(({ method }) => method)).toEqual(['GET']);
  });

  it('that would grow when unpacked is never unpacked', async () => {
    await start();
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const answer = await send(server.host, server.port, {
      method: 'POST',
      target: '/',
      headers: [['Content-Encoding', 'gzip']],
      body: bomb,
    });
    expect(answer.status).toBe(200);
    expect(seen[0]?.body.byteLength).toBe(bomb.length);
  });
});

describe('a flood of', () => {
  const post = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
  it.each([
    ['header values', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`, 431],
    ['a path', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['trailers', `${post}0\r\n${'a: b\r\n'.repeat(20_000)}\r\n`, 431],
    ['chunk extensions', `${post}1;${'a'.repeat(100_000)}\r\nb\r\n0\r\n\r\n`, 400],
    ['chunk size', `${post}${'F'.repeat(40)}\r\nabc`, 400],
    ['length', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1099511627776\r\n\r\nabc`, 413],
    ['another protocol', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000', 400],
  ])('%s is refused, and reaches no function', async (_what, text, status) => {
    await start();
    expect(await raw(text, 2_000)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(seen).toEqual([]);
  });

  it('small chunks is one body', async () => {
    await start();
    await raw(`${post}${'1\r\na\r\n'.repeat(20_000)}0\r\n\r\n`);
    expect(seen.map(({ body }) => body.byteLength)).toEqual([20_000]);
  });

  it('requests on one connection is answered one by one, in their order', async () => {
    await start();
    const paths = Array.from({ length: 100 }, (_, index) => `/${index}`);
    const answers = await raw(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
    expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(100);
    expect(seen.map(({ rawPath }) => rawPath)).toEqual(paths);
  });
});

describe('clients that are suddenly gone', () => {
  const gone = (text: string): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(server.port, server.host, () => {
        socket.write(text, () => socket.resetAndDestroy());
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
  const get = (): Promise<{ status: number }> =>
    send(server.host, server.port, { method: 'GET', target: '/', headers: [], body: Buffer.alloc(0) });

  it('within their bodies or before their answers leave no trace', async () => {
    await start();
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n';
    await Promise.all(Array.from({ length: 100 }, () => gone(head + 'a'.repeat(1_000))));
    expect(seen).toEqual([]);
    await Promise.all(Array.from({ length: 100 }, () => gone('GET / HTTP/1.1\r\nHost: x\r\n\r\n')));
    expect((await get()).status).toBe(200);
  });

  it('give back the memory that their bodies took', async () => {
    await start();
    const megabytes = 9;
    const head = `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n`;
    const body = 'a'.repeat(megabytes * 1024 * 1024);
    // Together more than all bodies may take at once.
    for (let round = 0; round < 4; round += 1) await Promise.all(Array.from({ length: 10 }, () => gone(head + body)));
    const answer = await send(server.host, server.port, {
      method: 'POST',
      target: '/',
      headers: [],
      body: Buffer.from(body),
    });
    expect(answer.status).toBe(200);
  });
});

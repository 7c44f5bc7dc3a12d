import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { RestIntegration } from '../../../src/api/definition.ts';
import { restApi, textOf, valuesOf } from '../../harness/rest-call.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function backend(respond: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  return listening(createServer({ keepAliveTimeout: 1 }, respond));
}

function proxyTo(uri: string, more: Partial<RestIntegration> = {}, path = '/{p+}') {
  const integration = { type: 'HTTP_PROXY', uri, httpMethod: 'ANY', ...more } as RestIntegration;
  return restApi({ routes: [{ method: 'ANY', path, integration }] });
}

describe('an HTTP integration', () => {
  it('answers 504 for an endpoint that refuses the connection, and says so', async () => {
    const answer = await proxyTo('http://127.0.0.1:1/').call({ path: '/dev/a' });
    expect([answer.status, textOf(answer)]).toEqual([504, '{"message":"Network error communicating with endpoint"}']);
  });

  it.each(['http:///x', 'ftp://a/b', 'nonsense', 'http://a b/c', 'http://:80/'])(
    'answers 500 for the address %s',
    async (uri) => {
      expect((await proxyTo(uri).call({ path: '/dev/a' })).status).toBe(500);
    },
  );

  it('answers 5xx for an endpoint that speaks no HTTP or hangs up', async () => {
    const noise = await listening(
      createTcpServer(
        (socket) =>
          void socket
            .on('error', () => {})
            .resume()
            .end('hello\r\n\r\n'),
      ),
    );
    expect((await proxyTo(noise).call({ path: '/dev/a' })).status).toBeGreaterThanOrEqual(500);
    const mute = await listening(createTcpServer((socket) => socket.on('error', () => {}).destroy()));
    expect((await proxyTo(mute).call({ path: '/dev/a' })).status).toBe(504);
  });

  it('stops reading an answer that is larger than 10 MB', async () => {
    const uri = await backend((_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024);
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', write);
      write();
    });
    expect((await proxyTo(uri).call({ path: '/dev/a' })).status).toBe(500);
  });

  it('also counts a body that trickles against the time limit', async () => {
    const uri = await backend((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const answer = await proxyTo(uri, { timeoutInMillis: 150 }).call({ path: '/dev/a' });
    expect([answer.status, textOf(answer)]).toEqual([504, '{"message":"Endpoint request timed out"}']);
  });

  it('keeps a query value inside its place in the path', async () => {
    const uri = await backend((request, response) => response.end(request.url));
    const requestParameters = { 'integration.request.path.x': 'method.request.querystring.x' };
    const api = proxyTo(`${uri}/a/{x}/b`, { requestParameters });
    expect(textOf(await api.call({ path: '/dev/a', query: 'x=1%3Fq%23f%20%C3%A9%0D%0A' }))).toBe(
      '/a/1%3Fq%23f%20%C3%A9%0D%0A/b?x=1%3Fq%23f%20%C3%A9%0D%0A',
    );
  });

  it('never lets a mapped value begin a header at the endpoint', async () => {
    const uri = await backend((request, response) => response.end(JSON.stringify(request.headers)));
    const requestParameters = { 'integration.request.header.X-A': 'method.request.querystring.x' };
    const answer = await proxyTo(uri, { requestParameters }).call({ path: '/dev/a', query: 'x=1%0D%0AX-Evil:2' });
    expect(JSON.parse(textOf(answer))).toMatchObject({ 'x-a': '1 X-Evil:2' });
  });

  it('answers 500 for a mapped header that HTTP does not have', async () => {
    const uri = await backend((_request, response) => response.end());
    const requestParameters = { 'integration.request.header.X Y': "'1'" };
    expect((await proxyTo(uri, { requestParameters }).call({ path: '/dev/a' })).status).toBe(500);
  });

  it('passes an encoded answer on byte by byte', async () => {
    const bytes = Buffer.from([0x1f, 0x8b, 0xff, 0x00]);
    const uri = await backend((_request, response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(bytes);
    });
    const answer = await proxyTo(uri).call({ path: '/dev/a' });
    expect(Buffer.from(answer.body)).toEqual(bytes);
    expect(valuesOf(answer, 'content-encoding')).toEqual(['gzip']);
  });

  it('passes repeated headers on both ways', async () => {
    const uri = await backend((request, response) => {
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      response.end(String(request.headers['x-m']));
    });
    const headers = [
      ['X-M', '1'],
      ['X-M', '2'],
    ] as const;
    const answer = await proxyTo(uri).call({ path: '/dev/a', headers });
    expect(textOf(answer)).toBe('1, 2');
    expect(valuesOf(answer, 'set-cookie')).toEqual(['a=1', 'b=2']);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { signatureHeaders } from '../../../src/gateway/authorizers/sigv4.ts';
import type { GatewayAnswer, HeaderList } from '../../../src/gateway/exchange.ts';
import type { LocalCredential } from '../../../src/gateway/gateway.ts';
import { requestOf } from '../http/http-harness.ts';
import { ok, pause, route, socketApi, type TestSocketApi, type TestSocketOptions } from './websocket-harness.ts';

let open: TestSocketApi[] = [];
afterEach(async () => {
  await Promise.all(open.map((api) => api.close()));
  open = [];
});
const chatApi = async (extra: TestSocketOptions = {}): Promise<TestSocketApi> => {
  const api = await socketApi({
    functions: { con: ok, dis: ok },
    routes: [route('$connect', 'con'), route('$disconnect', 'dis')],
    ...extra,
  });
  open.push(api);
  return api;
};
const call = (
  api: TestSocketApi,
  line: string,
  body: string | Uint8Array = '',
  headers: HeaderList = [],
): Promise<GatewayAnswer> => api.handler.handle({ ...requestOf(line, headers, body), receivedAt: Date.now() });
const header = (answer: GatewayAnswer, name: string): string | undefined =>
  answer.headers.find(([key]) => key.toLowerCase() === name)?.[1];

describe('@connections', () => {
  it('sends text to a client, by encoded path or not', async () => {
    const api = await chatApi();
    const client = await api.connect();
    const { connectionId } = (await api.called('con')).requestContext;
    expect((await call(api, `POST /dev/@connections/${connectionId}`, 'hello')).status).toBe(200);
    expect(await client.frame()).toBe('hello');
    const encoded = `/dev/%40connections/${encodeURIComponent(connectionId)}`;
    expect((await call(api, `POST ${encoded}`, new Uint8Array([0xc3, 0xa9, 0xff]))).status).toBe(200);
    expect(await client.frame()).toBe('é\uFFFD');
  });

  it('tells who is connected since when', async () => {
    const api = await chatApi();
    const client = await api.connect({ headers: { 'User-Agent': 'ua/1' } });
    const { connectionId, connectedAt } = (await api.called('con')).requestContext;
    const read = async (): Promise<Record<string, string>> =>
      JSON.parse(Buffer.from((await call(api, `GET /dev/@connections/${connectionId}`)).body).toString());
    const before = await read();
    expect(before).toEqual({
      connectedAt: new Date(Number(connectedAt)).toISOString(),
      identity: { sourceIp: '127.0.0.1', userAgent: 'ua/1' },
      lastActiveAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    await pause(10);
    client.socket.ping();
    await pause(30);
    expect(Date.parse((await read())['lastActiveAt'] ?? '')).toBeGreaterThan(Date.parse(before['lastActiveAt'] ?? ''));
  });

  it('ends a connection, which $disconnect is told', async () => {
    const api = await chatApi();
    const client = await api.connect();
    const { connectionId } = (await api.called('con')).requestContext;
    const answer = await call(api, `DELETE /dev/@connections/${connectionId}`);
    expect([answer.status, answer.body.byteLength]).toEqual([204, 0]);
    expect(await client.closed()).toBe(1000);
    expect((await api.called('dis')).requestContext).toMatchObject({ disconnectStatusCode: 1000, connectionId });
    for (const method of ['POST', 'GET', 'DELETE']) {
      const gone = await call(api, `${method} /dev/@connections/${connectionId}`);
      expect([gone.status, header(gone, 'x-amzn-errortype')]).toEqual([410, 'GoneException']);
    }
  });

  it('finds nobody while $connect is still deciding', async () => {
    const seen: number[] = [];
    const api = await chatApi({
      functions: {
        con: async (event) => {
          seen.push((await call(api, `POST /dev/@connections/${event.requestContext.connectionId}`, 'early')).status);
          return ok();
        },
      },
    });
    await api.connect();
    expect(seen).toEqual([410]);
  });

  it('takes 128 KB and no more', async () => {
    const api = await chatApi();
    const client = await api.connect();
    const { connectionId } = (await api.called('con')).requestContext;
    expect((await call(api, `POST /dev/@connections/${connectionId}`, 'x'.repeat(131_072))).status).toBe(200);
    expect(await client.frame()).toHaveLength(131_072);
    const large = await call(api, `POST /dev/@connections/${connectionId}`, 'x'.repeat(131_073));
    expect([large.status, header(large, 'x-amzn-errortype')]).toEqual([413, 'PayloadTooLargeException']);
    expect((await api.handler.tooLarge?.(requestOf('POST /dev/@connections/x')))?.status).toBe(413);
  });

  it('holds no more for a client that does not read than its bound', async () => {
    const api = await chatApi({ limits: { unsentBytes: 100_000 } });
    const client = await api.connect();
    client.socket.pause();
    const { connectionId } = (await api.called('con')).requestContext;
    let answer = await call(api, `POST /dev/@connections/${connectionId}`, 'x');
    for (let sent = 0; sent < 500 && answer.status === 200; sent += 1) {
      answer = await call(api, `POST /dev/@connections/${connectionId}`, 'x'.repeat(131_072));
    }
    expect([answer.status, header(answer, 'x-amzn-errortype')]).toEqual([429, 'LimitExceededException']);
  });

  it.each([
    ['PUT /dev/@connections/x', 403],
    ['GET /dev/@connections/x', 410],
    ['GET /dev/@connections/', 426],
    ['GET /dev/@connections', 426],
    ['GET /prod/@connections/x', 426],
    ['GET /dev/@connections/x/y', 426],
  ])('answers %s with %s', async (line, status) => {
    expect((await call(await chatApi(), line)).status).toBe(status);
  });
});

describe('@connections with signatures', () => {
  const credential: LocalCredential = {
    accessKeyId: 'AKIDLOCAL',
    secretAccessKey: 'secret',
    userArn: 'arn:aws:iam::123456789012:user/local',
  };
  const host = 'shop.localhost:3000';
  const signed = (path: string, body: string, secretAccessKey = 'secret'): HeaderList =>
    signatureHeaders(
      {
        method: 'POST',
        path,
        query: '',
        headers: [['Host', host]],
        body: Buffer.from(body),
        service: 'execute-api',
        region: 'eu-west-1',
      },
      { ...credential, secretAccessKey },
      Date.now(),
    );

  it('serves signed calls alone unless told otherwise', async () => {
    const api = await chatApi({ environment: { credentials: [credential], unsignedConnections: false } });
    const client = await api.connect();
    const { connectionId } = (await api.called('con')).requestContext;
    const path = `/dev/%40connections/${encodeURIComponent(connectionId)}`;
    expect((await call(api, `POST ${path}`, 'hi', signed(path, 'hi'))).status).toBe(200);
    expect(await client.frame()).toBe('hi');
    const cases: [HeaderList, string][] = [
      [[], 'MissingAuthenticationTokenException'],
      [[['Authorization', 'Bearer x']], 'IncompleteSignatureException'],
      [signed(path, 'hi', 'wrong'), 'InvalidSignatureException'],
      [signed(path, 'other'), 'InvalidSignatureException'],
      [signed('/dev/@connections/other', 'hi'), 'InvalidSignatureException'],
    ];
    for (const [headers, errorType] of cases) {
      const answer = await call(api, `POST ${path}`, 'hi', headers);
      expect([answer.status, header(answer, 'x-amzn-errortype')]).toEqual([403, errorType]);
    }
  });
});

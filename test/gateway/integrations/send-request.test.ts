import { createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type OutgoingRequest, sendRequest } from '../../../src/gateway/integrations/send-request.ts';
import { type Backend, startBackend } from '../backend.ts';

const open: Backend[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((backend) => backend.close()));
});
const backend = async (...given: Parameters<typeof startBackend>): Promise<Backend> => {
  const started = await startBackend(...given);
  open.push(started);
  return started;
};
const send = (uri: string, more: Partial<OutgoingRequest> = {}) =>
  sendRequest({
    method: 'GET',
    uri,
    headers: [],
    body: new Uint8Array(0),
    timeoutMs: 5000,
    signal: new AbortController().signal,
    ...more,
  });

describe('a request to a backend', () => {
  it('keeps case, order and duplicates of headers both ways', async () => {
    const be = await backend((_request, response) => {
      response.writeHead(207, ['X-Answer', '1', 'x-answer', '2']);
      response.end('ok');
    });
    const headers = [
      ['X-Case', '1'],
      ['x-case', '2'],
      ['Connection', 'upgrade'],
      ['Content-Length', '99'],
    ] as const;
    const outcome = await send(be.url, { method: 'POST', headers, body: Buffer.from('body') });
    expect(be.requests[0]?.rawHeaders.slice(0, 4)).toEqual(['X-Case', '1', 'x-case', '2']);
    expect(be.requests[0]).toMatchObject({
      body: 'body',
      headers: { host: be.host, 'content-length': '4', connection: 'close' },
    });
    if (outcome.type !== 'answer') throw new Error(outcome.reason);
    expect([outcome.answer.status, Buffer.from(outcome.answer.body).toString()]).toEqual([207, 'ok']);
    expect(outcome.answer.headers.slice(0, 2)).toEqual([
      ['X-Answer', '1'],
      ['x-answer', '2'],
    ]);
  });

  it('sends path and query as they are written, escaping only what no request line may hold', async () => {
    const be = await backend();
    await send(`http://user:secret@${be.host}/a/../b%2f/é?x=[1]&y=%zz#part`, { headers: [['Host', 'shop.example']] });
    expect(be.requests[0]?.target).toBe('/a/../b%2f/%C3%A9?x=[1]&y=%zz');
    expect(be.requests[0]?.headers).toMatchObject({ host: 'shop.example' });
    expect(be.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('passes a UTF-8 header on byte by byte, and sends other text as UTF-8 on one line', async () => {
    const be = await backend();
    const received = Buffer.from('grün €', 'utf8').toString('latin1');
    await send(be.url, {
      headers: [
        ['X-Received', received],
        ['X-Mapped', 'grün'],
        ['X-Wide', '€'],
        ['X-Lines', 'a\r\nX-Evil: b'],
      ],
    });
    const bytesOf = (name: string) => Buffer.from(String(be.requests[0]?.headers[name]), 'latin1').toString('utf8');
    expect(['x-received', 'x-mapped', 'x-wide', 'x-lines'].map(bytesOf)).toEqual([
      'grün €',
      'grün',
      '€',
      'a X-Evil: b',
    ]);
  });

  it('does not follow a redirect', async () => {
    const be = await backend((_request, response) => response.writeHead(302, { Location: '/elsewhere' }).end());
    const outcome = await send(be.url);
    expect([outcome.type === 'answer' && outcome.answer.status, be.requests.length]).toEqual([302, 1]);
  });

  it('says of each way to fail which it is', async () => {
    const be = await backend();
    const mute = await listening(createTcpServer((socket) => socket.on('error', () => {}).destroy()));
    const outcomes = [
      send('ftp://127.0.0.1/'),
      send('http://:80/'),
      send(be.url, { headers: [['X Y', '1']] }),
      send('http://127.0.0.1:1/'),
      send(mute),
      send(be.url.replace('http:', 'https:')),
    ];
    expect((await Promise.all(outcomes)).map((outcome) => outcome.type)).toEqual([
      'unusable',
      'unusable',
      'unusable',
      'unreachable',
      'unreachable',
      'failed',
    ]);
  });

  it('ends when the time is over, also in the midst of an answer', async () => {
    const be = await backend((_request, response) => void response.write('x'));
    expect(await send(be.url, { timeoutMs: 60 })).toEqual({
      type: 'timeout',
      reason: 'gave no answer within 60 ms',
    });
  });

  it('reads 10 MB and not a byte more', async () => {
    const limit = 10 * 1024 * 1024;
    const be = await backend((request, response) =>
      response.end(Buffer.alloc(limit + Number(request.target.slice(1)))),
    );
    expect((await Promise.all([send(`${be.url}/0`), send(`${be.url}/1`)])).map(({ type }) => type)).toEqual([
      'answer',
      'too-large',
    ]);
  });

  it('is given up when the client goes', async () => {
    const client = new AbortController();
    let closed = (): void => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const be = await backend((_request, response) => {
      response.once('close', closed);
      client.abort();
    });
    expect((await send(be.url, { signal: client.signal })).type).toBe('failed');
    await gone;
  });
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  open.push({ url: '', host: '', requests: [], close: () => new Promise((resolve) => server.close(() => resolve())) });
  return `http://127.0.0.1:${port}/`;
}

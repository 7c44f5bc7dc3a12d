// Routes that want a signature of AWS, under a started `apigen dev`: signed as the SDK signs, by the local access key,
// by others, too early, too late, for something else and not at all.

import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { presigned, type Signing, signedHeaders } from '../../harness/sign-request.ts';
import { type ProtectedDev, protectedDev } from './protected-dev.ts';

let dev: ProtectedDev;
beforeAll(async () => {
  dev = await protectedDev();
});
afterAll(() => dev.end());

const MINUTE = 60_000;
const past = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE);
const caller = { accessKey: 'AKIAAPIGENLOCAL00000', userArn: 'arn:aws:iam::000000000000:user/local' };

/** Each with what a REST API says of it. */
const WRONG: readonly [string, Signing, string, RegExp][] = [
  ['by another secret', { secretAccessKey: 'guessed' }, 'InvalidSignatureException', /does not match/],
  ['by an unknown key', { accessKeyId: 'AKIAOFSOMEBODYELSE00' }, 'UnrecognizedClientException', /token .* is invalid/],
  ['with a session it has not', { sessionToken: 'x' }, 'UnrecognizedClientException', /token .* is invalid/],
  ['20 minutes ago', { at: past(20) }, 'InvalidSignatureException', /expired/],
  ['20 minutes ahead', { at: past(-20) }, 'InvalidSignatureException', /./],
  ['for another region', { region: 'us-east-1' }, 'InvalidSignatureException', /scoped to correct/],
  ['for another service', { service: 'lambda' }, 'InvalidSignatureException', /scoped to correct/],
];

async function ask(api: string, path: string, signing: Signing = {}) {
  const headers = await signedHeaders(dev.url(api) + path, signing);
  return dev.get(api, path, headers);
}

describe('a signed request', () => {
  it('to a REST API is let in, by its headers or its query, and the function knows who it was', async () => {
    const identity = { ...caller, accountId: '000000000000' };
    expect(await ask('partner', '/signed?b=2&a=x%20y')).toMatchObject({ status: 200, body: { identity } });
    const address = await presigned(`${dev.url('partner')}/signed?b=2`, { expiresIn: 60 });
    expect((await fetch(address)).status).toBe(200);
    expect((await ask('partner', '/signed', { at: past(10) })).status).toBe(200);
  });

  it('to an HTTP API is let in likewise', async () => {
    expect(await ask('web', '/signed')).toMatchObject({
      status: 200,
      body: { authorizer: { iam: { accountId: '000000000000', ...caller } } },
    });
    expect((await fetch(await presigned(`${dev.url('web')}/signed?a=1`))).status).toBe(200);
  });

  it.each(WRONG)('that was signed %s is refused', async (_, signing, type, words) => {
    const rest = await ask('partner', '/signed', signing);
    expect([rest.status, rest.headers.get('x-amzn-errortype'), rest.body]).toEqual([
      403,
      type,
      { message: expect.stringMatching(words) },
    ]);
    expect(await ask('web', '/signed', signing)).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
  });

  it('does not open another path, another method, another query, another body', async () => {
    const url = `${dev.url('web')}/signed`;
    const signing = { method: 'POST', body: '{"sum":1}', headers: { 'content-type': 'application/json' } };
    const headers = await signedHeaders(url, signing);
    const send = async (address: string, init: RequestInit): Promise<number> =>
      (await fetch(address, { method: 'POST', headers, body: signing.body, ...init })).status;
    expect(await send(url, {})).toBe(200);
    expect(await send(`${url}?admin=1`, {})).toBe(403);
    expect(await send(url, { body: '{"sum":9}' })).toBe(403);
    expect(await send(url, { method: 'GET', body: null })).toBe(403);
    // Nor does a hash that the caller made fit by itself.
    const claimed = { ...headers, 'x-amz-content-sha256': headers['x-amz-content-sha256'] ?? '' };
    expect(await send(url, { headers: claimed, body: '{"sum":9}' })).toBe(403);
    const elsewhere = await signedHeaders(`${dev.url('partner')}/other`);
    expect((await dev.get('partner', '/signed', elsewhere)).status).toBe(403);
  });

  it('in the query holds as long as it says, and no longer', async () => {
    for (const api of ['partner', 'web']) {
      const url = `${dev.url(api)}/signed`;
      expect((await fetch(await presigned(url, { at: past(30), expiresIn: 3_600 }))).status).toBe(200);
      expect((await fetch(await presigned(url, { at: past(2), expiresIn: 60 }))).status).toBe(403);
      const longer = (await presigned(url, { expiresIn: 60 })).replace('X-Amz-Expires=60', 'X-Amz-Expires=600');
      expect((await fetch(longer)).status).toBe(403);
    }
  });
});

describe('a request without a signature', () => {
  it('is refused in the words of its API', async () => {
    const rest = await dev.get('partner', '/signed');
    expect(rest).toMatchObject({ status: 403, body: { message: 'Missing Authentication Token' } });
    expect(rest.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(await dev.get('web', '/signed')).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
  });

  it('is refused with something else in Authorization, a token among it', async () => {
    const token = await dev.token('--auth', 'clients');
    const rest = await dev.as(`Bearer ${token}`, 'partner', '/signed');
    expect(rest.status).toBe(403);
    expect(rest.headers.get('x-amzn-errortype')).toBe('IncompleteSignatureException');
    expect((await dev.as(`Bearer ${token}`, 'web', '/signed')).status).toBe(403);
    const cut = { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAAPIGENLOCAL00000/x, SignedHeaders=host' };
    expect((await dev.get('partner', '/signed', cut)).headers.get('x-amzn-errortype')).toBe(
      'IncompleteSignatureException',
    );
  });
});

describe('a handshake of a WebSocket API', () => {
  const httpUrl = (): string => dev.url('signed').replace(/^ws/, 'http');

  it('is let in with a signature, and its messages come with who it was', async () => {
    const headers = await signedHeaders(httpUrl());
    const address = (await presigned(httpUrl())).replace(/^http/, 'ws');
    for (const open of [() => new WebSocket(dev.url('signed'), { headers }), () => new WebSocket(address)]) {
      const socket = open();
      await once(socket, 'open');
      socket.send('who am I');
      const [message] = await once(socket, 'message');
      expect(JSON.parse(String(message))).toMatchObject({ identity: caller });
      socket.close();
    }
  });

  it.each([['not at all', undefined], ...WRONG.map(([how, signing]) => [how, signing] as const)])(
    'signed %s is refused',
    async (_, signing) => {
      const headers = signing === undefined ? {} : await signedHeaders(httpUrl(), signing);
      const [, response] = await once(new WebSocket(dev.url('signed'), { headers }), 'unexpected-response');
      expect(response.statusCode).toBe(403);
    },
  );
});

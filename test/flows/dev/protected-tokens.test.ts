// Routes that want tokens, under a started `apigen dev`: what `apigen dev token` mints, and everything that is not it.

import { createHmac, createPublicKey, createSign, generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../../harness/cli.ts';
import { temporaryProject } from '../../harness/temporary-project.ts';
import { type ProtectedDev, protectedDev } from './protected-dev.ts';

let dev: ProtectedDev;
beforeAll(async () => {
  dev = await protectedDev();
});
afterAll(() => dev.end());

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const REFUSED = { status: 401, body: { message: 'Unauthorized' } };

describe('a route of an HTTP API behind a JWT authorizer', () => {
  const clients = (...args: readonly string[]): Promise<string> => dev.token('--auth', 'clients', ...args);

  it('is open to a token of its issuer and audience, with or without Bearer', async () => {
    const token = await clients('--sub', 'me');
    const open = await dev.as(`Bearer ${token}`, 'web', '/token');
    expect(open).toMatchObject({ status: 200, body: { authorizer: { jwt: { scopes: null } } } });
    expect(open.body).toMatchObject({
      authorizer: { jwt: { claims: { sub: 'me', iss: 'https://idp.example.com/', aud: 'shop' } } },
    });
    expect((await dev.as(token, 'web', '/token')).status).toBe(200);
    const other = await clients('--audience', 'other', '--audience', 'shop-admin');
    expect((await dev.as(`Bearer ${other}`, 'web', '/token')).status).toBe(200);
    const client = await dev.token('--issuer', 'https://idp.example.com/', '--claim', 'client_id=shop');
    expect((await dev.as(`Bearer ${client}`, 'web', '/token')).status).toBe(200);
  });

  it('asks for one of the scopes of the route', async () => {
    const token = await clients('--scope', 'products/read', '--scope', 'products/write');
    expect(await dev.as(`Bearer ${token}`, 'web', '/scoped')).toMatchObject({
      status: 200,
      body: { authorizer: { jwt: { scopes: ['products/read', 'products/write'] } } },
    });
    for (const args of [['--scope', 'products/read'], []]) {
      const refused = await dev.as(`Bearer ${await clients(...args)}`, 'web', '/scoped');
      expect(refused).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
      expect(refused.headers.get('www-authenticate')).toMatch(
        /^Bearer scope="products\/write products\/all" error="insufficient_scope"/,
      );
    }
  });

  it.each<[string, readonly string[]]>([
    ['has expired', ['--expires-in', '-1']],
    ['is not valid yet', ['--claim', 'nbf=99999999999']],
    ['was issued in the future', ['--claim', 'iat=99999999999', '--claim', 'exp=99999999999']],
    ['never expires', ['--claim', 'exp=null']],
    ['is for another audience', ['--audience', 'somebody-else']],
    ['has another issuer', ['--issuer', 'https://other.example.com/']],
    ['has another issuer by a slash', ['--issuer', 'https://idp.example.com', '--audience', 'shop']],
  ])('is closed to a token that %s', async (_, args) => {
    const refused = await dev.as(`Bearer ${await clients(...args)}`, 'web', '/token');
    expect(refused).toMatchObject(REFUSED);
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('is closed to what was tampered with, signed otherwise or not at all', async () => {
    const token = await clients('--sub', 'me', '--scope', 'products/read');
    const [header = '', payload = '', signature = ''] = token.split('.');
    const { kid } = headerOf(token);
    const claims = claimsOf(token);
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = await readFile(join(dev.root, '.apigen/dev/issuer-key.json'), 'utf8');
    const publicKey = createPublicKey({ key: JSON.parse(key), format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const hs256 = `${part({ alg: 'HS256', typ: 'JWT', kid })}.${payload}`;
    const byStranger = `${header}.${payload}`;
    const none = part({ alg: 'none', typ: 'JWT', kid });
    const bad = [
      `${header}.${part({ ...claims, sub: 'admin' })}.${signature}`,
      `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${none}.${payload}.`,
      `${none}.${payload}.${signature}`,
      `${part({ alg: 'None', kid })}.${payload}.`,
      `${hs256}.${createHmac('sha256', publicKey).update(hs256).digest('base64url')}`,
      `${byStranger}.${createSign('RSA-SHA256').update(byStranger).sign(stranger.privateKey, 'base64url')}`,
      `${part({ ...headerOf(token), kid: undefined })}.${payload}.${signature}`,
      '',
      'no token',
      'a.b.c',
    ];
    for (const one of bad) expect([one, await dev.as(`Bearer ${one}`, 'web', '/token')]).toMatchObject([one, REFUSED]);
  });

  it('is closed without a token, and says what it wants', async () => {
    for (const headers of [{}, { authorization: '' }] as Record<string, string>[]) {
      const refused = await dev.get('web', '/token', headers);
      expect(refused).toMatchObject(REFUSED);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('is closed to a key that its issuer cannot be asked about, and the terminal is told why', async () => {
    const token = await dev.token('--auth', 'unreachable');
    expect((await dev.as(`Bearer ${token}`, 'web', '/elsewhere')).status).toBe(200);
    const [, payload = '', signature = ''] = token.split('.');
    const foreign = `${part({ alg: 'RS256', kid: 'of-the-issuer' })}.${payload}.${signature}`;
    expect(await dev.as(`Bearer ${foreign}`, 'web', '/elsewhere')).toMatchObject(REFUSED);
    const why = /^GET \/elsewhere: the token was refused: .*https:\/\/127\.0\.0\.1:9\//;
    expect(dev.events()).toContainEqual({ type: 'note', text: expect.stringMatching(why) });
  });
});

describe('a route behind a Cognito user pool', () => {
  const customers = (...args: readonly string[]): Promise<string> => dev.token('--auth', 'customers', ...args);

  it('of a REST API takes ID tokens, whose claims come as text', async () => {
    const token = await customers(
      '--sub',
      'me',
      '--claim',
      'email=me@example.com',
      '--claim',
      'cognito:groups=["a","b"]',
    );
    const open = await dev.as(token, 'partner', '/id');
    expect(open).toMatchObject({
      status: 200,
      body: {
        authorizer: {
          claims: { sub: 'me', aud: 'client-1', token_use: 'id', email: 'me@example.com', 'cognito:groups': 'a,b' },
        },
      },
    });
    expect((await dev.as(`Bearer ${token}`, 'partner', '/id')).status).toBe(200);
  });

  it('of a REST API takes access tokens with one of its scopes where it names scopes', async () => {
    const open = await dev.as(await customers('--scope', 'orders/read'), 'partner', '/access');
    expect(open).toMatchObject({ status: 200, body: { authorizer: { claims: { client_id: 'client-1' } } } });
    for (const token of [await customers('--scope', 'orders/write'), await customers()]) {
      expect(await dev.as(token, 'partner', '/access')).toMatchObject(REFUSED);
    }
    expect(await dev.as(await customers('--scope', 'orders/read'), 'partner', '/id')).toMatchObject(REFUSED);
  });

  it('of a REST API is closed to tokens that are missing, expired, tampered with or of another pool', async () => {
    const token = await customers('--sub', 'me');
    const [header = '', , signature = ''] = token.split('.');
    const missing = await dev.get('partner', '/id');
    expect(missing).toMatchObject(REFUSED);
    expect(missing.headers.get('x-amzn-errortype')).toBe('UnauthorizedException');
    expect(await dev.as(await customers('--expires-in', '-1'), 'partner', '/id')).toMatchObject({
      status: 401,
      body: { message: 'The incoming token has expired' },
    });
    const forged = `${header}.${part({ ...claimsOf(token), sub: 'admin' })}.${signature}`;
    const another = await customers('--issuer', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other');
    for (const one of [forged, another, await dev.token('--auth', 'clients')]) {
      expect(await dev.as(one, 'partner', '/id')).toMatchObject(REFUSED);
    }
  });

  it('of an HTTP API takes tokens of its app client', async () => {
    for (const args of [[], ['--scope', 'orders/read']]) {
      expect((await dev.as(`Bearer ${await customers(...args)}`, 'web', '/customer')).status).toBe(200);
    }
    const other = await customers('--audience', 'client-2');
    expect(await dev.as(`Bearer ${other}`, 'web', '/customer')).toMatchObject(REFUSED);
  });
});

describe('apigen dev token', () => {
  it.each([
    [[], 'SEVERAL_AUTHORIZERS'],
    [['--auth', 'client'], 'UNKNOWN_AUTHORIZER'],
    [['--auth', 'toString'], 'UNKNOWN_AUTHORIZER'],
    [['--auth', 'door'], 'TAKES_NO_TOKEN'],
  ])('with %j names what can be chosen', async (args, code) => {
    const { code: exit, stdout } = await runCli(['dev', 'token', ...args, '--json'], { cwd: dev.root });
    const { error } = JSON.parse(stdout);
    expect([exit, error.code]).toEqual([2, code]);
    expect(error.hint).toContain('apigen dev token --');
  });

  it('needs no choice where one authorizer takes tokens', async () => {
    const project = await temporaryProject({
      'apigen.yml':
        'name: one\nregion: eu-west-1\nauth:\n  own: { lambda: src/a.handler }\n  pool: { cognito: { userPool: [eu-west-1_A1, eu-west-1_B2] } }\napis:\n  a: { type: rest, auth: pool, routes: { GET /: src/a.handler } }\n',
    });
    const { stdout } = await runCli(['dev', 'token', '--sub', 'me'], { cwd: project.root });
    expect(claimsOf(stdout)).toEqual({
      iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A1',
      sub: 'me',
      token_use: 'id',
      'cognito:username': 'me',
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
    await project.remove();
  });
});

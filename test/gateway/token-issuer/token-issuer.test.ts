import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createKeySource } from '../../../src/gateway/jwt/key-source.ts';
import { verifyToken } from '../../../src/gateway/jwt/verify-token.ts';
import { openTokenIssuer } from '../../../src/gateway/token-issuer/token-issuer.ts';

describe('the local token issuer', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apigen-issuer-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const issuer = 'http://127.0.0.1:4000/auth';

  it('mints tokens that its published key verifies', async () => {
    const tokens = await openTokenIssuer({ folder: join(folder, 'deep'), issuer });
    const token = await tokens.mint({
      subject: 'me',
      scopes: ['a', 'b/c'],
      audience: ['shop'],
      claims: { role: 'admin' },
    });
    const keys = tokens.keysBeside(createKeySource());
    const verdict = await verifyToken(token, { issuers: [issuer], audiences: ['shop'] }, keys, Date.now());
    expect(verdict).toMatchObject({
      valid: true,
      claims: { iss: issuer, sub: 'me', aud: 'shop', scope: 'a b/c', role: 'admin' },
    });
  });

  it('answers OpenID discovery and its keys below its own path, never the private key', async () => {
    const tokens = await openTokenIssuer({ folder, issuer });
    const discovery = tokens.answer('GET', '/auth/.well-known/openid-configuration');
    expect(JSON.parse(Buffer.from(discovery?.body ?? '').toString())).toMatchObject({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
    });
    const published = Buffer.from(tokens.answer('GET', '/auth/.well-known/jwks.json')?.body ?? '').toString();
    expect(Object.keys(JSON.parse(published).keys[0]).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect(tokens.answer('GET', '/products')).toBeUndefined();
    expect(tokens.answer('POST', '/auth/.well-known/jwks.json')).toBeUndefined();
  });

  it('keeps its key over restarts, in a file that only its owner reads', async () => {
    const first = await openTokenIssuer({ folder, issuer });
    const token = await first.mint({ subject: 'me' });
    const second = await openTokenIssuer({ folder, issuer });
    const verdict = await verifyToken(token, { issuers: [issuer] }, second.keysBeside(createKeySource()), Date.now());
    expect(verdict.valid).toBe(true);
    expect((await stat(join(folder, 'issuer-key.json'))).mode & 0o777).toBe(0o600);
  });

  it('has one key when opened by several at once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => openTokenIssuer({ folder, issuer })));
    const before = await readFile(join(folder, 'issuer-key.json'), 'utf8');
    await openTokenIssuer({ folder, issuer });
    expect(await readFile(join(folder, 'issuer-key.json'), 'utf8')).toBe(before);
  });

  it('can stand in for another issuer', async () => {
    const tokens = await openTokenIssuer({ folder, issuer });
    const token = await tokens.mint({ subject: 'me', issuer: 'https://idp.example/' });
    const keys = tokens.keysBeside(createKeySource());
    expect((await verifyToken(token, { issuers: ['https://idp.example/'] }, keys, Date.now())).valid).toBe(true);
    expect((await verifyToken(token, { issuers: [issuer] }, keys, Date.now())).valid).toBe(false);
  });

  it('says which file is broken', async () => {
    await writeFile(join(folder, 'issuer-key.json'), '{"kty":"oct"}');
    await expect(openTokenIssuer({ folder, issuer })).rejects.toMatchObject({
      code: 'TOKEN_KEY_BROKEN',
      summary: expect.stringContaining('issuer-key.json'),
    });
  });

  it.each([
    [{ subject: '' }],
    [{ subject: 'me', scopes: ['a b'] }],
    [{ subject: 'me', scopes: [''] }],
    [{ subject: 'me', expiresInSeconds: 1.5 }],
  ])('refuses %j', async (request) => {
    const tokens = await openTokenIssuer({ folder, issuer });
    await expect(tokens.mint(request)).rejects.toMatchObject({ code: 'INVALID_TOKEN_REQUEST' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { createKeySource, type KeySource } from '../../../src/gateway/jwt/key-source.ts';
import { verifyCognitoToken } from '../../../src/gateway/jwt/verify-cognito-token.ts';
import { type TokenVerdict, verifyToken } from '../../../src/gateway/jwt/verify-token.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';

let provider: IdentityProvider;
let keys: KeySource;
beforeAll(async () => {
  provider = await startIdentityProvider();
  keys = createKeySource();
});
afterAll(() => provider.close());

function verify(token: string, audiences: readonly string[] = ['shop']): Promise<TokenVerdict> {
  return verifyToken(token, { issuers: [provider.issuer], audiences }, keys, Date.now());
}

async function faultOf(token: string | Promise<string>, audiences?: readonly string[]): Promise<string | undefined> {
  const verdict = await verify(await token, audiences);
  return verdict.valid ? undefined : verdict.fault;
}

const now = (): number => Math.floor(Date.now() / 1000);

describe('a token for a JWT authorizer', () => {
  it('passes with its claims when signature and claims hold', async () => {
    const verdict = await verify(await provider.token({ email: 'a@b.example' }));
    expect(verdict).toMatchObject({ valid: true, claims: { sub: 'u-1', email: 'a@b.example' } });
  });

  it.each(['RS256', 'RS384', 'RS512'])('may be signed with %s', async (alg) => {
    expect(await faultOf(provider.token({}, { alg }))).toBeUndefined();
  });

  it('is refused when another key signed it under the published id', async () => {
    expect(await faultOf(provider.forge())).toBe('signature');
  });

  it('is refused when its claims were changed after signing', async () => {
    const [header, , signature] = (await provider.token()).split('.');
    const claims = Buffer.from(JSON.stringify({ iss: provider.issuer, aud: 'shop', exp: now() + 60 }));
    expect(await faultOf(`${header}.${claims.toString('base64url')}.${signature}`)).toBe('signature');
  });

  it('is refused unsigned, signed with a shared secret, or with an elliptic curve', async () => {
    const claims = { iss: provider.issuer, aud: 'shop', exp: now() + 60 };
    expect(await faultOf(new UnsecuredJWT(claims).encode())).toBe('algorithm');
    const secret = new TextEncoder().encode('a secret of at least 32 bytes, known to all');
    const shared = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(secret);
    expect(await faultOf(shared)).toBe('algorithm');
    const { privateKey } = await generateKeyPair('ES256');
    const elliptic = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'key-1' }).sign(privateKey);
    expect(await faultOf(elliptic)).toBe('algorithm');
  });

  it('is refused without a key id, or with one that nobody publishes', async () => {
    expect(await faultOf(provider.token({}, { kid: undefined }))).toBe('unknown-key');
    expect(await faultOf(provider.token({}, { kid: 'else' }))).toBe('unknown-key');
  });

  it.each([
    ['expired now', { exp: Math.floor(Date.now() / 1000) }, 'expired'],
    ['without expiry', { exp: undefined }, 'expired'],
    ['with an expiry that is text', { exp: '9999999999' }, 'expired'],
    ['not valid yet', { nbf: 9_999_999_999 }, 'not-yet-valid'],
    ['issued in the future', { iat: 9_999_999_999 }, 'not-yet-valid'],
    ['from another issuer', { iss: 'https://else.example' }, 'issuer'],
    ['without issuer', { iss: undefined }, 'issuer'],
    ['for another audience', { aud: 'else' }, 'audience'],
    ['without audience', { aud: undefined }, 'audience'],
    ['for another audience although client_id fits', { aud: 'else', client_id: 'shop' }, 'audience'],
  ])('is refused %s', async (_what, claims, fault) => {
    expect(await faultOf(provider.token(claims))).toBe(fault);
  });

  it('may name its audience in a list, or as client_id when it has no aud', async () => {
    expect(await faultOf(provider.token({ aud: ['else', 'shop'] }))).toBeUndefined();
    expect(await faultOf(provider.token({ aud: undefined, client_id: 'shop' }))).toBeUndefined();
  });

  it('needs the issuer to the letter, a trailing slash included', async () => {
    expect(await faultOf(provider.token({ iss: `${provider.issuer}/` }))).toBe('issuer');
  });

  it.each(['', 'abc', 'a.b.c', 'a.b.c.d', '..', 'é.é.é', 'Bearer x'])(
    'is refused when it is no token: %j',
    async (text) => {
      expect(await faultOf(text)).toBe('malformed');
    },
  );

  it('is refused when the keys cannot be had', async () => {
    const verdict = await verifyToken(
      await provider.token({ iss: 'http://127.0.0.1:9' }),
      { issuers: ['http://127.0.0.1:9'], audiences: ['shop'] },
      keys,
      Date.now(),
    );
    expect(verdict).toMatchObject({ valid: false, fault: 'keys-unavailable' });
  });
});

describe('a Cognito token', () => {
  const check = async (
    claims: Record<string, unknown>,
    scopes: readonly string[] = [],
    prefix = '',
  ): Promise<unknown> => {
    const token = `${prefix}${await provider.token(claims)}`;
    const verdict = await verifyCognitoToken(token, { issuers: [provider.issuer], scopes }, keys, Date.now());
    return verdict.valid ? 'valid' : verdict.fault;
  };

  it('is an ID token where no scopes are wanted, with or without Bearer', async () => {
    expect(await check({ token_use: 'id' })).toBe('valid');
    expect(await check({ token_use: 'id' }, [], 'Bearer ')).toBe('valid');
    expect(await check({ token_use: 'access' })).toBe('token-use');
    expect(await check({})).toBe('token-use');
  });

  it('is an access token with one of the scopes where scopes are wanted', async () => {
    expect(await check({ token_use: 'access', scope: 'openid shop/read' }, ['shop/read', 'shop/write'])).toBe('valid');
    expect(await check({ token_use: 'access', scope: 'openid' }, ['shop/read'])).toBe('scope');
    expect(await check({ token_use: 'id', scope: 'shop/read' }, ['shop/read'])).toBe('token-use');
  });

  it('tells an expired token apart', async () => {
    expect(await check({ token_use: 'id', exp: now() - 60 })).toBe('expired');
  });
});

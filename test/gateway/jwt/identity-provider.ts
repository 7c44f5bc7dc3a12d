// An identity provider over HTTP for these tests: it counts what is fetched, can rotate its key, and can misbehave.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';

export interface IdentityProvider {
  readonly issuer: string;
  /** How often the JWKS was fetched. */
  fetches(): number;
  /** Publishes a new key instead of the old one, under a new id. */
  rotate(): Promise<void>;
  /** Answers of this kind from now on. */
  behave(as: 'well' | 'error' | 'silent' | 'huge' | 'without-jwks-uri'): void;
  /** Signs with the present key; `header` and `claims` win over what a good token has. */
  token(claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
  /** Signs with a key that nobody publishes, under the published id. */
  forge(claims?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

// A CryptoKey knows one digest.
async function forDigest(key: CryptoKey, algorithm: unknown): Promise<CryptoKey> {
  if (typeof algorithm !== 'string' || algorithm === 'RS256') return key;
  return (await importJWK({ ...(await exportJWK(key)), alg: algorithm }, algorithm)) as CryptoKey;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  let generation = 1;
  let key = await generateKeyPair('RS256', { extractable: true });
  const other = await generateKeyPair('RS256');
  let behaviour = 'well';
  let fetches = 0;
  const server = createServer(async (request, response) => {
    const issuer = `http://${request.headers.host}`;
    if (behaviour === 'silent') return;
    if (behaviour === 'error') return void response.writeHead(500).end();
    if (behaviour === 'huge') return void response.end(' '.repeat(200_000));
    if (request.url === '/.well-known/openid-configuration') {
      return void response.end(
        JSON.stringify(behaviour === 'without-jwks-uri' ? { issuer } : { issuer, jwks_uri: `${issuer}/odd/keys` }),
      );
    }
    fetches += 1;
    const published = { ...(await exportJWK(key.publicKey)), kid: `key-${generation}`, alg: 'RS256', use: 'sig' };
    const broken = { kty: 'RSA', kid: 'broken', e: 'AQAB' };
    response.end(JSON.stringify({ keys: [{ kty: 'EC', kid: 'ec' }, broken, published, null] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const now = (): number => Math.floor(Date.now() / 1000);
  const sign = (with_: CryptoKey, claims: Record<string, unknown>, header: Record<string, unknown>): Promise<string> =>
    new SignJWT({ iss: issuer, sub: 'u-1', aud: 'shop', iat: now() - 5, exp: now() + 600, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: `key-${generation}`, ...header })
      .sign(with_);
  return {
    issuer,
    fetches: () => fetches,
    rotate: async () => {
      key = await generateKeyPair('RS256', { extractable: true });
      generation += 1;
    },
    behave: (as) => {
      behaviour = as;
    },
    token: async (claims = {}, header = {}) => sign(await forDigest(key.privateKey, header['alg']), claims, header),
    forge: (claims = {}) => sign(other.privateKey, claims, {}),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

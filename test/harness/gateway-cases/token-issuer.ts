// A local identity provider: publishes one RSA key over HTTP and signs a case's tokens, with that key or with others.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { Json, TokenSpec } from './case-format.ts';

export interface TokenIssuer {
  /** `http://127.0.0.1:4712`. */
  readonly issuer: string;
  sign(token: TokenSpec): Promise<string>;
  close(): Promise<void>;
}

const PUBLISHED = 'case-key';

interface IssuerKeys {
  readonly published: CryptoKeyPair;
  readonly unknown: CryptoKeyPair;
  readonly elliptic: CryptoKeyPair;
}

type CryptoKeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** Starts the issuer. Its keys live as long as it does, and are made when a token first needs them. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  let made: Promise<IssuerKeys> | undefined;
  const keys = (): Promise<IssuerKeys> => {
    made ??= makeKeys();
    return made;
  };
  const server = createServer((request, response) => {
    const issuer = `http://${request.headers.host}`;
    if (request.url === '/.well-known/openid-configuration') {
      answer(response, 200, { issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
    } else if (request.url === '/.well-known/jwks.json') {
      void keys()
        .then(publishedSet)
        .then((set) => answer(response, 200, set));
    } else {
      answer(response, 404, { message: 'Not Found' });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sign: async (token) => sign(token, await keys()),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function makeKeys(): Promise<IssuerKeys> {
  const [published, unknown, elliptic] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('ES256', { extractable: true }),
  ]);
  return { published, unknown, elliptic };
}

async function publishedSet({ published }: IssuerKeys): Promise<object> {
  return { keys: [{ ...(await exportJWK(published.publicKey)), kid: PUBLISHED, alg: 'RS256', use: 'sig' }] };
}

async function sign(token: TokenSpec, keys: IssuerKeys): Promise<string> {
  const claims = withTimes(token.claims);
  const alg = token.alg ?? 'RS256';
  if (alg === 'none') return new UnsecuredJWT(claims).encode();
  const jwt = new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT', kid: token.signWith ?? PUBLISHED });
  if (alg.startsWith('HS')) return jwt.sign(new TextEncoder().encode('a secret that nobody shares, 32 bytes'));
  if (alg === 'ES256') return jwt.sign(keys.elliptic.privateKey);
  const key = token.signWith === undefined || token.signWith === PUBLISHED ? keys.published : keys.unknown;
  if (alg === 'RS256') return jwt.sign(key.privateKey);
  return jwt.sign(await importJWK({ ...(await exportJWK(key.privateKey)), alg }, alg));
}

function answer(response: ServerResponse, status: number, document: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(document));
}

function withTimes(claims: Record<string, Json>): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) =>
      /^(exp|iat|nbf|auth_time)$/.test(name) && typeof value === 'string' && /^[+-]\d+$/.test(value)
        ? [name, now + Number(value)]
        : [name, value],
    ),
  );
}

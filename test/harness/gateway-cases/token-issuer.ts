// A local identity provider: publishes one RSA key over HTTP and signs a case's tokens, with that key or with others.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import type { Json, TokenSpec } from './case-format.ts';

export interface TokenIssuer {
  /** `http://127.0.0.1:4712`. */
  readonly issuer: string;
  sign(token: TokenSpec): Promise<string>;
  close(): Promise<void>;
}

const PUBLISHED = 'case-key';

/** Starts the issuer; its keys live as long as it does. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const [published, unknown, elliptic] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('ES256', { extractable: true }),
  ]);
  const keys = [{ ...(await exportJWK(published.publicKey)), kid: PUBLISHED, alg: 'RS256', use: 'sig' }];
  const server = createServer((request, response) => {
    const issuer = `http://${request.headers.host}`;
    const documents: Record<string, unknown> = {
      '/.well-known/jwks.json': { keys },
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/.well-known/jwks.json` },
    };
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(document ?? { message: 'Not Found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async sign(token) {
      const claims = withTimes(token.claims);
      const alg = token.alg ?? 'RS256';
      if (alg === 'none') return new UnsecuredJWT(claims).encode();
      const jwt = new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT', kid: token.signWith ?? PUBLISHED });
      if (alg.startsWith('HS')) return jwt.sign(new TextEncoder().encode('a secret that nobody shares, 32 bytes'));
      if (alg === 'ES256') return jwt.sign(elliptic.privateKey);
      const key = token.signWith === undefined || token.signWith === PUBLISHED ? published : unknown;
      if (alg === 'RS256') return jwt.sign(key.privateKey);
      const { importJWK } = await import('jose');
      return jwt.sign(await importJWK({ ...(await exportJWK(key.privateKey)), alg }, alg));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
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

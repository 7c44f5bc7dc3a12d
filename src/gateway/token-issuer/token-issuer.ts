// A token issuer for this machine: it mints what `apigen dev token` prints and publishes the key that verifies it.
// Its key is known to this machine alone, so its tokens open nothing anywhere else.

import { SignJWT } from 'jose';
import { ApigenError } from '../../errors.ts';
import type { GatewayAnswer } from '../exchange.ts';
import type { KeySource } from '../jwt/key-source.ts';
import { openIssuerKey } from './issuer-key.ts';

export interface TokenRequest {
  /** `sub`. */
  readonly subject: string;
  /** Joined by spaces into `scope`. */
  readonly scopes?: readonly string[];
  /** `aud`; several become a list. */
  readonly audience?: readonly string[];
  /** `iss`, where the API's authorizer expects another than this issuer. */
  readonly issuer?: string;
  /** Seconds from now until `exp`; default an hour. Negative: a token that has expired. */
  readonly expiresInSeconds?: number;
  /** Any further claims; they win over those above. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface TokenIssuer {
  /** `http://127.0.0.1:3000`. */
  readonly issuer: string;
  /**
   * A signed token.
   * @throws ApigenError `INVALID_TOKEN_REQUEST`.
   */
  mint(request: TokenRequest): Promise<string>;
  /** The answer to a request for its documents (OpenID configuration, JWKS); undefined for any other path. */
  answer(method: string, path: string): GatewayAnswer | undefined;
  /** `source`, and this issuer's own key whatever the issuer is called: an API keeps its configured `iss` under dev. */
  keysBeside(source: KeySource): KeySource;
}

const HOUR_SECONDS = 3600;

/**
 * Opens the issuer whose key is kept in `folder` (made when absent).
 * @throws ApigenError as `openIssuerKey`.
 */
export async function openTokenIssuer(options: {
  readonly folder: string;
  readonly issuer: string;
}): Promise<TokenIssuer> {
  const { issuer } = options;
  const key = await openIssuerKey(options.folder);
  const base = issuer.replace(/\/$/, '');
  const documents = new Map<string, unknown>([
    [
      `${new URL(base).pathname.replace(/\/$/, '')}/.well-known/openid-configuration`,
      {
        issuer,
        jwks_uri: `${base}/.well-known/jwks.json`,
        response_types_supported: ['token', 'id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
    ],
    [`${new URL(base).pathname.replace(/\/$/, '')}/.well-known/jwks.json`, { keys: [key.publicJwk] }],
  ]);
  return {
    issuer,
    async mint(request) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT(claimsOf(request, issuer, now))
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.keyId })
        .sign(key.privateKey);
    },
    answer(method, path) {
      const document = method === 'GET' || method === 'HEAD' ? documents.get(path) : undefined;
      if (document === undefined) return undefined;
      return {
        status: 200,
        headers: [['Content-Type', 'application/json']],
        body: Buffer.from(JSON.stringify(document)),
      };
    },
    keysBeside: (source) => ({
      find: async (from, keyId) => (keyId === key.keyId ? key.publicKey : source.find(from, keyId)),
    }),
  };
}

function claimsOf(request: TokenRequest, issuer: string, now: number): Record<string, unknown> {
  const { subject, scopes, audience, expiresInSeconds = HOUR_SECONDS } = request;
  if (subject === '') throw invalid('A token needs a subject', 'apigen dev token --sub me');
  if (!Number.isSafeInteger(expiresInSeconds)) {
    throw invalid('A token lives a whole number of seconds', 'apigen dev token --sub me --expires-in 3600');
  }
  const broken = scopes?.find((scope) => !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope));
  if (broken !== undefined) {
    throw invalid(`Not a scope: ${JSON.stringify(broken)}`, 'give each scope on its own: --scope a --scope b');
  }
  return {
    iss: request.issuer ?? issuer,
    sub: subject,
    ...(audience !== undefined && audience.length > 0 && { aud: audience.length === 1 ? audience[0] : audience }),
    ...(scopes !== undefined && scopes.length > 0 && { scope: scopes.join(' ') }),
    iat: now,
    exp: now + expiresInSeconds,
    ...request.claims,
  };
}

function invalid(summary: string, hint: string): ApigenError {
  return new ApigenError({ code: 'INVALID_TOKEN_REQUEST', summary, hint });
}

// Whether a JSON Web Token is what it says: the signature first, with a key of the issuer, then the claims, as
// API Gateway's JWT authorizers check them. A claim that is required and missing is a refusal.

import { compactVerify, decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { KeySource } from './key-source.ts';

export interface TokenExpectation {
  /** Compared with `iss` character by character, a trailing slash included. */
  readonly issuers: readonly string[];
  /** One of them must be in `aud`, or be `client_id` where the token has no `aud`. Absent: not checked. */
  readonly audiences?: readonly string[];
}

export type TokenFault =
  | 'malformed'
  | 'algorithm'
  | 'issuer'
  | 'keys-unavailable'
  | 'unknown-key'
  | 'signature'
  | 'expired'
  | 'not-yet-valid'
  | 'audience';

export type TokenVerdict =
  | { readonly valid: true; readonly claims: JWTPayload }
  /** `description` is what API Gateway puts into `error_description`, where its words are known. */
  | {
      readonly valid: false;
      readonly fault: TokenFault;
      readonly description: string;
      /** What the client is not told: why the issuer's keys cannot be had. */
      readonly cause?: string;
    };

/** "Currently, only RSA-based algorithms are supported" (JWT authorizers, developer guide). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

/** Checks a bare token (no `Bearer `). `now` is in milliseconds since the epoch. */
export async function verifyToken(
  token: string,
  expectation: TokenExpectation,
  keys: KeySource,
  now: number,
): Promise<TokenVerdict> {
  const parts = decode(token);
  if (parts === undefined) return refused('malformed', 'token contains an invalid number of segments');
  const { algorithm, keyId, issuer } = parts;
  if (!ALGORITHMS.includes(algorithm)) return refused('algorithm', `signing method ${printable(algorithm)} is invalid`);
  if (issuer === undefined || !expectation.issuers.includes(issuer)) {
    return refused('issuer', 'the token does not have a valid issuer');
  }
  if (keyId === undefined) return refused('unknown-key', 'the token has no kid header');
  let key: Awaited<ReturnType<KeySource['find']>>;
  try {
    key = await keys.find(issuer, keyId);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { ...refused('keys-unavailable', 'OIDC discovery endpoint communication error'), cause };
  }
  if (key === undefined) return refused('unknown-key', 'the token was signed with an unknown key');
  try {
    await compactVerify(token, key, { algorithms: ALGORITHMS });
  } catch {
    // Also what the library says of keys that are too short to be trusted.
    return refused('signature', 'signature is invalid');
  }
  return checkClaims(parts.claims, expectation, now / 1000);
}

function checkClaims(claims: JWTPayload, expectation: TokenExpectation, nowSeconds: number): TokenVerdict {
  if (typeof claims.exp !== 'number' || claims.exp <= nowSeconds) return refused('expired', 'the token has expired');
  if (claims.nbf !== undefined && !(typeof claims.nbf === 'number' && claims.nbf <= nowSeconds)) {
    return refused('not-yet-valid', 'the token is not valid yet');
  }
  if (claims.iat !== undefined && !(typeof claims.iat === 'number' && claims.iat <= nowSeconds)) {
    return refused('not-yet-valid', 'the token was issued in the future');
  }
  const { audiences } = expectation;
  if (audiences !== undefined && !audiencesOf(claims).some((audience) => audiences.includes(audience))) {
    return refused('audience', 'the token does not have a valid audience');
  }
  return { valid: true, claims };
}

// "API Gateway validates client_id only if aud is not present" (JWT authorizers, developer guide).
function audiencesOf(claims: JWTPayload): readonly string[] {
  const named = claims.aud ?? claims['client_id'];
  const list: readonly unknown[] = Array.isArray(named) ? named : [named];
  return list.filter((entry) => typeof entry === 'string');
}

/** Why a token was refused, for the person at the terminal. */
export function refusalReason({
  description,
  cause,
}: {
  readonly description: string;
  readonly cause?: string;
}): string {
  return `the token was refused: ${description}${cause === undefined ? '' : ` (${cause})`}`;
}

interface TokenParts {
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly issuer: string | undefined;
  readonly claims: JWTPayload;
}

// Nothing of this is trusted before the signature holds: it only tells which key to ask for.
function decode(token: string): TokenParts | undefined {
  try {
    const header = decodeProtectedHeader(token);
    const claims = decodeJwt(token);
    return {
      algorithm: typeof header.alg === 'string' ? header.alg : '',
      keyId: typeof header.kid === 'string' ? header.kid : undefined,
      issuer: typeof claims.iss === 'string' ? claims.iss : undefined,
      claims,
    };
  } catch {
    return undefined;
  }
}

function refused(fault: TokenFault, description: string): TokenVerdict & { readonly valid: false } {
  return { valid: false, fault, description };
}

// The algorithm's name is the client's text and goes into a header.
function printable(text: string): string {
  return text.replace(/[^\w-]/g, '').slice(0, 20);
}

// Tokens of Cognito user pools as REST APIs take them: an ID token where the method names no scopes, an access token
// with one of them where it does.

import type { JWTPayload } from 'jose';
import { scopesOf } from './claims.ts';
import type { KeySource } from './key-source.ts';
import { type TokenFault, verifyToken } from './verify-token.ts';

export interface CognitoExpectation {
  /** `https://cognito-idp.{region}.amazonaws.com/{userPoolId}` of each pool. */
  readonly issuers: readonly string[];
  /** The method's OAuth scopes; none: an ID token is wanted. */
  readonly scopes: readonly string[];
}

export type CognitoVerdict =
  | { readonly valid: true; readonly claims: JWTPayload }
  /** `expired` has its own words on AWS: `The incoming token has expired`. */
  | {
      readonly valid: false;
      readonly fault: TokenFault | 'token-use' | 'scope';
      readonly description: string;
      readonly cause?: string;
    };

/** Checks the value of the identity source, with or without `Bearer `. `now` is in milliseconds since the epoch. */
export async function verifyCognitoToken(
  value: string,
  expectation: CognitoExpectation,
  keys: KeySource,
  now: number,
): Promise<CognitoVerdict> {
  const token = value.replace(/^Bearer +/i, '');
  const verdict = await verifyToken(token, { issuers: expectation.issuers }, keys, now);
  if (!verdict.valid) return verdict;
  const { claims } = verdict;
  // "If no scopes are configured, API Gateway treats the supplied token as an identity token" (Cognito authorizers,
  // developer guide): an access token is refused then, and an ID token where scopes are wanted.
  const wanted = expectation.scopes.length === 0 ? 'id' : 'access';
  if (claims['token_use'] !== wanted) {
    const description = `this route takes ${wanted === 'id' ? 'an ID token' : 'an access token'} (token_use: ${wanted})`;
    return { valid: false, fault: 'token-use', description };
  }
  if (wanted === 'access') {
    const held = scopesOf(claims);
    if (!expectation.scopes.some((scope) => held.includes(scope))) {
      return { valid: false, fault: 'scope', description: 'the token has none of the scopes of this route' };
    }
  }
  return { valid: true, claims };
}

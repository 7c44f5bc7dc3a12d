// Cognito user pool authorizers of REST APIs: the token is truly verified, its claims are texts in events.

import type { JWTPayload } from 'jose';
import type { RestAuthorizer } from '../../api/definition.ts';
import type { KeySource } from '../jwt/key-source.ts';
import { verifyCognitoToken } from '../jwt/verify-cognito-token.ts';
import { refusalReason } from '../jwt/verify-token.ts';
import { GatewayFault } from '../rest/fault.ts';
import { identityText } from '../rest/mapping.ts';
import { templateContext } from '../rest/request-context.ts';
import type { RoutedExchange } from '../rest/rest-exchange.ts';
import { matchesWhole } from '../rest/select-response.ts';

type CognitoAuthorizer = Extract<RestAuthorizer, { type: 'COGNITO_USER_POOLS' }>;

/** Fills in the caller's claims. @throws GatewayFault 401. */
export async function authorizeByCognito(
  authorizer: CognitoAuthorizer,
  scopes: readonly string[],
  exchange: RoutedExchange,
  keys: KeySource,
): Promise<void> {
  const token = identityText(authorizer.identitySource, exchange, templateContext(exchange));
  if (token === '') throw new GatewayFault('unauthorized');
  const expectation = { issuers: authorizer.issuers, scopes };
  const verdict = await verifyCognitoToken(token, expectation, keys, exchange.request.receivedAt);
  if (verdict.valid) {
    refuseOtherAudience(authorizer.identityValidationExpression, verdict.claims);
    exchange.caller.authorizer = { claims: claimTexts(verdict.claims) };
    return;
  }
  const reason = refusalReason(verdict);
  if (verdict.fault === 'expired') {
    throw new GatewayFault('unauthorized', { message: 'The incoming token has expired', reason });
  }
  throw new GatewayFault('unauthorized', { reason });
}

// "For COGNITO_USER_POOLS authorizers, API Gateway will match the aud field of the incoming token from the client
// against the specified regular expression" (CreateAuthorizer, API reference).
function refuseOtherAudience(expression: string | undefined, claims: JWTPayload): void {
  if (expression === undefined || expression === '') return;
  const audience = [claims.aud].flat().map((each) => each ?? '');
  if (audience.some((each) => matchesWhole(expression, each))) return;
  throw new GatewayFault('unauthorized', { reason: `the token's aud does not match ${expression}` });
}

// Observed on AWS: lists are joined by commas, and these two times come as Java prints a date.
function claimTexts(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if ((name === 'exp' || name === 'iat') && typeof value === 'number') return [name, javaDate(value)];
      if (Array.isArray(value)) return [name, value.map(String).join(',')];
      return [name, typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)];
    }),
  );
}

/** `Tue Nov 14 22:13:20 UTC 2023`. */
function javaDate(epochSeconds: number): string {
  const [, weekday, day, month, year, time] =
    /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(epochSeconds * 1000).toUTCString()) ?? [];
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}

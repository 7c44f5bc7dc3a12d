// JWT authorizers of HTTP APIs: the token of the identity source, bare or behind `Bearer `, then one of the route's
// scopes. Refusals say why in `www-authenticate`, as API Gateway does.

import type { HttpAuthorizer } from '../../api/definition.ts';
import { claimsAsText, scopesOf } from '../jwt/claims.ts';
import type { KeySource } from '../jwt/key-source.ts';
import { refusalReason, verifyToken } from '../jwt/verify-token.ts';
import { errorAnswer } from './error-answer.ts';
import { compileExpression } from './expression.ts';
import type { HttpCall } from './http-call.ts';
import type { Authorization } from './lambda-authorizer.ts';
import { mappingScope } from './mapping-scope.ts';

type JwtAuthorizer = Extract<HttpAuthorizer, { type: 'JWT' }>;

/** One authorizer; `now` in milliseconds since the epoch, `note` is told why a token was refused. */
export function createJwtAuthorizer(
  authorizer: JwtAuthorizer,
  keys: KeySource,
  now: () => number,
  note: (text: string) => void,
): (call: HttpCall, scopes: readonly string[]) => Promise<Authorization> {
  const source = compileExpression(authorizer.identitySource);
  const expectation = { issuers: [authorizer.issuer], audiences: authorizer.audience };
  return async (call, scopes) => {
    const token = (source(mappingScope(call)) ?? '').replace(/^Bearer +/, '').trim();
    if (token === '') return refuse(401, 'Bearer');
    const verdict = await verifyToken(token, expectation, keys, now());
    if (!verdict.valid) {
      note(`${call.route.routeKey}: ${refusalReason(verdict)}`);
      return refuse(401, challenge(scopes, 'invalid_token', verdict.description));
    }
    const held = scopesOf(verdict.claims);
    // "The token must include at least one of the scopes in the route's authorizationScopes" (developer guide).
    if (scopes.length > 0 && !scopes.some((scope) => held.includes(scope))) {
      const description = 'the token has none of the scopes of this route';
      note(`${call.route.routeKey}: ${refusalReason({ description })}`);
      return refuse(403, challenge(scopes, 'insufficient_scope', description));
    }
    return {
      granted: true,
      access: { type: 'jwt', claims: claimsAsText(verdict.claims), scopes: scopes.length > 0 ? held : null },
    };
  };
}

function challenge(scopes: readonly string[], error: string, description: string): string {
  return `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`;
}

function refuse(status: 401 | 403, header: string): Authorization {
  return { granted: false, answer: errorAnswer(status, [['www-authenticate', header]]) };
}

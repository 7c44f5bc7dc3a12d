// What a token has to say so that an authorizer of the project takes it: nobody should have to copy an issuer and an
// audience out of apigen.yml to try a protected route.

import { poolIssuer } from '../../api/build-authorizers.ts';
import { UsageError } from '../../errors.ts';
import type { AuthorizerDeclaration, Project } from '../../project/project.ts';
import { LOCAL_PLACE } from './local-account.ts';

export interface TokenTarget {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** What the provider of such tokens adds. */
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface TokenBearer {
  readonly subject: string;
  readonly scopes: readonly string[];
}

/**
 * The authorizer called `name`, or the only one that takes tokens. Nothing where there is none.
 * @throws UsageError `UNKNOWN_AUTHORIZER`, `TAKES_NO_TOKEN`, `SEVERAL_AUTHORIZERS`
 */
export function tokenTarget(project: Project, name: string | undefined, bearer: TokenBearer): TokenTarget | undefined {
  const { authorizers = {} } = project;
  const takers = Object.values(authorizers).flatMap((one) => (one.type === 'lambda' ? [] : [one]));
  if (name === undefined) {
    if (takers.length > 1) throw several(takers);
    return takers[0] && targetOf(takers[0], bearer);
  }
  const chosen = Object.hasOwn(authorizers, name) ? authorizers[name] : undefined;
  if (chosen === undefined) throw unknown(name, takers);
  if (chosen.type === 'lambda') throw takesNone(name);
  return targetOf(chosen, bearer);
}

type TokenAuthorizer = Exclude<AuthorizerDeclaration, { type: 'lambda' }>;

function targetOf(authorizer: TokenAuthorizer, { subject, scopes }: TokenBearer): TokenTarget {
  if (authorizer.type === 'jwt') {
    return { issuer: authorizer.issuer, audience: authorizer.audience.slice(0, 1), claims: {} };
  }
  const [pool = ''] = authorizer.userPools;
  const [client] = authorizer.clients;
  const issuer = poolIssuer(LOCAL_PLACE.partition, pool);
  // An access token carries the scopes and has no `aud`; an ID token says who it is.
  // https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
  if (scopes.length > 0) {
    const claims = { token_use: 'access', username: subject, ...(client !== undefined && { client_id: client }) };
    return { issuer, audience: [], claims };
  }
  const claims = { token_use: 'id', 'cognito:username': subject };
  return { issuer, audience: client === undefined ? [] : [client], claims };
}

const namesOf = (authorizers: readonly AuthorizerDeclaration[]): string =>
  authorizers.map((one) => one.name).join(', ');

function several(takers: readonly AuthorizerDeclaration[]): UsageError {
  return new UsageError({
    code: 'SEVERAL_AUTHORIZERS',
    summary: 'apigen.yml has several authorizers that take tokens',
    detail: `They are ${namesOf(takers)}; a token is for one of them.`,
    hint: `apigen dev token --auth ${takers[0]?.name}`,
  });
}

function unknown(name: string, takers: readonly AuthorizerDeclaration[]): UsageError {
  return new UsageError({
    code: 'UNKNOWN_AUTHORIZER',
    summary: `apigen.yml has no authorizer ${name}`,
    detail: takers.length === 0 ? 'None of its authorizers takes tokens.' : `Tokens are taken by ${namesOf(takers)}.`,
    hint: takers[0] === undefined ? 'apigen add-auth --help' : `apigen dev token --auth ${takers[0].name}`,
  });
}

function takesNone(name: string): UsageError {
  return new UsageError({
    code: 'TAKES_NO_TOKEN',
    summary: `${name} is a function, which decides by itself what it takes`,
    detail: 'A token can be minted for authorizers with jwt or cognito.',
    hint: 'Say what the function looks for: apigen dev token --issuer https://idp.example.com/ --audience shop',
  });
}

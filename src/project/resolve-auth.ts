// Who may call a route: one explicit auth, and what AWS refuses of it on the API's type.

import type { ApiType } from './api-declaration.ts';
import { type KnownNames, requireName } from './known.ts';
import { AUTHORIZERS_PER_API } from './limits.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ProjectPath, RouteAuth } from './project.ts';
import { pluralOf } from './refusals.ts';
import type { AuthorizerEntry } from './schema/authorizer.ts';
import type { ProjectFile } from './schema/project-file.ts';
import type { AuthEntry } from './schema/route.ts';

type Kind = 'cognito' | 'jwt' | 'lambda';

/** The auth as written means; a problem is added for an authorizer that is not there. */
export function resolveAuth(
  written: AuthEntry,
  path: ProjectPath,
  known: KnownNames,
  problems: ProblemList,
): RouteAuth | undefined {
  if (written === 'none' || written === 'iam') return { type: written };
  const [authorizer = '', scopes = []] = typeof written === 'string' ? [written] : (Object.entries(written)[0] ?? []);
  if (authorizer === 'none' || authorizer === 'iam') {
    const message = `${formatPath(path)}: ${authorizer} knows no scopes`;
    problems.add(path, { code: 'SCOPES_WITHOUT_TOKEN', message, hint: `Write auth: ${authorizer}` });
    return { type: authorizer };
  }
  if (!requireName(known, 'auth', authorizer, path, problems)) return undefined;
  return { type: 'authorizer', authorizer, scopes };
}

/** Why REST and WebSocket APIs do not take JWT authorizers, and so on: reason and alternative. */
const REFUSED: Readonly<Partial<Record<`${Kind} on ${ApiType}`, readonly [string, string]>>> = {
  'jwt on rest': [
    'checks JSON Web Tokens of any issuer on HTTP APIs alone',
    'Set type: http, use a cognito authorizer for a user pool, or check the token in a lambda authorizer.',
  ],
  'jwt on websocket': [
    'authorizes $connect of WebSocket APIs by IAM or a Lambda authorizer alone',
    'Check the token in a lambda authorizer.',
  ],
  'cognito on websocket': [
    'authorizes $connect of WebSocket APIs by IAM or a Lambda authorizer alone',
    'Check the token in a lambda authorizer.',
  ],
};

/** One use of an authorizer by a route, or by an API for all its routes. */
export interface AuthUse {
  readonly auth: RouteAuth;
  readonly path: ProjectPath;
}

/** Refuses what AWS refuses of the authorizers of one API; each place is named once. */
export function checkAuthorizers(
  api: { readonly type: ApiType; readonly path: ProjectPath },
  uses: readonly AuthUse[],
  file: ProjectFile,
  problems: ProblemList,
): void {
  const names = new Set<string>();
  for (const { auth, path } of uses) {
    if (auth.type !== 'authorizer') continue;
    names.add(auth.authorizer);
    const entry = file.auth?.[auth.authorizer];
    if (entry === undefined) continue;
    const fault = faultOf(api.type, auth.authorizer, entry) ?? scopeFault(auth.authorizer, entry, auth.scopes);
    if (fault !== undefined) problems.addUnlessKnown(path, fault);
  }
  if (names.size <= AUTHORIZERS_PER_API) return;
  problems.add(api.path, {
    code: 'TOO_MANY_AUTHORIZERS',
    message: `${formatPath(api.path)} uses ${names.size} authorizers; API Gateway takes ${AUTHORIZERS_PER_API} in one API`,
    hint: 'Split it into two APIs under apis:, or let one Lambda authorizer decide for several.',
    atKey: true,
  });
}

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const kindOf = (entry: AuthorizerEntry): Kind =>
  entry.cognito !== undefined ? 'cognito' : entry.jwt !== undefined ? 'jwt' : 'lambda';

function faultOf(type: ApiType, name: string, entry: AuthorizerEntry): Fault | undefined {
  const kind = kindOf(entry);
  const refused = REFUSED[`${kind} on ${type}`];
  if (refused !== undefined) {
    const [why, hint] = refused;
    const code = `${kind.toUpperCase()}_ON_${type.toUpperCase()}`;
    return { code, message: `${name} cannot stand here: API Gateway ${why}`, hint };
  }
  if (kind === 'lambda') return lambdaFault(type, name, entry);
  return identityFault(type, name, entry) ?? (kind === 'cognito' ? cognitoFault(type, name, entry) : undefined);
}

function cognitoFault(type: ApiType, name: string, { cognito }: AuthorizerEntry): Fault | undefined {
  if (type !== 'http' || cognito === undefined) return undefined;
  if (typeof cognito.userPool !== 'string' && cognito.userPool.length > 1) {
    return {
      code: 'SEVERAL_USER_POOLS',
      message: `${name} names ${cognito.userPool.length} user pools, but an authorizer of an HTTP API trusts one issuer`,
      hint: 'Write an authorizer for each pool, or set type: rest.',
    };
  }
  if (cognito.clients !== undefined) return undefined;
  return {
    code: 'MISSING_CLIENTS',
    message: `${name} does not say which app clients' tokens are taken; an HTTP API checks the audience of each`,
    hint: `Add to auth.${name}: clients: [id of the app client]`,
  };
}

/** Tokens stand in one header; HTTP APIs take them from the query too. */
function identityFault(type: ApiType, name: string, { identity }: AuthorizerEntry): Fault | undefined {
  const source = typeof identity === 'string' ? identity : identity?.[0];
  if (source === undefined || source.startsWith('header.')) return undefined;
  if (type === 'http' && source.startsWith('query.')) return undefined;
  return {
    code: 'INVALID_IDENTITY',
    message: `${name} takes its token from ${source}; ${pluralOf(type)} take it from a header${type === 'http' ? ' or the query' : ''}`,
    hint: `Set auth.${name}.identity: header.Authorization`,
  };
}

function lambdaFault(type: ApiType, name: string, entry: AuthorizerEntry): Fault | undefined {
  const token = entry.type === 'token';
  if (token && type !== 'rest') {
    return {
      code: `TOKEN_ON_${type.toUpperCase()}`,
      message: `${name} is of type token, which ${pluralOf(type)} do not have: their functions get the request`,
      hint: `Remove type from auth.${name}.`,
    };
  }
  const identity = entry.identity === undefined ? undefined : [entry.identity].flat();
  if (token && identity !== undefined && (identity.length !== 1 || identity[0]?.startsWith('header.') !== true)) {
    return {
      code: 'INVALID_IDENTITY',
      message: `${name} is of type token, whose one identity is a header`,
      hint: `Set auth.${name}.identity: header.Authorization, or type: request.`,
    };
  }
  if (entry.pattern !== undefined && !token) {
    return {
      code: 'USELESS_KEY',
      message: `${name} has a pattern, which belongs to type: token`,
      hint: `Remove it, or add type: token.`,
    };
  }
  if (identity?.length === 0 && (entry.ttl ?? 0) > 0) {
    return {
      code: 'TTL_WITHOUT_IDENTITY',
      message: `${name} keeps answers for ${entry.ttl} s but has no identity to keep them by`,
      hint: 'Name an identity, or set ttl: 0.',
    };
  }
  if (type === 'http' && entry.payload === '1.0' && entry.responses === 'simple') {
    return {
      code: 'SIMPLE_WITH_PAYLOAD_1',
      message: `${name} has simple responses, which payload 2.0 alone knows`,
      hint: `Set auth.${name}.payload: "2.0", or responses: policy.`,
    };
  }
  return undefined;
}

function scopeFault(name: string, entry: AuthorizerEntry, scopes: readonly string[]): Fault | undefined {
  if (scopes.length === 0 || kindOf(entry) !== 'lambda') return undefined;
  return {
    code: 'SCOPES_WITHOUT_TOKEN',
    message: `${name} is a function, which API Gateway gives no scopes`,
    hint: `Write auth: ${name}, and decide in the function.`,
  };
}

// Authorizers with their defaults filled in. Which type of API takes which is checked where routes refer to them.

import type { AuthorizerDeclaration } from './project.ts';
import type { HandlerMention, ResolvedFunctions } from './resolve-functions.ts';
import type { AuthorizerEntry } from './schema/authorizer.ts';
import { parseIdentity } from './schema/identity.ts';
import type { ProjectFile } from './schema/project-file.ts';

/** AWS's default. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
const TTL_SECONDS = 300;

/** The handlers that authorizers name, in file order. */
export function authorizerMentions(file: ProjectFile): readonly HandlerMention[] {
  return Object.entries(file.auth ?? {}).flatMap(([name, entry]) => {
    const { lambda, cognito: _c, jwt: _j, type: _t, identity: _i, ttl: _l, pattern: _p, payload: _f, ...rest } = entry;
    const { responses: _r, ...settings } = rest;
    return lambda === undefined ? [] : [{ handler: lambda, settings, path: ['auth', name] }];
  });
}

/** By name, in file order. */
export function resolveAuthorizers(
  file: ProjectFile,
  functions: ResolvedFunctions,
): Readonly<Record<string, AuthorizerDeclaration>> {
  const all = Object.entries(file.auth ?? {}).flatMap(([name, entry]) => {
    const resolved = resolveOne(name, entry, functions);
    return resolved === undefined ? [] : [[name, resolved] as const];
  });
  return Object.fromEntries(all);
}

function resolveOne(
  name: string,
  entry: AuthorizerEntry,
  functions: ResolvedFunctions,
): AuthorizerDeclaration | undefined {
  const { cognito, jwt, lambda } = entry;
  const written = entry.identity ?? 'header.Authorization';
  const identity = (typeof written === 'string' ? [written] : written).map(parseIdentity);
  const common = { name, identity, path: ['auth', name] };
  if (cognito !== undefined) {
    const { userPool, clients = [] } = cognito;
    const userPools = typeof userPool === 'string' ? [userPool] : userPool;
    return { ...common, type: 'cognito', userPools, clients };
  }
  if (jwt !== undefined) return { ...common, type: 'jwt', issuer: jwt.issuer, audience: jwt.audience };
  const called = lambda === undefined ? undefined : functions.nameOf(lambda);
  if (called === undefined) return undefined;
  return {
    ...common,
    type: 'lambda',
    function: called,
    kind: entry.type ?? 'request',
    // Without an identity there is nothing by which an answer could be kept.
    ttl: entry.ttl ?? (identity.length === 0 ? 0 : TTL_SECONDS),
    ...(entry.pattern !== undefined && { pattern: entry.pattern }),
    payload: entry.payload ?? '2.0',
    simpleResponses: (entry.responses ?? (entry.payload === '1.0' ? 'policy' : 'simple')) === 'simple',
  };
}

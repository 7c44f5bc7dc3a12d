// The routes of one API: keys taken apart, each with one explicit auth and one target. What AWS refuses for the
// API's type is refused with the alternative.

import type { KnownNames } from './known.ts';
import { type Located, locate } from './located.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ProjectPath, RouteAuth } from './project.ts';
import { refuseKeys } from './refusals.ts';
import { type AuthUse, checkAuthorizers, resolveAuth } from './resolve-auth.ts';
import { type RequestRules, requestRules } from './resolve-request-rules.ts';
import { parseRouteKey, type RouteKey } from './route-key.ts';
import { type TargetDraft, targetOf } from './route-targets.ts';
import type { ApiEntry } from './schema/api.ts';
import type { ProjectFile } from './schema/project-file.ts';
import type { RouteEntry } from './schema/route.ts';

/** A route whose function is not resolved yet. */
export interface RouteDraft {
  readonly key: RouteKey;
  /** Normalised: one space between method and path. */
  readonly text: string;
  readonly auth: RouteAuth;
  readonly source: ProjectPath;
  readonly target: TargetDraft;
  readonly rules: RequestRules;
}

/** What the routes of an API are read against. */
export interface RoutesContext {
  readonly file: ProjectFile;
  readonly root: Located;
  readonly known: KnownNames;
  readonly problems: ProblemList;
}

/** The usable routes of an API, in file order. */
export function resolveRoutes(apiName: string, api: ApiEntry, context: RoutesContext): readonly RouteDraft[] {
  const { file, root, known, problems } = context;
  const apiPath = ['apis', apiName];
  const inherited = api.auth === undefined ? undefined : resolveAuth(api.auth, [...apiPath, 'auth'], known, problems);
  const uses: AuthUse[] = inherited === undefined ? [] : [{ auth: inherited, path: [...apiPath, 'auth'] }];
  const drafts: RouteDraft[] = [];
  const silent: ProjectPath[] = [];
  for (const [text, written] of Object.entries(api.routes)) {
    const path = [...apiPath, 'routes', text];
    const entry: RouteEntry = typeof written === 'string' ? { handler: written } : written;
    const parsed = parseRouteKey(text, api.type);
    if (!parsed.ok) {
      const { message, hint, code = 'INVALID_ROUTE' } = parsed.fault;
      problems.add(path, { code, message: `${formatPath(path)}: ${message}`, hint, atKey: true });
    }
    const refused = refuseKeys('route', api.type, entry, path, problems);
    const target = targetOf(api.type, entry, path, problems);
    const own = entry.auth === undefined ? undefined : resolveAuth(entry.auth, [...path, 'auth'], known, problems);
    if (own !== undefined) uses.push({ auth: own, path: [...path, 'auth'] });
    const auth = authOf(api, text, entry, own, inherited, path, problems);
    if (auth === 'silent') silent.push(path);
    if (!parsed.ok || target === undefined || refused.size > 0 || auth === 'silent' || auth === undefined) continue;
    const { method, path: route } = parsed.key;
    const normalised = route.startsWith('/') ? `${method} ${route}` : route;
    const rules = requestRules(api, parsed.key, entry, path, context);
    drafts.push({ key: parsed.key, text: normalised, auth, source: path, target, rules });
  }
  checkAuthorizers({ type: api.type, path: apiPath }, uses, file, problems);
  reportMissingAuth(apiName, silent, api, root, problems);
  return drafts;
}

/** `silent`: nobody says who may call. Of a WebSocket API $connect alone is asked. */
function authOf(
  api: ApiEntry,
  key: string,
  entry: RouteEntry,
  own: RouteAuth | undefined,
  inherited: RouteAuth | undefined,
  path: ProjectPath,
  problems: ProblemList,
): RouteAuth | 'silent' | undefined {
  if (api.type === 'websocket' && key.trim() !== '$connect') {
    if (own !== undefined && own.type !== 'none') {
      problems.add([...path, 'auth'], {
        code: 'AUTH_ON_MESSAGE',
        message: `${formatPath(path)}: API Gateway authorizes a WebSocket when it connects, not its messages`,
        hint: 'Move auth to $connect, and remove it here.',
        atKey: true,
      });
    }
    return { type: 'none' };
  }
  if (entry.auth !== undefined) return own;
  if (api.auth !== undefined) return inherited;
  return 'silent';
}

/** One problem for an API where no route says who may call it, else one for each such route. */
function reportMissingAuth(
  apiName: string,
  silent: readonly ProjectPath[],
  api: ApiEntry,
  root: Located,
  problems: ProblemList,
): void {
  // An auth that is there but wrong has been reported as such.
  const path = ['apis', apiName];
  const missing = silent.filter((route) => locate(root, [...route, 'auth']) === undefined);
  if (missing.length === 0 || locate(root, [...path, 'auth']) !== undefined) return;
  const code = 'MISSING_AUTH';
  if (missing.length > 1 && missing.length === Object.keys(api.routes).length) {
    const hint = 'Add auth: none (public), auth: iam or an authorizer to the API.';
    problems.add(path, {
      code,
      message: `${formatPath(path)} does not say who may call its routes`,
      hint,
      atKey: true,
    });
    return;
  }
  const hint = `Add auth: none (public), auth: iam or an authorizer, to the route or to ${formatPath(path)} for all its routes.`;
  for (const route of missing) {
    problems.add(route, { code, message: `${formatPath(route)} does not say who may call it`, hint, atKey: true });
  }
}

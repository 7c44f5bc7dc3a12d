// The routes of one API: keys taken apart, each with one explicit auth and one target. What AWS refuses for the
// API's type is refused with the alternative.

import { type Located, locate } from './located.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ProjectPath, RouteAuth } from './project.ts';
import type { HandlerMention } from './resolve-functions.ts';
import { parseRouteKey, type RouteKey } from './route-key.ts';
import type { ApiEntry } from './schema/api.ts';
import type { RouteEntry } from './schema/route.ts';

/** A route whose function is not resolved yet. */
export interface RouteDraft {
  readonly key: RouteKey;
  /** Normalised: one space between method and path. */
  readonly text: string;
  readonly auth: RouteAuth;
  readonly source: ProjectPath;
  readonly target: HandlerMention | { readonly status: number; readonly body: unknown };
}

/** The usable routes of an API, in file order. */
export function resolveRoutes(
  apiName: string,
  api: ApiEntry,
  root: Located,
  problems: ProblemList,
): readonly RouteDraft[] {
  const drafts: RouteDraft[] = [];
  const silent: ProjectPath[] = [];
  for (const [text, written] of Object.entries(api.routes)) {
    const path = ['apis', apiName, 'routes', text];
    const entry: RouteEntry = typeof written === 'string' ? { handler: written } : written;
    const parsed = parseRouteKey(text, api.type);
    if (!parsed.ok) {
      const { message, hint, code = 'INVALID_ROUTE' } = parsed.fault;
      problems.add(path, { code, message: `${formatPath(path)}: ${message}`, hint, atKey: true });
    }
    const target = targetOf(api.type, entry, path, problems);
    const auth = authOf(api, entry);
    if (auth === undefined) silent.push(path);
    if (!parsed.ok || target === undefined || auth === undefined) continue;
    const normalised = parsed.key.path === '$default' ? '$default' : `${parsed.key.method} ${parsed.key.path}`;
    drafts.push({ key: parsed.key, text: normalised, auth, source: path, target });
  }
  reportMissingAuth(apiName, silent, api, root, problems);
  return drafts;
}

function targetOf(
  type: 'rest' | 'http',
  entry: RouteEntry,
  path: ProjectPath,
  problems: ProblemList,
): RouteDraft['target'] | undefined {
  const { handler, mock, auth: _auth, ...settings } = entry;
  const name = formatPath(path);
  if (handler !== undefined && mock !== undefined) {
    const hint = 'Keep handler or mock; in a stage, set the other one to null.';
    problems.add([...path, 'mock'], {
      code: 'TWO_TARGETS',
      message: `${name} has a handler and a mock`,
      hint,
      atKey: true,
    });
    return undefined;
  }
  if (handler !== undefined) return { handler, settings, path };
  if (mock === undefined) {
    const hint = 'Add handler: src/….handler, or on a REST API mock: { status: 200 }';
    problems.addUnlessKnown(path, {
      code: 'MISSING_KEY',
      message: `${name} says nothing that answers it`,
      hint,
      atKey: true,
    });
    return undefined;
  }
  if (type === 'http') {
    problems.add([...path, 'mock'], {
      code: 'MOCK_ON_HTTP',
      message: `${name}: API Gateway has no mock answers on HTTP APIs`,
      hint: 'Set type: rest on the API, or answer with a handler.',
      atKey: true,
    });
    return undefined;
  }
  const useless = Object.keys(settings)[0];
  if (useless !== undefined) {
    const message = `${name}: ${useless} is a setting of functions, and a mock has none`;
    problems.add([...path, useless], { code: 'USELESS_KEY', message, hint: `Remove ${useless}.`, atKey: true });
  }
  return { status: mock.status ?? 200, body: mock.body };
}

function authOf(api: ApiEntry, entry: RouteEntry): RouteAuth | undefined {
  const auth = entry.auth ?? api.auth;
  return auth === undefined ? undefined : { type: auth };
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
    const hint = 'Add auth: none (public) or auth: iam to the API.';
    problems.add(path, {
      code,
      message: `${formatPath(path)} does not say who may call its routes`,
      hint,
      atKey: true,
    });
    return;
  }
  const hint = `Add auth: none (public) or auth: iam, to the route or to ${formatPath(path)} for all its routes.`;
  for (const route of missing) {
    problems.add(route, { code, message: `${formatPath(route)} does not say who may call it`, hint, atKey: true });
  }
}

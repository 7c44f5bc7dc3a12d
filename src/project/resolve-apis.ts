// APIs with their routes, once every function is known.

import { checkApi } from './check-api.ts';
import { checkMappings } from './check-mappings.ts';
import { checkServices } from './check-services.ts';
import { checkSharedRoutes } from './check-shared-routes.ts';
import { API_TIMEOUT_SECONDS } from './limits.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ApiDeclaration, ApiType, ProjectPath, RouteDeclaration, RouteTarget } from './project.ts';
import { pluralOf, refuseKeys } from './refusals.ts';
import { apiSettings } from './resolve-api-settings.ts';
import type { HandlerMention, ResolvedFunctions } from './resolve-functions.ts';
import { type RouteDraft, type RoutesContext, resolveRoutes } from './resolve-routes.ts';
import { checkRouteConflicts } from './route-conflicts.ts';
import type { ApiEntry } from './schema/api.ts';

/** An API whose routes still name handlers. */
export interface ApiDraft {
  readonly name: string;
  readonly entry: ApiEntry;
  readonly routes: readonly RouteDraft[];
  readonly path: ProjectPath;
}

/** First pass: what can be known without the functions. */
export function draftApis(region: string | undefined, context: RoutesContext): readonly ApiDraft[] {
  const { file, problems } = context;
  const drafts = Object.entries(file.apis ?? {}).map(([name, entry]) => {
    const path = ['apis', name];
    const routes = resolveRoutes(name, entry, context);
    checkRouteConflicts({ type: entry.type, path }, routes, problems);
    refuseKeys('api', entry.type, entry, path, problems);
    checkServices(entry.type, routes, context);
    checkMappings(entry.type, routes, context);
    checkApi(name, entry, routes, region, context);
    return { name, entry, routes, path };
  });
  checkSharedRoutes(drafts, problems);
  return drafts;
}

/** The handlers that routes name, in file order. */
export function mentionsOf(apis: readonly ApiDraft[]): readonly HandlerMention[] {
  return apis.flatMap((api) => api.routes.flatMap(({ target }) => (target.type === 'handler' ? [target.mention] : [])));
}

/** Second pass: routes with their functions. */
export function resolveApis(
  drafts: readonly ApiDraft[],
  functions: ResolvedFunctions,
  problems: ProblemList,
): Readonly<Record<string, ApiDeclaration>> {
  const apis: Record<string, ApiDeclaration> = {};
  for (const { name, entry, routes: routeDrafts, path } of drafts) {
    const routes = routeDrafts.flatMap((draft) => finishRoute(draft, functions));
    checkTimeouts(entry.type, routes, functions, problems);
    apis[name] = { name, type: entry.type, ...apiSettings(entry, routes), routes, path };
  }
  return apis;
}

function finishRoute(draft: RouteDraft, functions: ResolvedFunctions): readonly RouteDeclaration[] {
  const { key, text, auth, source, target, rules } = draft;
  const common = { key: text, method: key.method, path: key.path, auth, source, ...rules };
  if (target.type !== 'handler') return [{ ...common, target }];
  const name = functions.nameOf(target.mention.handler);
  if (name === undefined) return [];
  const resolved: RouteTarget = {
    type: 'function',
    function: name,
    ...(target.mapping && { mapping: target.mapping }),
  };
  return [{ ...common, target: resolved }];
}

function checkTimeouts(
  type: ApiType,
  routes: readonly RouteDeclaration[],
  { functions, timeoutPath }: ResolvedFunctions,
  problems: ProblemList,
): void {
  const limit = API_TIMEOUT_SECONDS[type];
  const kind = { rest: 'a REST API', http: 'an HTTP API', websocket: 'a WebSocket API' }[type];
  for (const route of routes) {
    const name = route.target.type === 'function' ? route.target.function : undefined;
    const timeout = name === undefined ? undefined : functions[name]?.timeout;
    if (name === undefined || timeout === undefined || timeout <= limit) continue;
    const path = timeoutPath(name);
    const gives = type === 'websocket' ? 'gives up' : 'answers 504';
    problems.addUnlessKnown(path, {
      code: 'TIMEOUT_BEHIND_ROUTE',
      message: `${formatPath(path)}: ${timeout} s for ${name}, but ${kind} ${gives} on ${route.key} after ${limit} s while the function runs on`,
      hint: `Set timeout: ${limit} or less; move longer work to a function under functions: that no route calls.`,
    });
  }
}

/** Lambda authorizers answer in time; `apis` says which. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const AUTHORIZER_SECONDS = { rest: 29, http: 10, websocket: 29 } as const;

/** A Lambda authorizer that API Gateway does not wait for is one that refuses everybody. */
export function checkAuthorizerTimeouts(
  apis: Readonly<Record<string, ApiDeclaration>>,
  authorizers: Readonly<Record<string, { readonly type: string; readonly function?: string }>>,
  { functions, timeoutPath }: ResolvedFunctions,
  problems: ProblemList,
): void {
  for (const { type, routes } of Object.values(apis)) {
    for (const { auth } of routes) {
      const called = auth.type === 'authorizer' ? authorizers[auth.authorizer]?.function : undefined;
      const timeout = called === undefined ? undefined : functions[called]?.timeout;
      const limit = AUTHORIZER_SECONDS[type];
      if (called === undefined || timeout === undefined || timeout <= limit) continue;
      problems.addUnlessKnown(timeoutPath(called), {
        code: 'AUTHORIZER_TIMEOUT',
        message: `${formatPath(timeoutPath(called))}: ${timeout} s for the authorizer ${called}, but API Gateway waits ${limit} s for one on ${pluralOf(type)}`,
        hint: `Set timeout: ${limit} or less.`,
      });
    }
  }
}

// APIs with their routes, once every function is known.

import { API_TIMEOUT_SECONDS } from './limits.ts';
import type { Located } from './located.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ApiDeclaration, CorsDeclaration, ProjectPath, RouteDeclaration } from './project.ts';
import type { HandlerMention, ResolvedFunctions } from './resolve-functions.ts';
import { type RouteDraft, resolveRoutes } from './resolve-routes.ts';
import { checkRouteConflicts } from './route-conflicts.ts';
import type { ApiEntry } from './schema/api.ts';
import type { ProjectFile } from './schema/project-file.ts';

/** An API whose routes still name handlers. */
export interface ApiDraft {
  readonly name: string;
  readonly entry: ApiEntry;
  readonly routes: readonly RouteDraft[];
  readonly path: ProjectPath;
}

const ALL_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** First pass: what can be known without the functions. */
export function draftApis(file: ProjectFile, root: Located, problems: ProblemList): readonly ApiDraft[] {
  return Object.entries(file.apis ?? {}).map(([name, entry]) => {
    const path = ['apis', name];
    const routes = resolveRoutes(name, entry, root, problems);
    checkRouteConflicts({ type: entry.type, path }, routes, problems);
    if (entry.type === 'rest' && entry.cors !== undefined) {
      problems.add([...path, 'cors'], {
        code: 'CORS_ON_REST',
        message: `${formatPath(path)}: API Gateway answers preflights itself on HTTP APIs only`,
        hint: 'Set type: http on the API, or add an OPTIONS route that answers them.',
        atKey: true,
      });
    }
    if (entry.type === 'rest' && Object.keys(entry.routes).length === 0) {
      problems.addUnlessKnown([...path, 'routes'], {
        code: 'NO_ROUTES',
        message: `${formatPath(path)} has no routes, and API Gateway deploys no REST API without one`,
        hint: 'apigen add-route "GET /health" --mock, or remove the API.',
        atKey: true,
      });
    }
    return { name, entry, routes, path };
  });
}

/** The handlers that routes name, in file order. */
export function mentionsOf(apis: readonly ApiDraft[]): readonly HandlerMention[] {
  return apis.flatMap((api) => api.routes.flatMap(({ target }) => ('handler' in target ? [target] : [])));
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
    apis[name] = {
      name,
      type: entry.type,
      ...(entry.description === undefined ? {} : { description: entry.description }),
      ...(entry.cors === undefined || entry.type === 'rest' ? {} : { cors: finishCors(entry.cors, routes) }),
      ...(entry.throttle === undefined ? {} : { throttle: entry.throttle }),
      stageVariables: entry.variables ?? {},
      routes,
      path,
    };
  }
  return apis;
}

function finishRoute(draft: RouteDraft, functions: ResolvedFunctions): readonly RouteDeclaration[] {
  const { key, text, auth, source, target } = draft;
  const common = { key: text, method: key.method, path: key.path, auth, source };
  if (!('handler' in target)) {
    return [{ ...common, target: { type: 'mock', status: target.status, body: target.body } }];
  }
  const name = functions.nameOf(target.handler);
  return name === undefined ? [] : [{ ...common, target: { type: 'function', function: name } }];
}

function finishCors(cors: NonNullable<ApiEntry['cors']>, routes: readonly RouteDeclaration[]): CorsDeclaration {
  const used = routes.some((route) => route.method === 'ANY') ? ALL_METHODS : routes.map((route) => route.method);
  return {
    origins: cors.origins,
    methods: cors.methods ?? [...new Set(used)].sort(),
    headers: cors.headers ?? ['authorization', 'content-type'],
    exposeHeaders: cors.exposeHeaders ?? [],
    ...(cors.maxAge === undefined ? {} : { maxAge: cors.maxAge }),
    credentials: cors.credentials ?? false,
  };
}

function checkTimeouts(
  type: 'rest' | 'http',
  routes: readonly RouteDeclaration[],
  { functions, timeoutPath }: ResolvedFunctions,
  problems: ProblemList,
): void {
  const limit = API_TIMEOUT_SECONDS[type];
  const kind = type === 'rest' ? 'a REST API' : 'an HTTP API';
  for (const route of routes) {
    const name = route.target.type === 'function' ? route.target.function : undefined;
    const timeout = name === undefined ? undefined : functions[name]?.timeout;
    if (name === undefined || timeout === undefined || timeout <= limit) continue;
    const path = timeoutPath(name);
    problems.addUnlessKnown(path, {
      code: 'TIMEOUT_BEHIND_ROUTE',
      message: `${formatPath(path)}: ${timeout} s for ${name}, but ${kind} answers 504 on ${route.key} after ${limit} s while the function runs on`,
      hint: `Set timeout: ${limit} or less; move longer work to a function under functions: that no route calls.`,
    });
  }
}

// `apigen add-route`: a route in apigen.yml and, where its handler is new, the handler. Both or neither.

import { UsageError } from '../../errors.ts';
import { loadProject } from '../../project/load-project.ts';
import type { ApiDeclaration, Project } from '../../project/project.ts';
import type { EntryValue } from '../../project/render-entry.ts';
import { parseRouteKey, type RouteKey } from '../../project/route-key.ts';
import type { AccessWord } from '../../project/schema/access.ts';
import type { HandlerReference } from '../../project/schema/handler.ts';
import { chooseApi } from './choose-api.ts';
import type { NewFile } from './create-files.ts';
import { modelRoute } from './model-action.ts';
import { modelFacts } from './model-facts.ts';
import { chooseHandler, handlerFiles, type ModelUse, messageHandlerFiles } from './new-handler.ts';
import { routeModules, socketModules } from './route-handler-name.ts';
import { authOf, functionOf, handlerText, routeValue, writeRoutes } from './write-routes.ts';

export interface RouteRequest {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `GET /products/{id}`, as typed. */
  readonly route: string;
  /** May be left out where the project has one API. */
  readonly api?: string | undefined;
  readonly handler?: string | undefined;
  /** What answers instead of a handler, as apigen.yml has it: `{ mock: … }`, `{ url: … }`, `{ sqs: … }`. */
  readonly target?: Readonly<Record<string, unknown>> | undefined;
  readonly auth?: string | undefined;
  /** With an authorizer. */
  readonly scopes?: readonly string[];
  /** `body`, `key`, `cache`, as apigen.yml has them. */
  readonly rules?: Readonly<Record<string, unknown>>;
  /** A model that the handler should work with. */
  readonly model?: string | undefined;
  /** By model name, beyond what `model` needs. */
  readonly access: Readonly<Record<string, readonly AccessWord[]>>;
}

export interface AddedRoute {
  readonly api: string;
  readonly route: string;
  /** `src/products/create.handler`; none for a mock. */
  readonly handler?: string;
  /** The function's logical name. */
  readonly function?: string;
  /** Files written, relative to the root. */
  readonly created: readonly string[];
  /** apigen.yml, absolute. */
  readonly file: string;
}

/**
 * Adds a route.
 *
 * @throws UsageError, ApigenError or InvalidProjectError; nothing is then written
 */
export async function addRoute(request: RouteRequest): Promise<AddedRoute> {
  const project = await loadProject({ cwd: request.cwd, env: { AWS_REGION: 'us-east-1', ...request.env } });
  const api = chooseApi(project, request.api);
  const key = requireRoute(request.route, api);
  const route = key.path.startsWith('/') ? `${key.method} ${key.path}` : key.path;
  const rules = request.rules ?? {};
  if (request.target !== undefined) {
    return write(project, api, route, { ...request.target, ...authOf(request), ...rules }, []);
  }
  if (api.type === 'websocket') {
    requireNoModel(request);
    const handler = chooseHandler(project, socketModules(api.name, key.path), request.handler);
    const files = await messageHandlerFiles(project, handler, route);
    return write(
      project,
      api,
      route,
      routeValue(handler, { ...request, access: accessOf(request.access, undefined) }),
      files,
      handler,
    );
  }
  const facts = request.model === undefined ? undefined : await modelFacts(project, request.model);
  const use = facts === undefined ? undefined : { key, facts, route: modelRoute(route, key, facts) };
  const handler = chooseHandler(project, routeModules(key, use !== undefined), request.handler);
  const files = await handlerFiles(project, handler, route, use);
  return write(
    project,
    api,
    route,
    routeValue(handler, { ...request, access: accessOf(request.access, use) }),
    files,
    handler,
  );
}

/** @throws UsageError `MODEL_ON_WEBSOCKET` */
function requireNoModel({ model, route }: RouteRequest): void {
  if (model === undefined) return;
  throw new UsageError({
    code: 'MODEL_ON_WEBSOCKET',
    summary: '--model belongs to routes of REST and HTTP APIs',
    detail: `Its handlers go by the method and the path, and ${route}, a route of a WebSocket API, has neither.`,
    hint: `apigen add-route ${JSON.stringify(route)} --access ${model}:write    (then call ${model} in the handler)`,
  });
}

function requireRoute(text: string, api: ApiDeclaration): RouteKey {
  const parsed = parseRouteKey(text, api.type);
  if (parsed.ok) return parsed.key;
  const { message, hint } = parsed.fault;
  throw new UsageError({ code: 'INVALID_ROUTE', summary: `${JSON.stringify(text)}: ${message}`, hint });
}

function accessOf(
  asked: RouteRequest['access'],
  use: ModelUse | undefined,
): Readonly<Record<string, string | readonly string[]>> | undefined {
  const words = new Map(Object.entries(asked).map(([model, list]) => [model, new Set<string>(list)]));
  if (use?.route.access !== undefined) {
    const known = words.get(use.facts.name) ?? new Set<string>();
    words.set(use.facts.name, known.add(use.route.access));
  }
  if (words.size === 0) return undefined;
  return Object.fromEntries(
    [...words].map(([model, list]): [string, string | readonly string[]] => {
      const [only, ...others] = list;
      return [model, only !== undefined && others.length === 0 ? only : [...list]];
    }),
  );
}

async function write(
  project: Project,
  api: ApiDeclaration,
  route: string,
  value: EntryValue,
  files: readonly NewFile[],
  handler?: HandlerReference,
): Promise<AddedRoute> {
  const edited = await writeRoutes(project, api, [{ key: route, value }], files);
  const called = functionOf(edited, api, route);
  return {
    api: api.name,
    route,
    ...(handler === undefined ? {} : { handler: handlerText(handler) }),
    ...(called === undefined ? {} : { function: called }),
    created: files.map((file) => file.path),
    file: project.file,
  };
}

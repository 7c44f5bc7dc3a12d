// `apigen add-route`: a route in apigen.yml and, where its handler is new, the handler. Both or neither.

import { InvalidProjectError, UsageError } from '../../errors.ts';
import { editProject, routeEntry } from '../../project/edit-project.ts';
import { loadProject } from '../../project/load-project.ts';
import { nearestName } from '../../project/nearest-name.ts';
import type { ApiDeclaration, Project } from '../../project/project.ts';
import type { EntryValue } from '../../project/render-entry.ts';
import { parseRouteKey, type RouteKey } from '../../project/route-key.ts';
import type { AccessWord } from '../../project/schema/access.ts';
import type { HandlerReference } from '../../project/schema/handler.ts';
import { createFiles, type NewFile } from './create-files.ts';
import { modelRoute } from './model-action.ts';
import { modelFacts } from './model-facts.ts';
import { chooseHandler, handlerFiles, type ModelUse, messageHandlerFiles } from './new-handler.ts';
import { routeModules, socketModules } from './route-handler-name.ts';

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
    return write(project, api, route, routeValue(handler, request, undefined), files, handler);
  }
  const facts = request.model === undefined ? undefined : await modelFacts(project, request.model);
  const use = facts === undefined ? undefined : { facts, route: modelRoute(route, key, facts) };
  const handler = chooseHandler(project, routeModules(key, use !== undefined), request.handler);
  const files = await handlerFiles(project, handler, route, use);
  return write(project, api, route, routeValue(handler, request, use), files, handler);
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

function routeValue(handler: HandlerReference, request: RouteRequest, use: ModelUse | undefined): EntryValue {
  const text = `${handler.module}.${handler.exportName}`;
  const access = accessOf(request.access, use);
  const settings = { ...authOf(request), ...request.rules, ...(access === undefined ? {} : { access }) };
  return Object.keys(settings).length === 0 ? text : { handler: text, ...settings };
}

function chooseApi(project: Project, name: string | undefined): ApiDeclaration {
  const names = Object.keys(project.apis);
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  const api = chosen !== undefined && Object.hasOwn(project.apis, chosen) ? project.apis[chosen] : undefined;
  if (api !== undefined) return api;
  if (names.length === 0) {
    const hint = 'Add to apigen.yml:  apis: { public: { type: http, auth: none, routes: {} } }';
    throw new UsageError({ code: 'NO_API', summary: 'apigen.yml has no API that a route could join', hint });
  }
  if (name === undefined) {
    const detail = `apigen.yml has ${names.length}: ${names.join(', ')}.`;
    throw new UsageError({
      code: 'WHICH_API',
      summary: 'Which API gets the route?',
      detail,
      hint: `--api ${names[0]}`,
    });
  }
  const near = nearestName(name, names) ?? names[0];
  throw new UsageError({ code: 'UNKNOWN_API', summary: `apigen.yml has no API ${name}`, hint: `--api ${near}` });
}

function requireRoute(text: string, api: ApiDeclaration): RouteKey {
  const parsed = parseRouteKey(text, api.type);
  if (parsed.ok) return parsed.key;
  const { message, hint } = parsed.fault;
  throw new UsageError({ code: 'INVALID_ROUTE', summary: `${JSON.stringify(text)}: ${message}`, hint });
}

/** Scopes stand with the authorizer: that of the flag, or the one that the API has. */
function authOf({ auth, scopes = [] }: RouteRequest): { readonly auth?: unknown } {
  if (auth === undefined) return {};
  return { auth: scopes.length === 0 ? auth : { [auth]: scopes } };
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
  const edit = await editProject(project.file, [routeEntry(api.name, route, value)]).catch((error: unknown) => {
    throw withFlag(error);
  });
  const undo = await createFiles(project.root, files);
  try {
    await edit.commit();
  } catch (error) {
    await undo();
    throw error;
  }
  const added = edit.project.apis[api.name]?.routes.find((one) => one.key === route);
  const called = added?.target.type === 'function' ? added.target.function : undefined;
  return {
    api: api.name,
    route,
    ...(handler === undefined ? {} : { handler: `${handler.module}.${handler.exportName}` }),
    ...(called === undefined ? {} : { function: called }),
    created: files.map((file) => file.path),
    file: project.file,
  };
}

/** The one problem that a flag mends is said in terms of the flag. */
function withFlag(error: unknown): unknown {
  if (!(error instanceof InvalidProjectError)) return error;
  const unknown = error.problems.find((problem) => problem.code === 'UNKNOWN_AUTHORIZER');
  if (unknown !== undefined) {
    const { code, message, hint } = unknown;
    return new UsageError({ code, summary: message, hint });
  }
  const missing = error.problems.find((problem) => problem.code === 'MISSING_AUTH');
  if (missing === undefined) return error;
  return new UsageError({
    code: 'MISSING_AUTH',
    summary: 'Who may call the route?',
    detail: 'Its API has no auth of its own, so the route must say it.',
    hint: '--auth none (anyone on the internet), --auth iam (requests signed with AWS credentials) or an authorizer',
  });
}

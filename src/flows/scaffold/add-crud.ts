// `apigen add-route --crud`: the five routes of a model, their handlers and a test. All of them or none.

import { UsageError } from '../../errors.ts';
import { loadProject } from '../../project/load-project.ts';
import type { ApiDeclaration, Project } from '../../project/project.ts';
import { type HandlerReference, judgeHandler } from '../../project/schema/handler.ts';
import { normalisePath } from '../../project/schema/path-in-project.ts';
import { chooseApi } from './choose-api.ts';
import type { NewFile } from './create-files.ts';
import { requireFree } from './crud-in-the-way.ts';
import { type CrudHandler, type CrudRoute, crudRoutes, defaultPath } from './crud-routes.ts';
import { sharedFiles, sharedPaths } from './handler-code.ts';
import { detectLanguage, type Language } from './language.ts';
import { isVersioned, type ModelFacts, modelFacts } from './model-facts.ts';
import { crudTestModule, renderCrudTest } from './render-crud-test.ts';
import { renderModelHandler } from './render-handler.ts';
import { type SharedTemplate, sharedCode } from './shared-code.ts';
import { functionOf, handlerText, type RouteSettings, routeValue, writeRoutes } from './write-routes.ts';

export interface CrudRequest extends Pick<RouteSettings, 'auth' | 'scopes' | 'rules'> {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly model: string;
  /** Of the collection, as typed; the model's plural where nothing is said. */
  readonly path?: string | undefined;
  /** May be left out where the project has one API. */
  readonly api?: string | undefined;
  /** The folder of the handlers; the words of the path below src where nothing is said. */
  readonly prefix?: string | undefined;
}

export interface AddedCrud {
  readonly api: string;
  readonly model: string;
  readonly routes: readonly {
    readonly route: string;
    readonly handler: string;
    /** The function's logical name. */
    readonly function: string | undefined;
  }[];
  /** What the model decides and a reader of apigen.yml would not guess. */
  readonly notes: readonly string[];
  /** Files written, relative to the root. */
  readonly created: readonly string[];
  /** apigen.yml, absolute. */
  readonly file: string;
}

/**
 * Adds the routes of a model.
 *
 * @throws UsageError, ApigenError or InvalidProjectError; nothing is then written
 */
export async function addCrud(request: CrudRequest): Promise<AddedCrud> {
  const project = await loadProject({ cwd: request.cwd, env: { AWS_REGION: 'us-east-1', ...request.env } });
  const api = chooseApi(project, request.api);
  if (api.type === 'websocket') throw onWebsocket(api, request.model);
  const model = await modelFacts(project, request.model, '--crud');
  const { routes, folder } = crudRoutes(api, request.path ?? defaultPath(model.name), model);
  const prefix = request.prefix === undefined ? folder : requireFolder(request.prefix, model.name);
  const handlers = routes.map((route) => ({ ...route, handler: handlerOf(prefix, route) }));
  const language = detectLanguage(project);
  requireFree(project, api, model, handlers);
  const files = await filesOf(project, language, prefix, handlers, model);
  const entries = handlers.map((one) => ({
    key: one.text,
    value: routeValue(one.handler, {
      ...request,
      rules: { ...(one.body === undefined ? {} : { body: one.body }), ...request.rules },
      access: one.route.access === undefined ? undefined : { [model.name]: one.route.access },
    }),
  }));
  const edited = await writeRoutes(project, api, entries, files);
  return {
    api: api.name,
    model: model.name,
    routes: handlers.map(({ text, handler }) => ({
      route: text,
      handler: handlerText(handler),
      function: functionOf(edited, api, text),
    })),
    notes: notesOf(handlers, model),
    created: files.map((file) => file.path),
    file: project.file,
  };
}

const TABLES: SharedTemplate = {
  module: 'test/tables',
  exports: ['useTables'],
  users: 'tests of routes',
  otherwise: '',
};

/** `src/products/list.handler`; a list by query is called the same. */
function handlerOf(folder: string, { route: { action } }: CrudRoute): HandlerReference {
  return { module: `${folder}/${action === 'query' ? 'list' : action}`, exportName: 'handler' };
}

async function filesOf(
  project: Project,
  language: Language,
  folder: string,
  handlers: readonly CrudHandler[],
  model: ModelFacts,
): Promise<readonly NewFile[]> {
  const shared = await sharedPaths(project.root, language);
  const made = await Promise.all(
    handlers.map(({ handler, text, key, route }) =>
      renderModelHandler({ language, handler, route: text, shared }, key, route, model),
    ),
  );
  const common = await sharedFiles(project.root, language, made);
  const tables = await sharedCode(project.root, language, TABLES);
  const test = {
    language,
    module: crudTestModule(project, folder),
    http: shared['src/http'],
    tables: tables.path,
  };
  const ofTables = tables.file === undefined ? [] : [tables.file];
  return [...common, ...made, await renderCrudTest(test, handlers, model), ...ofTables];
}

function requireFolder(typed: string, model: string): string {
  const folder = normalisePath(typed);
  const fault = judgeHandler(`${typed.replace(/\/+$/, '')}/list.handler`);
  if (fault === undefined && folder !== '') return folder;
  throw new UsageError({
    code: 'INVALID_PREFIX',
    summary: `--prefix ${JSON.stringify(typed)} ${fault?.message ?? 'names no folder'}`,
    detail: 'It is the folder that the handlers go to, below that of apigen.yml.',
    hint: `--prefix src${defaultPath(model)}`,
  });
}

/** What only a reader of the model would know. */
function notesOf(handlers: readonly CrudHandler[], model: ModelFacts): readonly string[] {
  const scanned = handlers.find(({ route }) => route.access === 'scan');
  const defaults = model.attributes.filter(
    (one) =>
      one.default !== undefined &&
      one.role === undefined &&
      one.key !== 'hash' &&
      !(one.name === 'version' && isVersioned(model)),
  );
  const [first] = defaults;
  return [
    ...(scanned === undefined
      ? []
      : [`${scanned.text} scans the table page by page: it reads what it shows, and no more.`]),
    ...(first === undefined
      ? []
      : [
          `Bodies leave out what has a default: ${defaults.map((one) => one.name).join(', ')}. ` +
            `To let callers say it: body: { model: ${model.name}, optional: [${first.name}] }`,
        ]),
  ];
}

function onWebsocket(api: ApiDeclaration, model: string): UsageError {
  return new UsageError({
    code: 'MODEL_ON_WEBSOCKET',
    summary: '--crud belongs to REST and HTTP APIs',
    detail: `Its routes are methods and paths, and ${api.name}, a WebSocket API, has neither.`,
    hint: `apigen add-route save --api ${api.name} --access ${model}:write    (then call ${model} in the handler)`,
  });
}

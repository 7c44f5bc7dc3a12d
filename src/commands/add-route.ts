// `apigen add-route`: a route in apigen.yml and, where it is new, its handler.

import { dirname, relative } from 'node:path';
import type { Command, CommandInput } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { addRoute, type RouteRequest } from '../flows/scaffold/add-route.ts';
import { refreshTypes } from '../flows/types/refresh-types.ts';
import { nearestName } from '../project/nearest-name.ts';
import { ACCESS_WORDS, type AccessWord } from '../project/schema/access.ts';
import { readCrud, runCrud } from './add-route-crud.ts';
import { conflict, requireAuthOfScopes } from './flag-conflict.ts';
import { refreshedLines } from './refreshed-types.ts';

const ACCESS: readonly AccessWord[] = Object.values(ACCESS_WORDS).flat();

export const addRouteCommand: Command = {
  name: 'add-route',
  summary: 'add a route to an API, with its handler',
  description:
    'Edits apigen.yml, whose remarks and order stay as they are, and writes the handler where there is none. ' +
    'With --model the handler does the usual thing: GET lists or reads, POST creates, PUT replaces, PATCH updates, ' +
    'DELETE removes, and the access it needs is granted. With --crud a model gets all five routes of a collection at ' +
    'once, bodies checked, with their handlers and a test: POST and GET of the path, GET, PATCH and DELETE of an item. A ' +
    'model with a sort key is listed under its hash key.',
  arguments: [
    {
      name: 'route',
      summary: 'METHOD /path, in quotes, {name} is a parameter; a word on WebSocket APIs; with --crud a /path alone',
      required: false,
    },
  ],
  options: [
    { flags: '--api <name>', summary: 'the API that gets it, where there are several' },
    { flags: '--handler <file.export>', summary: 'its handler, new or there (default by the path)' },
    { flags: '--model <name>', summary: 'write a handler that works with this model' },
    { flags: '--crud <model>', summary: 'the five routes of a model (default path its plural, as /products)' },
    { flags: '--prefix <folder>', summary: 'with --crud: the folder of the handlers (default by the path)' },
    { flags: '--access <name:access>', summary: 'grant it, as Product:write, signals:publish', repeatable: true },
    { flags: '--auth <auth>', summary: 'none, iam or an authorizer (default what its API says)' },
    { flags: '--scope <scope>', summary: 'a scope that tokens need, with --auth', repeatable: true },
    { flags: '--body <model|file>', summary: 'what the body must be: a model or a JSON Schema file' },
    { flags: '--key', summary: 'callers need an API key (REST APIs)' },
    { flags: '--cache <seconds>', summary: 'keep answers so long (REST APIs)' },
    { flags: '--url <address>', summary: 'an HTTP backend instead of a handler' },
    { flags: '--mock [json]', summary: 'a fixed answer instead of a handler (REST APIs)' },
    { flags: '--status <code>', summary: 'HTTP status of the fixed answer (default 200)' },
    { flags: '--sns <topic>', summary: 'publish the body to a topic instead (REST APIs)' },
    { flags: '--sqs <queue>', summary: 'send the body to a queue instead' },
    { flags: '--aws <service:action>', summary: 'call an action of an AWS service instead, with --parameter' },
    {
      flags: '--parameter <name=value>',
      summary: 'a parameter of the action, as Name=$request.body',
      repeatable: true,
    },
  ],
  examples: [
    'apigen add-route "GET /products/{id}" --model Product',
    'apigen add-route --crud Product',
    'apigen add-route /customers/{customerId}/orders --crud Order --auth clients --scope orders',
    'apigen add-route "POST /reports" --access Product:scan --auth iam',
    'apigen add-route "POST /products" --model Product --body Product --auth clients --scope products/write',
    'apigen add-route "GET /health" --mock \'{"ok":true}\'',
    'apigen add-route "POST /jobs" --sqs jobs',
    'apigen add-route join --api chat --access Connection:write',
  ],
  async run(input, context) {
    const crud = readCrud(input);
    if (crud !== undefined) return runCrud(crud, context);
    const { cwd, env, ui } = context;
    const added = await addRoute({ cwd, env, ...readRequest(input) });
    const { style } = ui;
    const root = dirname(added.file);
    const types = await refreshTypes(root);
    ui.result({ ...added, ...(types && { types }) }, () =>
      [
        `${style.green('✓')} Added ${style.bold(added.route)} to the API ${added.api}`,
        ...added.created.map((path) => `  ${style.green('+')} ${path}`),
        `  ${style.yellow('~')} ${relative(cwd, added.file)}`,
        ...refreshedLines(types, { root, cwd, style }),
        ...(added.function === undefined ? [] : ['', `Its function is ${added.function}.`]),
      ].join('\n'),
    );
    return 0;
  },
};

const TARGETS = ['mock', 'url', 'sns', 'sqs', 'aws'] as const;

function readRequest({ arguments: words, options }: CommandInput): Omit<RouteRequest, 'cwd' | 'env'> {
  const text = (key: string) => (typeof options[key] === 'string' ? options[key] : undefined);
  const list = (key: string) => (Array.isArray(options[key]) ? options[key].map(String) : []);
  const mock = readMock(options['mock'], text('status'));
  const scopes = list('scope');
  const request = {
    route: requireRoute(words['route']),
    api: text('api'),
    handler: text('handler'),
    auth: text('auth'),
    scopes,
    model: text('model'),
    access: readAccess(list('access')),
    rules: readRules(text('body'), options['key'] === true, text('cache')),
  };
  const [target, second] = TARGETS.filter((key) => options[key] !== undefined);
  const other = second ?? (['handler', 'model'] as const).find((key) => request[key] !== undefined);
  const useless = other ?? (Object.keys(request.access).length > 0 ? 'access' : undefined);
  if (target !== undefined && useless !== undefined) {
    throw conflict(`--${target} and --${useless} exclude each other`, `leave out --${target} or --${useless}`);
  }
  requireAuthOfScopes(scopes, request.auth);
  const parameters = readParameters(list('parameter'));
  if (target !== 'aws' && Object.keys(parameters).length > 0) {
    throw conflict('--parameter belongs to --aws', '--aws sqs:SendMessage --parameter MessageBody=$request.body');
  }
  if (target === undefined) return request;
  return { ...request, target: targetOf(target, text(target) ?? '', mock, parameters) };
}

function requireRoute(route: CommandInput['arguments'][string]): string {
  if (typeof route === 'string') return route;
  throw new UsageError({
    code: 'MISSING_ARGUMENT',
    summary: 'Which route? Say its method and path',
    hint: 'apigen add-route "GET /products/{id}", or apigen add-route --crud Product for all five of a model',
  });
}

function targetOf(
  target: (typeof TARGETS)[number],
  value: string,
  mock: ReturnType<typeof readMock>,
  parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  if (target === 'mock') return { mock };
  if (target === 'url') return { url: value };
  if (target === 'sns') return { sns: { topic: value } };
  if (target === 'sqs') return { sqs: { queue: value } };
  const [, service, action] = /^([\w.-]+)[:.](\w+)$/.exec(value) ?? [];
  if (service !== undefined) return { aws: { service, action, parameters } };
  throw new UsageError({
    code: 'INVALID_ACTION',
    summary: `--aws: ${value} does not say service and action`,
    hint: '--aws sqs:SendMessage',
  });
}

function readRules(body: string | undefined, key: boolean, cache: string | undefined): Record<string, unknown> {
  const seconds = cache === undefined ? undefined : Number(cache);
  if (seconds !== undefined && !Number.isInteger(seconds)) {
    throw new UsageError({
      code: 'INVALID_CACHE',
      summary: `--cache: ${cache} is no number of seconds`,
      hint: '--cache 60',
    });
  }
  return {
    ...(body !== undefined && { body }),
    ...(key && { key: 'required' }),
    ...(seconds !== undefined && { cache: seconds }),
  };
}

/** `QueueUrl=https://…`. */
function readParameters(written: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    written.map((text) => {
      const at = text.indexOf('=');
      if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
      const summary = `--parameter: ${text} does not say name and value`;
      throw new UsageError({ code: 'INVALID_PARAMETER', summary, hint: `--parameter ${text}=$request.body` });
    }),
  );
}

function readMock(
  value: CommandInput['options'][string],
  status: string | undefined,
): { status: number; body?: unknown } | undefined {
  if (value === undefined) {
    if (status === undefined) return undefined;
    throw new UsageError({
      code: 'CONFLICTING_FLAGS',
      summary: '--status belongs to --mock',
      hint: `--mock --status ${status}`,
    });
  }
  const code = Number(status ?? 200);
  if (!Number.isInteger(code) || code < 200 || code > 599) {
    throw new UsageError({
      code: 'INVALID_STATUS',
      summary: `--status: ${status} is no HTTP status`,
      hint: '--status 200',
    });
  }
  if (typeof value !== 'string') return code === 204 ? { status: code } : { status: code, body: { ok: code < 400 } };
  try {
    return { status: code, body: JSON.parse(value) };
  } catch {
    throw new UsageError({
      code: 'INVALID_MOCK',
      summary: `--mock: ${value} is not JSON`,
      hint: `--mock '${JSON.stringify({ message: value })}'`,
    });
  }
}

/** `Product:write`, `Order:read,scan`. */
function readAccess(written: readonly string[]): RouteRequest['access'] {
  const access: Record<string, AccessWord[]> = {};
  for (const text of written) {
    const parts = /^([\w-]+)[:=](.+)$/.exec(text);
    const model = parts?.[1];
    if (model === undefined)
      throw invalidAccess(`--access: ${text} does not say what is granted`, `--access ${text}:write`);
    for (const word of (parts?.[2] ?? '').split(',')) {
      const known = ACCESS.find((one) => one === word.trim());
      if (known === undefined) {
        const near = nearestName(word, ACCESS) ?? 'write';
        throw invalidAccess(`--access: ${word} is not ${ACCESS.join(', ')}`, `--access ${model}:${near}`);
      }
      access[model] = [...(access[model] ?? []), known];
    }
  }
  return access;
}

function invalidAccess(summary: string, hint: string): UsageError {
  return new UsageError({ code: 'INVALID_ACCESS', summary, hint });
}

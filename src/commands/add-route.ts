// `apigen add-route`: a route in apigen.yml and, where it is new, its handler.

import { relative } from 'node:path';
import type { Command, CommandInput } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { addRoute, type RouteRequest } from '../flows/scaffold/add-route.ts';
import { nearestName } from '../project/nearest-name.ts';
import type { Access } from '../project/project.ts';

const ACCESS: readonly Access[] = ['read', 'write', 'scan'];

export const addRouteCommand: Command = {
  name: 'add-route',
  summary: 'add a route to an API, with its handler',
  description:
    'Edits apigen.yml, whose remarks and order stay as they are, and writes the handler where there is none. ' +
    'With --model the handler does the usual thing: GET lists or reads, POST creates, PUT replaces, PATCH updates, ' +
    'DELETE removes, and the access it needs is granted.',
  arguments: [{ name: 'route', summary: 'METHOD /path, in quotes; {name} is a parameter', required: true }],
  options: [
    { flags: '--api <name>', summary: 'the API that gets it, where there are several' },
    { flags: '--handler <file.export>', summary: 'its handler, new or there (default by the path)' },
    { flags: '--model <name>', summary: 'write a handler that works with this model' },
    { flags: '--access <model:access>', summary: 'grant read, write or scan, as Product:write', repeatable: true },
    { flags: '--auth <auth>', summary: 'who may call it (default what its API says)', choices: ['none', 'iam'] },
    { flags: '--mock [json]', summary: 'a fixed answer instead of a handler (REST APIs)' },
    { flags: '--status <code>', summary: 'HTTP status of the fixed answer (default 200)' },
  ],
  examples: [
    'apigen add-route "GET /products/{id}" --model Product',
    'apigen add-route "POST /reports" --access Product:scan --auth iam',
    'apigen add-route "GET /health" --mock \'{"ok":true}\'',
  ],
  async run(input, { cwd, env, ui }) {
    const added = await addRoute({ cwd, env, ...readRequest(input) });
    const { style } = ui;
    ui.result(added, () =>
      [
        `${style.green('✓')} Added ${style.bold(added.route)} to the API ${added.api}`,
        ...added.created.map((path) => `  ${style.green('+')} ${path}`),
        `  ${style.yellow('~')} ${relative(cwd, added.file)}`,
        ...(added.function === undefined ? [] : ['', `Its function is ${added.function}.`]),
      ].join('\n'),
    );
    return 0;
  },
};

function readRequest({ arguments: words, options }: CommandInput): Omit<RouteRequest, 'cwd' | 'env'> {
  const text = (key: string) => (typeof options[key] === 'string' ? options[key] : undefined);
  const mock = readMock(options['mock'], text('status'));
  const written = options['access'];
  const request = {
    route: String(words['route']),
    api: text('api'),
    handler: text('handler'),
    auth: text('auth'),
    model: text('model'),
    access: readAccess(Array.isArray(written) ? written.map(String) : []),
  };
  const other = (['handler', 'model'] as const).find((key) => request[key] !== undefined);
  const useless = other ?? (Object.keys(request.access).length > 0 ? 'access' : undefined);
  if (mock === undefined || useless === undefined) return { ...request, mock };
  throw new UsageError({
    code: 'CONFLICTING_FLAGS',
    summary: `--mock and --${useless} exclude each other`,
    detail: 'A mock is answered by API Gateway itself, without a function.',
    hint: `leave out --mock or --${useless}`,
  });
}

function readMock(value: CommandInput['options'][string], status: string | undefined): RouteRequest['mock'] {
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
  const access: Record<string, Access[]> = {};
  for (const text of written) {
    const parts = /^(\w+)[:=](.+)$/.exec(text);
    const model = parts?.[1];
    if (model === undefined)
      throw invalidAccess(`--access: ${text} does not say what is granted`, `--access ${text}:write`);
    for (const word of (parts?.[2] ?? '').split(',')) {
      const known = ACCESS.find((one) => one === word.trim());
      if (known === undefined) {
        const near = nearestName(word, ACCESS) ?? 'write';
        throw invalidAccess(`--access: ${word} is not read, write or scan`, `--access ${model}:${near}`);
      }
      access[model] = [...(access[model] ?? []), known];
    }
  }
  return access;
}

function invalidAccess(summary: string, hint: string): UsageError {
  return new UsageError({ code: 'INVALID_ACCESS', summary, hint });
}

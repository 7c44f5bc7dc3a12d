// `apigen add-route --crud`: the five routes of a model in apigen.yml, with their handlers and a test.

import { dirname, relative } from 'node:path';
import type { CommandContext, CommandInput } from '../cli/command.ts';
import { addCrud, type CrudRequest } from '../flows/scaffold/add-crud.ts';
import { refreshTypes } from '../flows/types/refresh-types.ts';
import { conflict, requireAuthOfScopes } from './flag-conflict.ts';
import { refreshedLines } from './refreshed-types.ts';

/** What belongs to one route, which --crud says for all five or not at all. */
const OF_ONE_ROUTE = [
  'model',
  'handler',
  'access',
  'body',
  'cache',
  'status',
  'parameter',
  'mock',
  'url',
  'sns',
  'sqs',
  'aws',
] as const;

/** The request where --crud is given. */
export function readCrud({ arguments: words, options }: CommandInput): Omit<CrudRequest, 'cwd' | 'env'> | undefined {
  const text = (key: string) => (typeof options[key] === 'string' ? options[key] : undefined);
  const scopes = Array.isArray(options['scope']) ? options['scope'].map(String) : [];
  const model = text('crud');
  if (model === undefined) {
    if (options['prefix'] === undefined) return undefined;
    throw conflict('--prefix belongs to --crud', '--handler src/products/list.handler says where one handler goes');
  }
  const useless = OF_ONE_ROUTE.find((key) => options[key] !== undefined && `${options[key]}` !== '');
  if (useless !== undefined) {
    const hint =
      useless === 'model'
        ? `leave out --model: --crud ${model} names it`
        : `leave out --${useless}, and edit apigen.yml afterwards`;
    throw conflict(`--${useless} belongs to one route, and --crud adds five`, hint);
  }
  requireAuthOfScopes(scopes, text('auth'));
  return {
    model,
    path: typeof words['route'] === 'string' ? words['route'] : undefined,
    api: text('api'),
    prefix: text('prefix'),
    auth: text('auth'),
    scopes,
    rules: options['key'] === true ? { key: 'required' } : {},
  };
}

/** Adds them and says what was added. */
export async function runCrud(
  crud: Omit<CrudRequest, 'cwd' | 'env'>,
  { cwd, env, ui }: CommandContext,
): Promise<number> {
  const added = await addCrud({ cwd, env, ...crud });
  const { style } = ui;
  const root = dirname(added.file);
  const types = await refreshTypes(root);
  ui.result({ ...added, ...(types && { types }) }, () =>
    [
      `${style.green('✓')} Added ${added.routes.length} routes of ${style.bold(added.model)} to the API ${added.api}`,
      ...added.routes.map(({ route }) => `  ${route}`),
      '',
      ...added.created.map((path) => `  ${style.green('+')} ${path}`),
      `  ${style.yellow('~')} ${relative(cwd, added.file)}`,
      ...refreshedLines(types, { root, cwd, style }),
      ...(added.notes.length === 0 ? [] : ['', ...added.notes]),
    ].join('\n'),
  );
  return 0;
}

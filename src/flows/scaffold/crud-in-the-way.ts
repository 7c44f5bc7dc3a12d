// What the five routes of a model cannot have because it is there already: all of it is named at once.

import { ApigenError } from '../../errors.ts';
import { functionName } from '../../project/function-name.ts';
import type { ApiDeclaration, Project } from '../../project/project.ts';
import { shapeOf } from '../../project/route-conflicts.ts';
import { parseRouteKey } from '../../project/route-key.ts';
import type { CrudHandler } from './crud-routes.ts';
import type { ModelFacts } from './model-facts.ts';
import { sourceOf } from './new-handler.ts';

/** @throws ApigenError `ALREADY_THERE` when a route, a handler's file or a function's name is taken */
export function requireFree(
  project: Project,
  api: ApiDeclaration,
  model: ModelFacts,
  handlers: readonly CrudHandler[],
): void {
  const taken = handlers.map((one) => ({ ...one, ...inTheWay(project, api, one) }));
  const routes = taken.flatMap(({ existing }) => existing ?? []);
  const files = taken.flatMap(({ file }) => file ?? []);
  const functions = taken.flatMap(({ used }) => used ?? []);
  if (routes.length + files.length + functions.length === 0) return;
  const missing = taken.find(({ existing }) => existing === undefined);
  throw new ApigenError({
    code: 'ALREADY_THERE',
    summary: `Not all five routes of ${model.name} are free; nothing was written`,
    detail: [
      ...(routes.length === 0 ? [] : [`The API ${api.name} has ${routes.join(', ')}.`]),
      ...(files.length === 0 ? [] : [`There are the files ${files.join(', ')}.`]),
      ...(functions.length === 0 ? [] : [`There are functions called ${functions.join(', ')}.`]),
    ].join('\n'),
    hint: hintOf(routes.length, missing?.text, handlers, model),
  });
}

/** What stands where one route would. */
function inTheWay(project: Project, api: ApiDeclaration, { key, handler }: CrudHandler) {
  const existing = api.routes.find((route) => {
    const parsed = parseRouteKey(route.key, api.type);
    return parsed.ok && shapeOf(parsed.key) === shapeOf(key);
  });
  const file = sourceOf(project, handler);
  const name = functionName(handler);
  // A function whose handler is the file is named by the file.
  const used = file === undefined && Object.hasOwn(project.functions, name) ? name : undefined;
  return { existing: existing?.key, file, used };
}

function hintOf(
  routes: number,
  missing: string | undefined,
  handlers: readonly CrudHandler[],
  { name }: ModelFacts,
): string {
  const path = handlers[0]?.key.path ?? '';
  if (routes === 0) return `apigen add-route ${path} --crud ${name} --prefix src/crud${path.replace(/\/\{.*$/, '')}`;
  if (missing === undefined)
    return `apigen add-route /other${path} --crud ${name}    (or edit the routes that are there)`;
  return `apigen add-route "${missing}" --model ${name}    (adds one of those that are missing)`;
}

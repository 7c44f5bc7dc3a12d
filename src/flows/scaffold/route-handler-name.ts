// Where a route's handler goes when nobody says: by the words of its path and its method.

import { isGreedy, parameterOf, type RouteKey } from '../../project/route-key.ts';
import { isPlural } from './words.ts';

const ITEM_ACTIONS: Readonly<Record<string, string>> = {
  GET: 'get',
  PUT: 'replace',
  PATCH: 'update',
  DELETE: 'remove',
};

const COLLECTION_ACTIONS: Readonly<Record<string, string>> = { GET: 'list', POST: 'create' };

/**
 * `GET /products` → `src/products/list`, `PATCH /products/{id}` → `src/products/update`, `GET /health` →
 * `src/health`, `$default` → `src/default`: modules without extension, best first.
 *
 * @param many whether the last word names a collection although it is no plural
 */
export function routeModules(key: RouteKey, many = false): readonly string[] {
  if (key.path === '$default') return ['src/default'];
  const method = key.method.toLowerCase();
  const last = key.segments.at(-1);
  const words = key.segments.filter((segment) => parameterOf(segment) === undefined).map(fileWord);
  const folder = ['src', ...words].join('/');
  if (last === undefined) return ['src/home', `src/home/${method}`];
  if (words.length === 0) return [`src/${isGreedy(last) ? 'proxy' : method}`, `src/root/${method}`];
  if (parameterOf(last) !== undefined) {
    return [`${folder}/${ITEM_ACTIONS[key.method] ?? method}`, `${folder}/${method}-one`];
  }
  if (many || isPlural(last))
    return [`${folder}/${COLLECTION_ACTIONS[key.method] ?? method}`, `${folder}/${method}-all`];
  return [folder, `${folder}/${method}`];
}

/** `send` of the API chat → `src/chat/send`, `$default` → `src/chat/default`. */
export function socketModules(api: string, route: string): readonly string[] {
  const module = `src/${fileWord(api)}/${fileWord(route)}`;
  return [module, `${module}-message`];
}

/** A segment of a path as the name of a file or a folder. */
export function fileWord(segment: string): string {
  return segment.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '') || 'x';
}

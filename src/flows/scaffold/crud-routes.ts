// The five routes of a model: what each does, where it stands, and what apigen.yml says of it.

import { UsageError } from '../../errors.ts';
import type { ApiDeclaration } from '../../project/project.ts';
import { isGreedy, parameterOf, parseRouteKey, type RouteKey } from '../../project/route-key.ts';
import type { HandlerReference } from '../../project/schema/handler.ts';
import { ACTION_ACCESS, type ModelAction, type ModelRoute, modelRoute } from './model-action.ts';
import { keyOf, type ModelFacts, mintedKey } from './model-facts.ts';
import { fileWord } from './route-handler-name.ts';
import { kebabCase, plural } from './words.ts';

export interface CrudRoute {
  /** As apigen.yml has it: `GET /products/{id}`. */
  readonly text: string;
  readonly key: RouteKey;
  readonly route: ModelRoute;
  readonly body?: BodyValue;
}

/** A route and where its handler goes. */
export interface CrudHandler extends CrudRoute {
  readonly handler: HandlerReference;
}

export interface CrudRoutes {
  /** `/products`, or `/orders/{customerId}` where a list is a query. */
  readonly collection: string;
  /** The folder of the handlers: `src/products`. */
  readonly folder: string;
  /** List, create, get, update, remove. */
  readonly routes: readonly CrudRoute[];
}

type BodyValue = string | Readonly<Record<string, unknown>>;

/** `/products`, `/order-lines` */
export function defaultPath(model: string): string {
  return `/${plural(kebabCase(model))}`;
}

/**
 * The routes of a model below a path. A model with a sort key is listed under its hash key, which the collection's path
 * then has: `/orders` becomes `/orders/{customerId}`, `/customers/{customerId}/orders` stays.
 *
 * @param typed the path as it was typed
 * @throws UsageError `INVALID_ROUTE`, `NOT_A_COLLECTION`
 */
export function crudRoutes(api: ApiDeclaration, typed: string, model: ModelFacts): CrudRoutes {
  const { segments, path } = parsed(`GET ${requirePath(typed, model)}`, api);
  requireCollection(typed, segments, model);
  const { hashKey, sortKey } = model;
  const isBound = segments.some((segment) => parameterOf(segment) === hashKey.name);
  const collection = sortKey === undefined || isBound ? path : `${path}/{${hashKey.name}}`;
  const item = `${collection}/{${(sortKey ?? hashKey).name}}`;
  const words = segments.filter((segment) => parameterOf(segment) === undefined).map(fileWord);
  const { name } = model;
  const minted = mintedKey(model);
  const { bound } = modelRoute(`GET ${item}`, parsed(`GET ${item}`, api), model);
  // The action is said: by its path alone, `GET /orders/{customerId}` would be taken for one item.
  const made = (method: string, at: string, action: ModelAction, body?: BodyValue): CrudRoute => {
    const text = `${method} ${at}`;
    const key = parsed(text, api);
    const given = bound.filter(({ parameter }) => key.segments.includes(`{${parameter}}`));
    const route = { action, bound: given, access: ACTION_ACCESS[action] };
    return { text, key, route, ...(body === undefined ? {} : { body }) };
  };
  return {
    collection,
    folder: ['src', ...words].join('/'),
    routes: [
      made('GET', collection, sortKey === undefined ? 'list' : 'query'),
      made('POST', collection, 'create', minted === undefined ? name : { model: name, optional: [minted.name] }),
      made('GET', item, 'get'),
      made('PATCH', item, 'update', { model: name, partial: true }),
      made('DELETE', item, 'remove'),
    ],
  };
}

function requirePath(typed: string, { name }: ModelFacts): string {
  const [, path] = /^[A-Za-z]+\s+(\/.*)$/.exec(typed.trim()) ?? [];
  if (path === undefined) return typed.trim();
  throw new UsageError({
    code: 'NOT_A_COLLECTION',
    summary: `${JSON.stringify(typed)}: --crud writes five routes, and takes their path alone`,
    hint: `apigen add-route ${path.replace(/\/\{[^/]*\}$/, '')} --crud ${name}`,
  });
}

function parsed(text: string, api: ApiDeclaration): RouteKey {
  const result = parseRouteKey(text, api.type);
  if (result.ok) return result.key;
  const { message, hint } = result.fault;
  const path = text.slice(text.indexOf(' ') + 1);
  throw new UsageError({ code: 'INVALID_ROUTE', summary: `${JSON.stringify(path)}: ${message}`, hint });
}

/** A path that names many things, and of the key at most the hash key above a sort key. */
function requireCollection(typed: string, segments: readonly string[], model: ModelFacts): void {
  const { name, hashKey, sortKey } = model;
  const hint = (path: string): string => `apigen add-route ${path} --crud ${name}`;
  const last = segments.at(-1);
  if (last === undefined || segments.every((segment) => parameterOf(segment) !== undefined)) {
    const summary = `${JSON.stringify(typed)}: the path has no word for what it lists`;
    throw new UsageError({ code: 'NOT_A_COLLECTION', summary, hint: hint(defaultPath(name)) });
  }
  const allowed = sortKey === undefined ? undefined : hashKey.name;
  const wrong = segments.find((segment) => {
    const parameter = parameterOf(segment);
    return parameter !== undefined && (isGreedy(segment) || parameter !== allowed);
  });
  if (wrong === undefined) return;
  const fixed = segments.filter((segment) => segment !== wrong).join('/');
  const isKey = keyOf(model).some((one) => one.name === parameterOf(wrong));
  throw new UsageError({
    code: 'NOT_A_COLLECTION',
    summary: isKey
      ? `${JSON.stringify(typed)} is the path of one item, and --crud wants that of the collection`
      : `${JSON.stringify(typed)}: ${wrong} is not the ${sortKey === undefined ? 'key' : 'hash key'} of ${name}`,
    detail: isKey
      ? undefined
      : `A list of ${name} would show the same items whatever it says. The key is ${keyOf(model)
          .map((one) => one.name)
          .join(' and ')}.`,
    hint: hint(`/${fixed}`),
  });
}

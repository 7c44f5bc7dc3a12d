// What a route does with a model, by its method and path, and how the path's parameters make up the model's key.

import { UsageError } from '../../errors.ts';
import type { Access } from '../../project/project.ts';
import { isGreedy, parameterOf, type RouteKey } from '../../project/route-key.ts';
import { type KeyAttribute, keyOf, type ModelFacts } from './model-facts.ts';

/** The name of the template: `src/products/{action}`. */
export type ModelAction = 'list' | 'query' | 'get' | 'create' | 'replace' | 'update' | 'remove';

export interface ModelRoute {
  readonly action: ModelAction;
  /** Key attributes by the path parameter that gives each. */
  readonly bound: readonly BoundAttribute[];
  /** What the function needs beyond reading, which importing the model grants. */
  readonly access: Access | undefined;
}

export interface BoundAttribute extends KeyAttribute {
  readonly parameter: string;
}

const ITEM: Readonly<Record<string, ModelAction>> = {
  GET: 'get',
  PUT: 'replace',
  PATCH: 'update',
  DELETE: 'remove',
};

/** What each action needs beyond reading. */
export const ACTION_ACCESS: Readonly<Partial<Record<ModelAction, Access>>> = {
  list: 'scan',
  create: 'write',
  replace: 'write',
  update: 'write',
  remove: 'write',
};

/**
 * The action of a route on a model.
 *
 * @throws UsageError `NO_MODEL_ACTION`, `KEY_NOT_IN_PATH`
 */
export function modelRoute(text: string, key: RouteKey, model: ModelFacts): ModelRoute {
  const parameters = key.segments.flatMap((segment) => (isGreedy(segment) ? [] : (parameterOf(segment) ?? [])));
  const last = key.segments.at(-1) ?? '';
  const isItem = parameterOf(last) !== undefined && !isGreedy(last);
  const action = isItem ? ITEM[key.method] : collectionAction(key, parameters, model);
  if (action === undefined) throw noAction(text, model);
  const bound = isItem ? bindKey(text, parameters, model) : bindSome(parameters, model);
  return { action, bound: action === 'list' ? [] : bound, access: ACTION_ACCESS[action] };
}

function collectionAction(key: RouteKey, parameters: readonly string[], model: ModelFacts): ModelAction | undefined {
  if (key.path === '$default' || isGreedy(key.segments.at(-1) ?? '')) return undefined;
  if (key.method === 'POST') return 'create';
  if (key.method !== 'GET') return undefined;
  return bindSome(parameters, model).some(({ name }) => name === model.hashKey.name) ? 'query' : 'list';
}

/** The whole key: attributes of the same name, or as many parameters as it has attributes, in their order. */
function bindKey(text: string, parameters: readonly string[], model: ModelFacts): readonly BoundAttribute[] {
  const attributes = keyOf(model);
  const byName = bindByName(parameters, attributes);
  if (byName.length === attributes.length) return byName;
  if (parameters.length >= attributes.length && byName.length === 0) {
    const last = parameters.slice(-attributes.length);
    return attributes.map((attribute, index) => ({ ...attribute, parameter: last[index] ?? '' }));
  }
  const names = attributes.map(({ name }) => name);
  throw new UsageError({
    code: 'KEY_NOT_IN_PATH',
    summary: `${text}: the path does not give the whole key of ${model.name}`,
    detail: `Its key is ${names.join(' and ')}; the path has ${parameters.join(', ')}.`,
    hint: `Write the path as /…/${names.map((name) => `{${name}}`).join('/')}`,
  });
}

/** What a collection's path says of the key: `/customers/{customerId}/orders` gives the hash key of an order. */
function bindSome(parameters: readonly string[], model: ModelFacts): readonly BoundAttribute[] {
  const byName = bindByName(parameters, keyOf(model));
  const [only, ...others] = parameters;
  if (byName.length > 0 || only === undefined || others.length > 0 || model.sortKey === undefined) return byName;
  return [{ ...model.hashKey, parameter: only }];
}

function bindByName(parameters: readonly string[], attributes: readonly KeyAttribute[]): readonly BoundAttribute[] {
  return attributes
    .filter(({ name }) => parameters.includes(name))
    .map((attribute) => ({ ...attribute, parameter: attribute.name }));
}

function noAction(text: string, model: ModelFacts): UsageError {
  return new UsageError({
    code: 'NO_MODEL_ACTION',
    summary: `${text}: there is no usual thing to do with ${model.name}`,
    detail: 'With --model a route is GET or POST of a collection, or GET, PUT, PATCH or DELETE of one item.',
    hint: `apigen add-route "${text}"    (writes an empty handler)`,
  });
}

// What a route asks of a request and keeps of an answer: body, parameters, API key, cache, throttle.

import { requireName } from './known.ts';
import { formatPath } from './problem-list.ts';
import type { BodyRule, ParameterRule, ProjectPath, RouteDeclaration } from './project.ts';
import type { RoutesContext } from './resolve-routes.ts';
import { parameterOf, type RouteKey } from './route-key.ts';
import type { ApiEntry } from './schema/api.ts';
import { normalisePath } from './schema/path-in-project.ts';
import { parsePlace } from './schema/request-rules.ts';
import type { RouteEntry } from './schema/route.ts';

export type RequestRules = Pick<
  RouteDeclaration,
  'body' | 'parameters' | 'keyRequired' | 'cache' | 'throttle' | 'payload' | 'responds'
>;

export function requestRules(
  api: ApiEntry,
  key: RouteKey,
  entry: RouteEntry,
  path: ProjectPath,
  context: RoutesContext,
): RequestRules {
  const body = entry.body === undefined ? undefined : bodyOf(api, key, entry, entry.body, path, context);
  const parameters = entry.parameters === undefined ? undefined : parametersOf(entry.parameters, key, path, context);
  const cache = entry.cache === undefined ? undefined : cacheOf(entry.cache, key, path, context);
  checkKey(api, entry, path, context);
  refuseWithoutFunction(api, entry, path, context);
  return {
    ...(body && { body }),
    ...(parameters && { parameters }),
    ...(entry.key === 'required' && { keyRequired: true }),
    ...(cache && { cache }),
    ...(entry.throttle && { throttle: entry.throttle }),
    ...(entry.payload !== undefined && { payload: entry.payload }),
    ...(entry.respond === true && { responds: true }),
  };
}

function bodyOf(
  api: ApiEntry,
  key: RouteKey,
  entry: RouteEntry,
  written: NonNullable<RouteEntry['body']>,
  path: ProjectPath,
  { known, problems }: RoutesContext,
): BodyRule | undefined {
  const here = [...path, 'body'];
  if ((key.method === 'GET' || key.method === 'HEAD') && api.type !== 'websocket') {
    const message = `${formatPath(path)}: ${key.method} requests have no body that could be checked`;
    problems.add(here, {
      code: 'BODY_ON_GET',
      message,
      hint: 'Remove body; check the query with parameters.',
      atKey: true,
    });
    return undefined;
  }
  if (api.type === 'websocket' && /^\$(?:connect|disconnect)$/.test(key.path)) {
    const message = `${formatPath(path)}: ${key.path} carries no message`;
    problems.add(here, { code: 'BODY_ON_CONNECT', message, hint: 'Remove body.', atKey: true });
    return undefined;
  }
  if (typeof written === 'string' && written.endsWith('.json')) return { type: 'schema', file: normalisePath(written) };
  const {
    model,
    schema,
    omit = [],
    optional = [],
    pick,
    partial,
  } = typeof written === 'string' ? { model: written } : written;
  if (schema !== undefined) return { type: 'schema', file: normalisePath(schema) };
  if (model === undefined || entry.body === undefined) return undefined;
  const place = typeof written === 'string' ? here : [...here, 'model'];
  if (!requireName(known, 'models', model, place, problems)) return undefined;
  return { type: 'model', model, omit, optional, ...(pick && { pick }), partial: partial ?? false };
}

function parametersOf(
  written: NonNullable<RouteEntry['parameters']>,
  key: RouteKey,
  path: ProjectPath,
  context: RoutesContext,
): readonly ParameterRule[] {
  const list = Array.isArray(written)
    ? written.map((text, index) => ({ text, required: true, at: [...path, 'parameters', index] }))
    : Object.entries(written).map(([text, word]) => ({
        text,
        required: word === 'required',
        at: [...path, 'parameters', text],
      }));
  return list.map(({ text, required, at }) => {
    checkPathParameter(text, key, at, context);
    return { ...parsePlace(text), required };
  });
}

function cacheOf(
  written: NonNullable<RouteEntry['cache']>,
  key: RouteKey,
  path: ProjectPath,
  context: RoutesContext,
): NonNullable<RequestRules['cache']> {
  if (typeof written === 'number') return { ttl: written, by: [] };
  const by = (written.by ?? []).map((text, index) => {
    checkPathParameter(text, key, [...path, 'cache', 'by', index], context);
    return parsePlace(text);
  });
  return { ttl: written.ttl, by };
}

function checkPathParameter(text: string, key: RouteKey, at: ProjectPath, { problems }: RoutesContext): void {
  const { in: where, name } = parsePlace(text);
  const names = key.segments.flatMap((segment) => parameterOf(segment) ?? []);
  if (where !== 'path' || names.includes(name)) return;
  problems.add(at, {
    code: 'UNKNOWN_PATH_PARAMETER',
    message: `${formatPath(at)}: the path has no {${name}}`,
    hint:
      names.length === 0 ? 'Name a header or the query.' : `It has ${names.map((one) => `path.${one}`).join(', ')}.`,
  });
}

function checkKey(api: ApiEntry, entry: RouteEntry, path: ProjectPath, { problems }: RoutesContext): void {
  if (api.type !== 'rest' || entry.key !== 'required' || Object.keys(api.plans ?? {}).length > 0) return;
  problems.add([...path, 'key'], {
    code: 'KEY_WITHOUT_PLAN',
    message: `${formatPath(path)} wants an API key, but its API has no plan that a key could belong to: every request would be answered 403`,
    hint: 'Add plans: { free: { rate: 5, burst: 10, quota: 1000/day } } to the API.',
    atKey: true,
  });
}

/** HTTP APIs check nothing themselves: the function's bundle does, so there must be a function. */
function refuseWithoutFunction(api: ApiEntry, entry: RouteEntry, path: ProjectPath, { problems }: RoutesContext): void {
  if (api.type !== 'http' || entry.handler !== undefined) return;
  for (const key of ['body', 'parameters'] as const) {
    if (entry[key] === undefined) continue;
    problems.addUnlessKnown([...path, key], {
      code: 'VALIDATION_WITHOUT_FUNCTION',
      message: `${formatPath(path)}: HTTP APIs check no requests themselves; apigen checks them in the route's function, and this route has none`,
      hint: 'Answer with a handler, or set type: rest.',
      atKey: true,
    });
  }
}

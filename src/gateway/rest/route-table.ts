// Finds the route of a request as API Gateway does: static segments before {param}, {param} before {greedy+}, and at
// each resource the exact method before ANY. A resource without the method gives way to the next best that has it.

import type { RestRoute } from '../../api/definition.ts';
import { percentDecode } from '../query-string.ts';

// The methods an ANY method stands for ("Set up an HTTP method", developer guide).
const ANY_METHODS = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

export interface RouteMatch {
  readonly route: RestRoute;
  /** Percent-encoding kept, as in events. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Resource {
  readonly statics: Map<string, Resource>;
  param: { readonly name: string; readonly resource: Resource } | undefined;
  greedy: { readonly name: string; readonly resource: Resource } | undefined;
  readonly methods: Map<string, RestRoute>;
}

/** A look-up over the routes of one deployment. */
export function createRouteTable(
  routes: readonly RestRoute[],
): (method: string, path: string) => RouteMatch | undefined {
  const root = emptyResource();
  for (const route of routes) resourceOf(root, segmentsOf(route.path)).methods.set(route.method, route);
  return (method, path) => find(root, segmentsOf(path), 0, method, {});
}

function find(
  resource: Resource,
  segments: readonly string[],
  index: number,
  method: string,
  parameters: Readonly<Record<string, string>>,
): RouteMatch | undefined {
  const segment = segments[index];
  if (segment === undefined) {
    const route = resource.methods.get(method) ?? (ANY_METHODS.has(method) ? resource.methods.get('ANY') : undefined);
    return route === undefined ? undefined : { route, pathParameters: parameters };
  }
  const fixed = resource.statics.get(segment) ?? resource.statics.get(percentDecode(segment));
  const byStatic = fixed === undefined ? undefined : find(fixed, segments, index + 1, method, parameters);
  if (byStatic !== undefined) return byStatic;
  if (resource.param !== undefined && segment !== '') {
    const { name, resource: next } = resource.param;
    const byParam = find(next, segments, index + 1, method, { ...parameters, [name]: segment });
    if (byParam !== undefined) return byParam;
  }
  if (resource.greedy === undefined) return undefined;
  const { name, resource: last } = resource.greedy;
  return find(last, [], 0, method, { ...parameters, [name]: segments.slice(index).join('/') });
}

function resourceOf(root: Resource, segments: readonly string[]): Resource {
  let resource = root;
  for (const segment of segments) {
    const variable = /^\{(.+?)(\+?)\}$/.exec(segment);
    const name = variable?.[1];
    if (name === undefined) {
      const next = resource.statics.get(segment) ?? emptyResource();
      resource.statics.set(segment, next);
      resource = next;
    } else if (variable?.[2] === '+') {
      resource.greedy ??= { name, resource: emptyResource() };
      resource = resource.greedy.resource;
    } else {
      resource.param ??= { name, resource: emptyResource() };
      resource = resource.param.resource;
    }
  }
  return resource;
}

function emptyResource(): Resource {
  return { statics: new Map(), param: undefined, greedy: undefined, methods: new Map() };
}

// Slashes at either end do not count: `/products/` is the resource /products.
function segmentsOf(path: string): string[] {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

// Finds the route of a request as API Gateway does: static segments before {param}, {param} before {greedy+}, and at
// each resource the exact method before ANY. A resource without the method gives way to the next best that has it.
// Where none has, a gateway response may still tell the resource that came nearest.

import type { RestRoute } from '../../api/definition.ts';
import { percentDecode } from '../query-string.ts';

// The methods an ANY method stands for ("Set up an HTTP method", developer guide).
const ANY_METHODS = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

export interface RouteMatch {
  /** Absent: no method of the API takes the request. */
  readonly route: RestRoute | undefined;
  /** Absent: not even a resource below the root was met. */
  readonly resourcePath: string | undefined;
  /** Percent-encoding kept, as in events. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Resource {
  readonly path: string;
  readonly statics: Map<string, Resource>;
  param: { readonly name: string; readonly resource: Resource } | undefined;
  greedy: { readonly name: string; readonly resource: Resource } | undefined;
  readonly methods: Map<string, RestRoute>;
}

/** A look-up over the routes of one deployment. */
export function createRouteTable(routes: readonly RestRoute[]): (method: string, path: string) => RouteMatch {
  const root = emptyResource('');
  for (const route of routes) resourceOf(root, segmentsOf(route.path)).methods.set(route.method, route);
  return (method, path) => {
    const segments = segmentsOf(path);
    return find(root, segments, 0, method, {}) ?? nearest(root, segments);
  };
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
    return route === undefined ? undefined : { route, resourcePath: route.path, pathParameters: parameters };
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

// The guide's example of a gateway response shows it: /pets/5/type meets /pets/{petId}, with its path parameter ("Set up
// a gateway response for a REST API using the API Gateway console").
function nearest(root: Resource, segments: readonly string[]): RouteMatch {
  let resource = root;
  const pathParameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const fixed = resource.statics.get(segment) ?? resource.statics.get(percentDecode(segment));
    const variable = fixed === undefined && segment !== '' ? (resource.param ?? resource.greedy) : undefined;
    const next = fixed ?? variable?.resource;
    if (next === undefined) break;
    const isGreedy = variable !== undefined && variable === resource.greedy;
    if (variable !== undefined) pathParameters[variable.name] = isGreedy ? segments.slice(index).join('/') : segment;
    resource = next;
    if (isGreedy) break;
  }
  return { route: undefined, resourcePath: resource === root ? undefined : resource.path, pathParameters };
}

function resourceOf(root: Resource, segments: readonly string[]): Resource {
  let resource = root;
  for (const segment of segments) {
    const variable = /^\{(.+?)(\+?)\}$/.exec(segment);
    const name = variable?.[1];
    if (name === undefined) {
      const next = resource.statics.get(segment) ?? emptyResource(`${resource.path}/${segment}`);
      resource.statics.set(segment, next);
      resource = next;
    } else if (variable?.[2] === '+') {
      resource.greedy ??= { name, resource: emptyResource(`${resource.path}/${segment}`) };
      resource = resource.greedy.resource;
    } else {
      resource.param ??= { name, resource: emptyResource(`${resource.path}/${segment}`) };
      resource = resource.param.resource;
    }
  }
  return resource;
}

function emptyResource(path: string): Resource {
  return { path, statics: new Map(), param: undefined, greedy: undefined, methods: new Map() };
}

// Slashes at either end do not count: `/products/` is the resource /products.
function segmentsOf(path: string): string[] {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? [] : trimmed.split('/');
}

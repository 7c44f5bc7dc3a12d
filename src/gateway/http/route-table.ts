// Which route a request takes: a full match of path and method, then one with a greedy variable, then `$default`.
// Routes are sorted once, most specific first, so that the first fit is the one API Gateway takes.

import type { HttpRoute } from '../../api/definition.ts';

export interface RouteMatch {
  readonly route: HttpRoute;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export interface RouteTable {
  /** `path` is percent-decoded and without the stage. */
  match(method: string, path: string): RouteMatch | undefined;
}

type Segment =
  | { readonly type: 'static'; readonly text: string }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'greedy'; readonly name: string };

interface CompiledRoute {
  readonly route: HttpRoute;
  readonly method: string;
  readonly segments: readonly Segment[];
  readonly greedy: boolean;
}

/** Compiles routes; keys are API Gateway's (`GET /products/{id}`, `ANY /files/{proxy+}`, `$default`). */
export function createRouteTable(routes: readonly HttpRoute[]): RouteTable {
  const fallback = routes.find((route) => route.routeKey === '$default');
  const compiled = routes.filter((route) => route.routeKey !== '$default').map(compile);
  compiled.sort(bySpecificity);
  return {
    match(method, path) {
      // `//test` is `/test`, as on AWS (LocalStack's tests of request authorizers, validated there).
      const segments = path.replace(/^\/+/, '/').split('/').slice(1);
      for (const candidate of compiled) {
        if (candidate.method !== 'ANY' && candidate.method !== method) continue;
        const pathParameters = fit(candidate, segments);
        if (pathParameters !== undefined) return { route: candidate.route, pathParameters };
      }
      return fallback === undefined ? undefined : { route: fallback, pathParameters: {} };
    },
  };
}

function compile(route: HttpRoute): CompiledRoute {
  const space = route.routeKey.indexOf(' ');
  const segments = route.routeKey
    .slice(space + 1)
    .split('/')
    .slice(1)
    .map((text): Segment => {
      const variable = /^\{([^{}+]+)(\+?)\}$/.exec(text);
      if (variable?.[1] === undefined) return { type: 'static', text };
      return { type: variable[2] === '+' ? 'greedy' : 'variable', name: variable[1] };
    });
  return {
    route,
    method: route.routeKey.slice(0, space),
    segments,
    greedy: segments.at(-1)?.type === 'greedy',
  };
}

const RANK = { static: 0, variable: 1, greedy: 2 } as const;

function bySpecificity(a: CompiledRoute, b: CompiledRoute): number {
  if (a.greedy !== b.greedy) return a.greedy ? 1 : -1;
  for (const [index, segment] of a.segments.entries()) {
    const other = b.segments[index];
    if (other === undefined) break;
    if (segment.type !== other.type) return RANK[segment.type] - RANK[other.type];
  }
  if (a.segments.length !== b.segments.length) return b.segments.length - a.segments.length;
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

// A variable takes a segment that is not empty, a greedy one the rest of the path likewise: `/` is for `$default`.
function fit(candidate: CompiledRoute, path: readonly string[]): Record<string, string> | undefined {
  const { segments } = candidate;
  if (candidate.greedy ? path.length < segments.length : path.length !== segments.length) return undefined;
  const values: [string, string][] = [];
  for (const [index, segment] of segments.entries()) {
    const text = segment.type === 'greedy' ? path.slice(index).join('/') : (path[index] ?? '');
    if (segment.type === 'static') {
      if (segment.text !== text) return undefined;
    } else {
      if (text === '') return undefined;
      values.push([segment.name, text]);
    }
  }
  return Object.fromEntries(values);
}

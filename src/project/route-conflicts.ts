// Routes that cannot stand beside each other in one API, and APIs with more routes than AWS takes.

import type { ApiType } from './api-declaration.ts';
import { API_ROUTES } from './limits.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ProjectPath } from './project.ts';
import type { RouteDraft } from './resolve-routes.ts';
import { isGreedy, parameterOf, type RouteKey } from './route-key.ts';

/** Adds a problem for every route that AWS would refuse beside the ones before it. */
export function checkRouteConflicts(
  api: { readonly type: ApiType; readonly path: ProjectPath },
  routes: readonly RouteDraft[],
  problems: ProblemList,
): void {
  const seen = new Map<string, RouteDraft>();
  const parameters = new Map<string, { readonly segment: string; readonly route: RouteDraft }>();
  for (const route of routes) {
    const first = seen.get(shapeOf(route.key));
    if (first === undefined) seen.set(shapeOf(route.key), route);
    else reportSameRoute(first, route, problems);
    if (api.type === 'rest') checkSiblings(route, parameters, problems);
  }
  const count = api.type === 'rest' ? resourceCount(routes) : routes.length;
  const limit = API_ROUTES[api.type];
  if (count <= limit) return;
  const what = api.type === 'rest' ? 'resources (path segments, the root included)' : 'routes';
  problems.add(api.path, {
    code: 'TOO_MANY_ROUTES',
    message: `${formatPath(api.path)} has ${count} ${what}; API Gateway takes ${limit} in one API`,
    hint: 'Split it into two APIs under apis:, or gather routes under a {proxy+}.',
    atKey: true,
  });
}

/** Requests that two routes of one shape match are the same requests, whatever the parameters are called. */
export function shapeOf({ method, segments, path }: RouteKey): string {
  if (!path.startsWith('/')) return path;
  const shape = segments.map((segment) =>
    parameterOf(segment) === undefined ? segment : isGreedy(segment) ? '{+}' : '{}',
  );
  return `${method} /${shape.join('/')}`;
}

function reportSameRoute(first: RouteDraft, second: RouteDraft, problems: ProblemList): void {
  const same = first.text === second.text;
  problems.add(second.source, {
    code: 'DUPLICATE_ROUTE',
    message: same
      ? `${formatPath(second.source)}: ${second.text} is there already`
      : `${formatPath(second.source)} matches the same requests as ${first.text}`,
    hint: same ? 'Remove one of the two.' : 'Remove one of the two: names of parameters do not tell routes apart.',
    atKey: true,
  });
}

/** REST: "A sibling of this resource already has a variable path part -- only one is allowed". */
function checkSiblings(
  route: RouteDraft,
  parameters: Map<string, { readonly segment: string; readonly route: RouteDraft }>,
  problems: ProblemList,
): void {
  const { segments } = route.key;
  for (const [index, segment] of segments.entries()) {
    if (parameterOf(segment) === undefined) continue;
    const parent = segments.slice(0, index).join('/');
    const sibling = parameters.get(parent);
    if (sibling === undefined) parameters.set(parent, { segment, route });
    else if (sibling.segment !== segment) {
      problems.addUnlessKnown(route.source, {
        code: 'PARAMETER_CONFLICT',
        message: `${formatPath(route.source)}: ${segment} stands where ${sibling.route.text} has ${sibling.segment}; a REST API takes one parameter at each place`,
        hint:
          isGreedy(segment) || isGreedy(sibling.segment)
            ? 'Use type: http, which takes both.'
            : `Write ${sibling.segment} here too.`,
        atKey: true,
      });
      return;
    }
  }
}

function resourceCount(routes: readonly RouteDraft[]): number {
  const paths = new Set(['']);
  for (const { key } of routes) {
    for (let length = 1; length <= key.segments.length; length++) paths.add(key.segments.slice(0, length).join('/'));
  }
  return paths.size;
}

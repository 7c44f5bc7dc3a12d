// HTTP APIs have requests checked in the function's bundle, which knows a request by its route key alone: two APIs that
// send the same route to one handler must ask the same of it.

import { isDeepStrictEqual } from 'node:util';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ApiDraft } from './resolve-apis.ts';
import type { RouteDraft } from './resolve-routes.ts';

export function checkSharedRoutes(apis: readonly ApiDraft[], problems: ProblemList): void {
  const first = new Map<string, { readonly api: string; readonly route: RouteDraft }>();
  for (const { name: api, entry, routes } of apis) {
    if (entry.type !== 'http') continue;
    for (const route of routes) {
      if (route.target.type !== 'handler') continue;
      const key = `${route.target.mention.handler} ${route.text}`;
      const known = first.get(key) ?? { api, route };
      first.set(key, known);
      if (isDeepStrictEqual(asked(known.route), asked(route))) continue;
      problems.add(route.source, {
        code: 'SHARED_ROUTE',
        message: `${formatPath(route.source)}: ${known.api} sends ${route.text} to the same handler and checks another body or other parameters; a function tells its requests apart by their route alone`,
        hint: 'Ask the same of both, or give one of them a handler of its own.',
        atKey: true,
      });
    }
  }
}

const asked = ({ rules: { body, parameters } }: RouteDraft) => ({ body, parameters });

// Who gets how many requests: what a route or an API says stands, the rest of a total is shared evenly. Numbers that
// contradict each other are problems, never silently scaled.

import { Decimal, splitByWeight, sum, ZERO } from '../../pricing/decimal.ts';
import { formatQuantity } from '../../pricing/format.ts';
import type { ProjectPath } from '../../project/project.ts';
import type { UsageProblems } from './usage-problems.ts';

export interface RequestsOfApi {
  readonly name: string;
  /** `requests`, or `messages` for a WebSocket API. */
  readonly key: string;
  readonly total: Decimal | undefined;
  /** `shares` is false for what is no part of the total: connecting and disconnecting. */
  readonly routes: readonly {
    readonly key: string;
    readonly requests: Decimal | undefined;
    readonly shares: boolean;
  }[];
}

export interface SharedRequests {
  /** By API, then by route key. */
  readonly byApi: ReadonlyMap<string, ReadonlyMap<string, Decimal>>;
  /** Whether anything had to be shared evenly over several routes. */
  readonly evenly: boolean;
}

/** Every route's requests; `total` is the project's, if it says one. */
export function shareRequests(
  apis: readonly RequestsOfApi[],
  total: Decimal | undefined,
  problems: UsageProblems,
): SharedRequests {
  const open = apis.filter((api) => api.total === undefined && api.routes.some(isOpen));
  const said = sum(apis.map((api) => api.total ?? ownRequests(api)));
  const left = remainder(total, said, open.length, ['requests'], 'the APIs and routes', problems);
  const lefts = splitByWeight(
    left,
    open.map(() => new Decimal(1)),
  );
  let evenly = false;
  const byApi = new Map(
    apis.map((api) => {
      const index = open.indexOf(api);
      const openRoutes = api.routes.filter(isOpen);
      const rest =
        api.total === undefined
          ? (lefts[index] ?? ZERO)
          : remainder(
              api.total,
              ownRequests(api),
              openRoutes.length,
              ['apis', api.name, api.key],
              'its routes',
              problems,
            );
      const parts = splitByWeight(
        rest,
        openRoutes.map(() => new Decimal(1)),
      );
      evenly ||= openRoutes.length > 1 && rest.gt(0);
      const requests = api.routes.map((route) => {
        const shared = parts[openRoutes.indexOf(route)] ?? ZERO;
        return [route.key, route.requests ?? shared] as const;
      });
      return [api.name, new Map(requests)] as const;
    }),
  );
  return { byApi, evenly: evenly || (open.length > 1 && left.gt(0)) };
}

function ownRequests(api: RequestsOfApi): Decimal {
  return sum(api.routes.filter(({ shares }) => shares).map((route) => route.requests ?? ZERO));
}

function isOpen(route: { readonly requests: Decimal | undefined; readonly shares: boolean }): boolean {
  return route.requests === undefined && route.shares;
}

function remainder(
  total: Decimal | undefined,
  said: Decimal,
  open: number,
  path: ProjectPath,
  parts: string,
  problems: UsageProblems,
): Decimal {
  if (total === undefined) return ZERO;
  const left = total.minus(said);
  if (left.isNegative() || (open === 0 && !left.isZero())) {
    const hint = `Write ${formatQuantity(said)} here, or nothing.`;
    problems.add(path, `${formatQuantity(total)} contradicts ${parts}, which add up to ${formatQuantity(said)}`, hint);
    return ZERO;
  }
  return left;
}

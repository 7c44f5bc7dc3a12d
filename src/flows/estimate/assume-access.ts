// What routes do to tables where the usage says nothing of any table: a route whose path names a model reads one of
// its items (GET, HEAD) or writes one (any other method). Said with the estimate, and gone as soon as one is given.

import { ONE, ZERO } from '../../pricing/decimal.ts';
import type { ApiLoad, RouteLoad } from '../../pricing/workload.ts';
import type { BuildContext } from './build-context.ts';

export function assumeAccess(apis: readonly ApiLoad[], { shape, usage, notes }: BuildContext): readonly ApiLoad[] {
  const said = Object.values(usage.models ?? {}).some(
    ({ reads, writes }) => reads !== undefined || writes !== undefined,
  );
  const ofRoutes = apis.some((api) => api.routes.some((route) => route.access.length > 0));
  if (shape === undefined || shape.tables.length === 0 || said || ofRoutes) return apis;
  const names = shape.tables.map(({ name }) => name);
  const assumed = apis.map((api) => ({ ...api, routes: api.routes.map((route) => withAccess(route, names)) }));
  const untouched = names.filter((name) => !assumed.some((api) => api.routes.some((route) => touches(route, name))));
  if (untouched.length < names.length) {
    notes.assume('a route that names a model reads (GET) or writes one item of it', {
      key: 'models.<name>.reads and .writes',
    });
  }
  for (const name of untouched) {
    notes.leaveOut(`reads and writes of ${name}`, { key: `models.${name}.reads and .writes` });
  }
  return assumed;
}

function touches(route: RouteLoad, table: string): boolean {
  return route.access.some((access) => access.table === table);
}

function withAccess(route: RouteLoad, tables: readonly string[]): RouteLoad {
  const key = route.key.toLowerCase().replaceAll(/[^a-z/]/g, '');
  const named = tables.filter((name) => key.includes(name.toLowerCase()));
  // `/order-items` names OrderItem rather than Order.
  const table = named.sort((a, b) => b.length - a.length)[0];
  if (table === undefined || route.function === undefined) return route;
  const reading = /^(GET|HEAD) /.test(route.key);
  return { ...route, access: [{ table, reads: reading ? ONE : ZERO, writes: reading ? ZERO : ONE }] };
}

// The same bill by who causes it: each route, and what belongs to no route (storage, caches, capacity).

import { type Decimal, ZERO } from '../../pricing/decimal.ts';
import type { Estimate } from '../../pricing/estimate.ts';
import { formatMoney, formatQuantity } from '../../pricing/format.ts';
import type { Owner } from '../../pricing/metering/metered.ts';
import { SERVICES } from '../../pricing/meters.ts';
import type { Workload } from '../../pricing/workload.ts';
import { table } from '../../ui/table.ts';
import { perMillion } from './estimate-document.ts';
import type { View } from './render-lines.ts';

interface Share {
  readonly name: string;
  readonly requests: Decimal | undefined;
  cost: Decimal;
  complete: boolean;
}

const MOST_ROWS = 15;

export function renderBreakdown(estimate: Estimate, workload: Workload, { style, width }: View): string {
  const shares = [...sharesOf(estimate, workload).values()].filter((share) => share.cost.gt(0) || !share.complete);
  if (shares.length < 2) return '';
  shares.sort((a, b) => b.cost.cmp(a.cost));
  const rows = shares
    .slice(0, MOST_ROWS)
    .map(({ name, requests, cost, complete }) => [
      name,
      requests === undefined ? '' : formatQuantity(requests),
      `${formatMoney(cost)}${complete ? '' : ' + ?'}`,
      requests === undefined || requests.isZero() ? '' : formatMoney(perMillion(cost, requests)),
    ]);
  const hidden = shares.slice(MOST_ROWS);
  if (hidden.length > 0) {
    const rest = hidden.reduce<Decimal>((total, { cost }) => total.plus(cost), ZERO);
    rows.push([`${hidden.length} more`, '', formatMoney(rest), '']);
  }
  const head = ['By route', 'Requests', 'Cost', 'Per million'].map((title) => style.bold(title));
  return table(rows, { width, head, align: ['left', 'right', 'right', 'right'] });
}

function sharesOf(estimate: Estimate, workload: Workload): Map<string, Share> {
  const shares = new Map<string, Share>();
  const several = workload.apis.length > 1;
  for (const api of workload.apis) {
    for (const route of api.routes) {
      const name = several ? `${api.name}: ${route.key}` : route.key;
      shares.set(`${api.name} ${route.key}`, { name, requests: route.requests, cost: ZERO, complete: true });
    }
  }
  for (const line of estimate.lines) {
    for (const { owner, cost } of line.parts) {
      const key =
        owner.api !== undefined && owner.route !== undefined
          ? `${owner.api} ${owner.route}`
          : nameOf(owner, SERVICES[line.service]);
      const share = shares.get(key) ?? { name: key, requests: undefined, cost: ZERO, complete: true };
      share.cost = share.cost.plus(cost ?? ZERO);
      share.complete &&= cost !== null;
      shares.set(key, share);
    }
  }
  return shares;
}

function nameOf(owner: Owner, service: string): string {
  const name = owner.api ?? owner.function ?? owner.table ?? owner.topic ?? owner.queue;
  return name === undefined ? service : `${name} (${service})`;
}

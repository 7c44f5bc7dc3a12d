// A month's workload → what it costs. Quantities of one meter and region are added up over the whole account before
// tiers apply, and the cost is then shared out again, so that splitting a project changes nothing of the sum.

import { Decimal, sum, ZERO } from './decimal.ts';
import { formatQuantity } from './format.ts';
import { FREE_ALLOWANCES, type FreeTier } from './free-allowances.ts';
import { meterWorkload } from './metering/meter-workload.ts';
import type { Metered, Owner } from './metering/metered.ts';
import { METER_IDS, METERS, type MeterId, type ServiceId } from './meters.ts';
import type { Month } from './month.ts';
import { type Price, priceOf } from './price-list.ts';
import { costOf, type TierCost } from './tiers.ts';
import type { Workload } from './workload.ts';

export interface Estimate {
  readonly region: string;
  readonly freeTier: FreeTier;
  readonly month: Month;
  /** Requests of all APIs a month; WebSocket messages from clients count as one each. */
  readonly requests: Decimal;
  readonly lines: readonly EstimateLine[];
  /** Dollars a month; null as soon as one price is unknown. */
  readonly total: Decimal | null;
  /** Dollars of everything that has a price. */
  readonly known: Decimal;
  readonly unknown: readonly UnknownPrice[];
}

export interface EstimateLine {
  readonly meter: MeterId;
  readonly service: ServiceId;
  readonly item: string;
  readonly region: string;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly tiers: readonly TierCost[];
  /** Null where a part of it has no price. */
  readonly cost: Decimal | null;
  readonly known: Decimal;
  readonly parts: readonly LinePart[];
  readonly price: Price | undefined;
}

/** The share of a line that one route, function or table causes. */
export interface LinePart {
  readonly owner: Owner;
  readonly quantity: Decimal;
  readonly cost: Decimal | null;
}

export interface UnknownPrice {
  readonly meter: MeterId;
  readonly service: ServiceId;
  readonly item: string;
  readonly region: string;
  /** Units without a price. */
  readonly quantity: Decimal;
  readonly unit: string;
  readonly reason: string;
}

/** Shares of a line are cut at this many places; the last share takes what is left. */
const PART_PLACES = 20;

export function estimate(workload: Workload, freeTier: FreeTier): Estimate {
  const allowances = new Allowances(freeTier);
  const lines = group(meterWorkload(workload)).map((group) => priceLine(group, allowances));
  const unknown = lines.flatMap(unknownOf);
  const known = sum(lines.map((line) => line.known));
  const requests = sum(workload.apis.flatMap((api) => api.routes.map((route) => route.requests)));
  const { region, month } = workload;
  return { region, freeTier, month, requests, lines, total: unknown.length === 0 ? known : null, known, unknown };
}

interface Group {
  readonly meter: MeterId;
  readonly region: string;
  readonly members: readonly Metered[];
}

// In the order of the meters, the estimate's own region first.
function group(metered: readonly Metered[]): Group[] {
  const groups = new Map<string, { meter: MeterId; region: string; members: Metered[] }>();
  for (const member of metered) {
    const key = `${member.meter} ${member.region}`;
    const found = groups.get(key);
    if (found === undefined) groups.set(key, { meter: member.meter, region: member.region, members: [member] });
    else found.members.push(member);
  }
  const order = new Map(METER_IDS.map((id, index) => [id, index]));
  return [...groups.values()].sort((a, b) => (order.get(a.meter) ?? 0) - (order.get(b.meter) ?? 0));
}

function priceLine({ meter, region, members }: Group, allowances: Allowances): EstimateLine {
  const quantity = sum(members.map((member) => member.quantity));
  const price = priceOf(meter, region);
  const { tiers, known, unpriced } = costOf(quantity, price, allowances.take(meter, quantity, price));
  const cost = unpriced.isZero() ? known : null;
  const { service, item, unit } = METERS[meter];
  return {
    meter,
    service,
    item,
    region,
    quantity,
    unit,
    tiers,
    cost,
    known,
    parts: share(members, quantity, cost),
    price,
  };
}

function share(members: readonly Metered[], quantity: Decimal, cost: Decimal | null): LinePart[] {
  let left = cost ?? ZERO;
  return members.map(({ owner, quantity: own }, index) => {
    if (cost === null) return { owner, quantity: own, cost };
    const last = index === members.length - 1;
    const part = last ? left : cost.times(own).div(quantity).toDecimalPlaces(PART_PLACES, Decimal.ROUND_DOWN);
    left = left.minus(part);
    return { owner, quantity: own, cost: part };
  });
}

function unknownOf(line: EstimateLine): UnknownPrice[] {
  const { meter, service, item, region, unit, price } = line;
  return line.tiers
    .filter((tier) => tier.price === null)
    .map(({ quantity, from }) => ({
      meter,
      service,
      item,
      region,
      quantity,
      unit,
      reason: reasonOf(price, from, region),
    }));
}

function reasonOf(price: Price | undefined, from: Decimal, region: string): string {
  if (price === undefined) return `the price list has no price for ${region}`;
  const note = price.tiers.at(-1)?.note;
  const remark = note === undefined ? '' : `; its remark: ${note}`;
  return `the price list ends at ${formatQuantity(from)} for ${region}${remark}`;
}

/** Free units, handed out once for the whole account. */
class Allowances {
  private readonly left: { readonly meters: readonly MeterId[]; quantity: Decimal }[];
  private readonly granted: boolean;

  constructor(freeTier: FreeTier) {
    this.granted = freeTier !== 'none';
    this.left = FREE_ALLOWANCES.filter(({ tier }) => this.granted && (tier === 'always' || freeTier === 'legacy')).map(
      ({ meters, quantity }) => ({ meters, quantity: new Decimal(quantity) }),
    );
  }

  take(meter: MeterId, quantity: Decimal, price: Price | undefined): Decimal {
    let taken = this.granted && price !== undefined ? Decimal.min(price.free, quantity) : ZERO;
    for (const allowance of this.left) {
      if (!allowance.meters.includes(meter)) continue;
      const part = Decimal.min(allowance.quantity, quantity.minus(taken));
      allowance.quantity = allowance.quantity.minus(part);
      taken = taken.plus(part);
    }
    return taken;
  }
}

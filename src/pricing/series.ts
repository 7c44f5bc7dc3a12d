// Cost against requests: one curve for each alternative, the requests at which a price tier begins, and where two
// curves cross.

import { Decimal, ZERO } from './decimal.ts';
import { type Estimate, type EstimateLine, estimate } from './estimate.ts';
import type { FreeTier } from './free-allowances.ts';
import { scaleTraffic } from './scale.ts';
import type { Workload } from './workload.ts';

export interface Series {
  readonly name: string;
  readonly workload: Workload;
  readonly freeTier: FreeTier;
}

export interface Point {
  readonly requests: Decimal;
  /** Dollars a month of what is priced. */
  readonly cost: Decimal;
  /** A part of it has no price: the true cost is higher. */
  readonly complete: boolean;
}

export interface Curve {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Requests a month of the whole project from which a line is billed at its next price. */
export interface TierStart {
  readonly requests: Decimal;
  readonly line: EstimateLine;
  readonly price: Decimal;
  readonly per: Decimal;
}

export interface BreakEven {
  readonly requests: Decimal;
  /** Cheaper below. */
  readonly below: string;
  /** Cheaper above. */
  readonly above: string;
}

/** Where requests are drawn: from a hundredth to a hundred times the estimate's, even steps of the logarithm. */
export function drawnRequests(requests: Decimal, count: number): Decimal[] {
  return Array.from({ length: count }, (_, index) => {
    const exponent = -2 + (4 * index) / (count - 1);
    return requests.times(new Decimal(10).pow(exponent).toSignificantDigits(12)).toDecimalPlaces(0);
  });
}

/** A curve through the given requests; the workload must have some. */
export function curve(series: Series, at: readonly Decimal[]): Curve {
  const points = at.map((requests) => {
    const { known, total } = estimateAt(series, requests);
    return { requests, cost: known, complete: total !== null };
  });
  return { name: series.name, points };
}

/** Tiers that begin between `from` and `to` requests. */
export function tierStarts(series: Series, from: Decimal, to: Decimal): TierStart[] {
  const high = estimateAt(series, to);
  return high.lines
    .flatMap((line) => startsOf(line, to))
    .filter(({ requests }) => requests.gt(from) && requests.lte(to))
    .sort((a, b) => a.requests.cmp(b.requests));
}

// A line grows with the requests, or it does not (a cache): only the former has a start in requests.
function startsOf(line: EstimateLine, requests: Decimal): TierStart[] {
  if (/^(cache|dynamodb-(wcu|rcu|rwcu|storage|ia-storage))/.test(line.meter)) return [];
  const paid = line.tiers.filter((tier) => !tier.free);
  const free = line.tiers.find((tier) => tier.free)?.quantity ?? ZERO;
  return paid.slice(1).flatMap((tier) => {
    if (tier.price === null) return [];
    const at = requests.times(tier.from.plus(free)).div(line.quantity).toDecimalPlaces(0);
    return [{ requests: at, line, price: tier.price, per: tier.per }];
  });
}

/** Every crossing of two series within the drawn requests, to three digits. */
export function breakEvens(a: Series, b: Series, at: readonly Decimal[]): BreakEven[] {
  const gap = (requests: Decimal) => estimateAt(a, requests).known.minus(estimateAt(b, requests).known);
  const found: BreakEven[] = [];
  let last: { requests: Decimal; gap: Decimal } | undefined;
  for (const requests of at) {
    const here = { requests, gap: gap(requests) };
    if (last?.gap.times(here.gap).lt(0)) {
      const [below, above] = last.gap.isNegative() ? [a.name, b.name] : [b.name, a.name];
      found.push({ requests: bisect(last, here, gap).toSignificantDigits(3), below, above });
    }
    if (!here.gap.isZero()) last = here;
  }
  return found;
}

function bisect(
  from: { readonly requests: Decimal; readonly gap: Decimal },
  to: { readonly requests: Decimal },
  gap: (requests: Decimal) => Decimal,
): Decimal {
  let low = from.requests;
  let high = to.requests;
  for (let step = 0; step < 20; step++) {
    const middle = low.plus(high).div(2).toDecimalPlaces(0);
    if (gap(middle).isNegative() === from.gap.isNegative()) low = middle;
    else high = middle;
  }
  return low.plus(high).div(2);
}

function estimateAt(series: Series, requests: Decimal): Estimate {
  const now = requestsOf(series.workload);
  return estimate(scaleTraffic(series.workload, requests.div(now)), series.freeTier);
}

function requestsOf(workload: Workload): Decimal {
  let total: Decimal = ZERO;
  for (const api of workload.apis) for (const route of api.routes) total = total.plus(route.requests);
  return total;
}

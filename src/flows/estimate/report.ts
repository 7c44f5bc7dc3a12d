// Everything an estimate answers, computed but not yet worded: the views and the JSON document read this.

import { type Alternative, alternatives, type Range } from '../../pricing/compare.ts';
import type { Decimal } from '../../pricing/decimal.ts';
import { type Estimate, estimate } from '../../pricing/estimate.ts';
import { type CostlyLine, costliest } from '../../pricing/levers.ts';
import { afterMonths } from '../../pricing/scale.ts';
import {
  type BreakEven,
  breakEvens,
  type Curve,
  curve,
  drawnRequests,
  type Series,
  type TierStart,
  tierStarts,
} from '../../pricing/series.ts';
import type { Prepared } from './build-workload.ts';

export interface ReportOptions {
  /** `shop · dev`, or the name of the usage file. */
  readonly title?: string | undefined;
  /** Whether routes have names worth a table. */
  readonly byRoute: boolean;
  readonly compare: readonly Range[];
  readonly chart: boolean;
  /** Months to look ahead, the present one included. */
  readonly months?: number | undefined;
  /** Dollars a month. */
  readonly budget?: Decimal | undefined;
}

export interface Report {
  readonly title: string | undefined;
  readonly prepared: Prepared;
  readonly estimate: Estimate;
  readonly costliest: readonly CostlyLine[];
  readonly byRoute: boolean;
  readonly alternatives: readonly Alternative[];
  readonly chart: Chart | undefined;
  readonly months: readonly Estimate[];
  readonly budget: Budget | undefined;
}

export interface Chart {
  /** Requests a month of the estimate itself. */
  readonly now: Decimal;
  readonly curves: readonly Curve[];
  readonly tiers: readonly TierStart[];
  readonly breakEvens: readonly BreakEven[];
}

export interface Budget {
  readonly limit: Decimal;
  /** Null: what is known is within it, but some prices are not known. */
  readonly over: boolean | null;
}

/** Points of a curve: one for each column of a chart of ordinary width. */
const CHART_POINTS = 49;
const MOST_CURVES = 4;
/** Without a comparison, a lever is drawn from this share of the bill on. */
const WORTH_A_CURVE = 0.1;

export function makeReport(prepared: Prepared, options: ReportOptions): Report {
  const { workload, freeTier } = prepared;
  const now = estimate(workload, freeTier);
  const compared = options.compare.length === 0 ? [] : alternatives(workload, freeTier, options.compare);
  const costly = costliest(workload, now);
  const months = Array.from({ length: options.months ?? 0 }, (_, month) =>
    estimate(afterMonths(workload, month), freeTier),
  );
  return {
    title: options.title,
    prepared,
    estimate: now,
    costliest: costly,
    byRoute: options.byRoute,
    alternatives: compared,
    chart: options.chart && now.requests.gt(0) ? drawChart(prepared, now, compared, costly) : undefined,
    months,
    budget: options.budget === undefined ? undefined : judge(now, options.budget),
  };
}

// Without a comparison, the change that saves most is the second curve, if it saves much.
function drawChart(
  prepared: Prepared,
  now: Estimate,
  compared: readonly Alternative[],
  costly: readonly CostlyLine[],
): Chart {
  const { workload, freeTier } = prepared;
  const current: Series = { name: 'now', workload, freeTier };
  const worthwhile = now.known.times(WORTH_A_CURVE);
  const lever = costly
    .flatMap(({ levers }) => levers)
    .filter(({ saving }) => saving.gte(worthwhile))
    .sort((a, b) => b.saving.cmp(a.saving))[0];
  const levers: Series[] = lever === undefined ? [] : [{ name: lever.title, workload: lever.workload, freeTier }];
  const chosen: Series[] = compared.map(({ choices, workload: changed, freeTier: tier }) => ({
    name: choices.map(({ value }) => value).join(' '),
    workload: changed,
    freeTier: tier,
  }));
  const series = compared.length > 0 ? chosen.slice(0, MOST_CURVES) : [current, ...levers];
  const at = drawnRequests(now.requests, CHART_POINTS);
  const pairs = series.flatMap((a, index) => series.slice(index + 1).map((b) => [a, b] as const));
  const [first = current] = series;
  return {
    now: now.requests,
    curves: series.map((one) => curve(one, at)),
    tiers: tierStarts(first, at[0] ?? now.requests, at.at(-1) ?? now.requests),
    breakEvens: pairs.flatMap(([a, b]) => breakEvens(a, b, at)),
  };
}

function judge(now: Estimate, limit: Decimal): Budget {
  if (now.known.gt(limit)) return { limit, over: true };
  return { limit, over: now.total === null ? null : false };
}

// The JSON of an estimate. Money and quantities are decimal strings, exact; `total` is null as soon as one price is
// unknown.

import { type Decimal, sum } from '../../pricing/decimal.ts';
import type { Estimate, EstimateLine } from '../../pricing/estimate.ts';
import { exactMoney } from '../../pricing/format.ts';
import type { CostlyLine } from '../../pricing/levers.ts';
import type { ServiceId } from '../../pricing/meters.ts';
import { PRICE_CURRENCY, PRICES_AS_OF } from '../../pricing/price-rows.ts';
import type { TierCost } from '../../pricing/tiers.ts';
import { sourcesOf } from './price-sources.ts';
import type { Chart, Report } from './report.ts';

/** The whole document of `apigen cost-estimate --json`. */
export function reportDocument(report: Report): Record<string, unknown> {
  const { prepared, estimate, budget } = report;
  return {
    ...estimateDocument(estimate),
    assumed: prepared.assumed,
    notCounted: prepared.notCounted,
    costliest: report.costliest.map(costlyDocument),
    ...(report.alternatives.length === 0
      ? {}
      : {
          compare: report.alternatives.map(({ choices, estimate: other }) => ({
            ...Object.fromEntries(choices.map(({ dimension, value }) => [dimension, value])),
            total: moneyOrNull(other.total),
            known: exactMoney(other.known),
            unknown: other.unknown.map(({ service, item, region }) => ({ service, item, region })),
          })),
        }),
    ...(report.chart === undefined ? {} : { chart: chartDocument(report.chart) }),
    ...(report.months.length === 0
      ? {}
      : {
          months: report.months.map(({ requests, total, known }, index) => ({
            month: index + 1,
            requests: requests.toDecimalPlaces(0).toFixed(),
            total: moneyOrNull(total?.toDecimalPlaces(10) ?? null),
            known: exactMoney(known.toDecimalPlaces(10)),
          })),
        }),
    ...(budget === undefined ? {} : { budget: { limit: exactMoney(budget.limit), over: budget.over } }),
  };
}

/** One estimate, as the plan's document carries two. */
export function estimateDocument(estimate: Estimate): Record<string, unknown> {
  const { region, freeTier, month, requests, total, known } = estimate;
  return {
    currency: PRICE_CURRENCY,
    region,
    freeTier,
    priceDate: PRICES_AS_OF,
    priceSources: sourcesOf(estimate),
    month: { hours: month.hours.toFixed() },
    requests: requests.toFixed(),
    total: moneyOrNull(total),
    known: exactMoney(known),
    unknown: estimate.unknown.map((one) => ({
      service: one.service,
      item: one.item,
      region: one.region,
      quantity: one.quantity.toFixed(),
      unit: one.unit,
      reason: one.reason,
    })),
    perMillionRequests:
      total === null || requests.isZero() ? null : exactMoney(perMillion(total, requests).toDecimalPlaces(10)),
    services: servicesOf(estimate).map(({ service, cost, known: priced }) => ({
      service,
      cost: moneyOrNull(cost),
      known: exactMoney(priced),
    })),
    lines: estimate.lines.map(lineDocument),
  };
}

/** Dollars for a million requests. */
export function perMillion(total: Decimal, requests: Decimal): Decimal {
  return total.times(1_000_000).div(requests);
}

/** The lines of each service added up, in the order of the estimate. */
export function servicesOf({
  lines,
}: Estimate): { service: ServiceId; cost: Decimal | null; known: Decimal; lines: EstimateLine[] }[] {
  const services = [...new Set(lines.map(({ service }) => service))];
  return services.map((service) => {
    const own = lines.filter((line) => line.service === service);
    const known = sum(own.map((line) => line.known));
    return { service, cost: own.some(({ cost }) => cost === null) ? null : known, known, lines: own };
  });
}

function lineDocument(line: EstimateLine): Record<string, unknown> {
  const { service, item, meter, region, quantity, unit, tiers, cost, known, parts, price } = line;
  return {
    service,
    item,
    meter,
    region,
    quantity: quantity.toFixed(),
    unit,
    tiers: tiers.map(tierDocument),
    cost: moneyOrNull(cost),
    known: exactMoney(known),
    source: [...new Set(price?.tiers.map(({ source }) => source))].join('; ') || null,
    parts: parts.map(({ owner, quantity: share, cost: shareCost }) => ({
      ...owner,
      quantity: share.toFixed(),
      cost: moneyOrNull(shareCost),
    })),
  };
}

function tierDocument(tier: TierCost): Record<string, unknown> {
  return {
    from: tier.from.toFixed(),
    to: tier.to?.toFixed() ?? null,
    quantity: tier.quantity.toFixed(),
    price: tier.price?.toFixed() ?? null,
    per: tier.per.toFixed(),
    cost: moneyOrNull(tier.cost),
    free: tier.free,
    confidence: tier.confidence,
  };
}

function costlyDocument({ line, share, levers }: CostlyLine): Record<string, unknown> {
  return {
    service: line.service,
    item: line.item,
    region: line.region,
    known: exactMoney(line.known),
    share: share.toDecimalPlaces(4).toFixed(),
    levers: levers.map(({ id, title, saving, breakEven, cautions }) => ({
      id,
      title,
      saving: exactMoney(saving),
      breakEven: breakEven ?? null,
      cautions,
    })),
  };
}

function chartDocument(chart: Chart): Record<string, unknown> {
  return {
    curves: chart.curves.map(({ name, points }) => ({
      name,
      points: points.map(({ requests, cost, complete }) => ({
        requests: requests.toFixed(),
        known: exactMoney(cost.toDecimalPlaces(10)),
        complete,
      })),
    })),
    tiers: chart.tiers.map(({ requests, line, price, per }) => ({
      requests: requests.toFixed(),
      service: line.service,
      item: line.item,
      price: price.toFixed(),
      per: per.toFixed(),
    })),
    breakEvens: chart.breakEvens.map(({ requests, below, above }) => ({ requests: requests.toFixed(), below, above })),
  };
}

function moneyOrNull(dollars: Decimal | null): string | null {
  return dollars === null ? null : exactMoney(dollars);
}

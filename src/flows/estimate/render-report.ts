// An estimate as a person reads it: the bill first, then who causes it, what would lower it, and on what it rests.

import { formatMoney, formatQuantity } from '../../pricing/format.ts';
import type { FreeTier } from '../../pricing/free-allowances.ts';
import { PRICE_CURRENCY, PRICES_AS_OF } from '../../pricing/price-rows.ts';
import type { Workload } from '../../pricing/workload.ts';
import { wrapIndented } from '../../ui/wrap-text.ts';
import { sourcesOf } from './price-sources.ts';
import { renderBreakdown } from './render-breakdown.ts';
import { renderChart } from './render-chart.ts';
import { renderCompare, renderMonths } from './render-compare.ts';
import { renderLevers } from './render-levers.ts';
import { renderDoubts, renderLines, renderUnknown, type View } from './render-lines.ts';
import type { Budget, Report } from './report.ts';

const FREE_TIER_WORDS: Readonly<Record<FreeTier, string>> = {
  none: 'no free tier: billed from the first unit',
  always: 'free tier always: what every account gets for ever',
  legacy: 'free tier legacy: the first twelve months of an account made before 2025-07-15',
};

const SHOWN_SOURCES = 3;

export function renderReport(report: Report, view: View): string {
  const { estimate, prepared } = report;
  const sections = [
    renderHead(report, view),
    renderLines(estimate, view),
    renderUnknown(estimate.unknown, view),
    report.byRoute ? renderBreakdown(estimate, prepared.workload, view) : '',
    renderLevers(report.costliest, view),
    renderCompare(report.alternatives, estimate, view),
    renderMonths(report.months, grows(prepared.workload), view),
    report.chart === undefined ? '' : renderChart(report.chart, view),
    renderFoundations(report, view),
    report.budget === undefined ? '' : renderBudget(report.budget, report, view),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function grows({ growth, tables }: Workload): boolean {
  return growth.gt(0) || tables.some(({ stored }) => 'items' in stored && stored.perMonth.gt(0));
}

function renderHead({ title, estimate }: Report, { style, width }: View): string {
  const requests = estimate.requests.isZero() ? [] : [`${formatQuantity(estimate.requests)} requests a month`];
  const parts = ['Monthly cost', ...(title === undefined ? [] : [title]), estimate.region, ...requests];
  const terms = `${FREE_TIER_WORDS[estimate.freeTier]} · a month of ${estimate.month.hours.toFixed()} hours`;
  return `${wrapIndented(style.bold(parts.join(' · ')), width, '')}\n${wrapIndented(style.dim(terms), width, '')}`;
}

function renderFoundations({ prepared, estimate }: Report, view: View): string {
  const { style, width } = view;
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [style.bold(title), ...items.map((item) => wrapIndented(item, width, '  '))];
  const sources = sourcesOf(estimate);
  const more = sources.length > SHOWN_SOURCES ? ` and ${sources.length - SHOWN_SOURCES} more (apigen prices)` : '';
  const named = sources.length === 0 ? '' : ` Sources: ${sources.slice(0, SHOWN_SOURCES).join('; ')}${more}.`;
  const prices = `Prices of ${PRICES_AS_OF} in ${PRICE_CURRENCY}, without tax.${named}`;
  const doubts = renderDoubts(estimate, view);
  return [
    ...list('Assumed', prepared.assumed),
    ...list('Not in this estimate', prepared.notCounted),
    ...(doubts === '' ? [] : [doubts]),
    wrapIndented(style.dim(prices), width, ''),
  ].join('\n');
}

function renderBudget({ limit, over }: Budget, { estimate }: Report, { style, width }: View): string {
  const amount = formatMoney(limit);
  const known = formatMoney(estimate.known);
  if (over === null)
    return wrapIndented(style.yellow(`Budget ${amount}: ${known} is known, some prices are not`), width, '');
  const text = over
    ? style.red(`Over the budget of ${amount}: ${known}`)
    : style.green(`Within the budget of ${amount}: ${known}`);
  return wrapIndented(text, width, '');
}

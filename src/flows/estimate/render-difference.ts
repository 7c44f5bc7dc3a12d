// What a change costs a month, for a plan: lines for a terminal, a document for scripts, Markdown for a pull request.

import type { Decimal } from '../../pricing/decimal.ts';
import type { DifferenceLine, EstimateDifference } from '../../pricing/difference.ts';
import type { Estimate } from '../../pricing/estimate.ts';
import { exactMoney, formatChange, formatMoney, formatQuantity } from '../../pricing/format.ts';
import { SERVICES } from '../../pricing/meters.ts';
import { PRICE_CURRENCY, PRICES_AS_OF } from '../../pricing/price-rows.ts';
import { table } from '../../ui/table.ts';
import { wrapIndented } from '../../ui/wrap-text.ts';
import type { View } from './render-lines.ts';

/** A few lines under a plan: the totals, then every line that differs. */
export function renderDifference(change: EstimateDifference, { style, width }: View): string {
  const summary = style.bold(`Monthly cost: ${summaryOf(change)}`);
  const rows = change.lines.map((line) => [
    `${SERVICES[line.service]}, ${nameOf(line, change)}`,
    `${costText(line.before)} → ${costText(line.after)}`,
    line.difference === null ? style.yellow('unknown') : formatChange(line.difference),
  ]);
  const lines = table(rows, { width, indent: '  ', align: ['left', 'right', 'right'] });
  const terms = wrapIndented(style.dim(termsOf(change)), width, '  ');
  return [wrapIndented(summary, width, ''), ...(rows.length === 0 ? [] : [lines]), terms].join('\n');
}

/** The same facts, money as exact decimal strings. */
export function differenceDocument(change: EstimateDifference): Record<string, unknown> {
  const { before, after, difference, known, lines } = change;
  return {
    currency: PRICE_CURRENCY,
    priceDate: PRICES_AS_OF,
    freeTier: (after ?? before)?.freeTier ?? null,
    before: before === undefined ? null : totalsOf(before),
    after: after === undefined ? null : totalsOf(after),
    difference: moneyOrNull(difference),
    known: exactMoney(known),
    lines: lines.map((line) => ({
      service: line.service,
      item: line.item,
      region: line.region,
      before: moneyOrNull(line.before),
      after: moneyOrNull(line.after),
      difference: moneyOrNull(line.difference),
    })),
  };
}

/** A section for a pull request, as `apigen plan` prints it for a comment. */
export function differenceMarkdown(change: EstimateDifference): string {
  const rows = change.lines.map(
    (line) =>
      `| ${SERVICES[line.service]} | ${nameOf(line, change)} | ${costText(line.before)} | ${costText(line.after)} | ${
        line.difference === null ? 'unknown' : formatChange(line.difference)
      } |`,
  );
  const lines =
    rows.length === 0 ? [] : ['', '| Service | Item | Before | After | Change |', '|---|---|--:|--:|--:|', ...rows];
  return [`### Monthly cost: ${summaryOf(change)}`, ...lines, '', `<sub>${termsOf(change)}</sub>`, ''].join('\n');
}

function summaryOf({ before, after, difference, known }: EstimateDifference): string {
  const from = before === undefined ? 'nothing' : totalText(before);
  const to = after === undefined ? 'nothing' : totalText(after);
  const change = difference === null ? `${formatChange(known)} and what is unknown` : formatChange(difference);
  return from === to ? `${to}, no change` : `${from} → ${to} (${change})`;
}

function termsOf({ before, after }: EstimateDifference): string {
  const estimate = after ?? before;
  const requests = estimate === undefined ? '' : `${formatQuantity(estimate.requests)} requests a month, `;
  return `${requests}free tier ${estimate?.freeTier ?? 'none'}, prices of ${PRICES_AS_OF} in ${PRICE_CURRENCY} without tax. Assumptions: apigen cost-estimate.`;
}

// A line of another region than the estimate's (a replica) says so.
function nameOf(line: DifferenceLine, { before, after }: EstimateDifference): string {
  return line.region === (after ?? before)?.region ? line.item : `${line.item}, ${line.region}`;
}

function totalText({ total, known }: Estimate): string {
  return total === null ? `${formatMoney(known)} + ?` : formatMoney(total);
}

function totalsOf({ total, known }: Estimate): Record<string, unknown> {
  return { total: moneyOrNull(total), known: exactMoney(known) };
}

function costText(dollars: Decimal | null): string {
  return dollars === null ? 'unknown' : formatMoney(dollars);
}

function moneyOrNull(dollars: Decimal | null): string | null {
  return dollars === null ? null : exactMoney(dollars);
}

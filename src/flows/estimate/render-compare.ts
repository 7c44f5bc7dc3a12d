// Alternatives side by side, the cheapest first, and the months ahead.

import type { Alternative } from '../../pricing/compare.ts';
import { compareEstimates } from '../../pricing/difference.ts';
import type { Estimate } from '../../pricing/estimate.ts';
import { formatChange, formatMoney, formatQuantity } from '../../pricing/format.ts';
import { table } from '../../ui/table.ts';
import { wrapIndented } from '../../ui/wrap-text.ts';
import type { View } from './render-lines.ts';

export function renderCompare(alternatives: readonly Alternative[], now: Estimate, { style, width }: View): string {
  const [first] = alternatives;
  if (first === undefined) return '';
  const sorted = [...alternatives].sort(
    (a, b) =>
      Number(a.estimate.total === null) - Number(b.estimate.total === null) || a.estimate.known.cmp(b.estimate.known),
  );
  const rows = sorted.map(({ choices, estimate }) => [
    ...choices.map(({ value }) => value),
    costText(estimate),
    changeText(estimate, now),
  ]);
  const head = [...first.choices.map(({ dimension }) => dimension), 'A month', 'Against now'].map((title) =>
    style.bold(title),
  );
  const align = [...first.choices.map(() => 'left' as const), 'right' as const, 'right' as const];
  return [style.bold('Compared'), table(rows, { width, head, align })].join('\n');
}

export function renderMonths(months: readonly Estimate[], grows: boolean, { style, width }: View): string {
  if (months.length === 0) return '';
  if (!grows) return wrapIndented('Every month costs the same: the usage gives no growth (growth: 5%).', width, '');
  const rows = months.map((estimate, index) => [
    `${index + 1}`,
    formatQuantity(estimate.requests.toDecimalPlaces(0)),
    costText(estimate),
  ]);
  const head = ['Month', 'Requests', 'Cost'].map((title) => style.bold(title));
  return table(rows, { width, head, align: ['right', 'right', 'right'] });
}

function costText({ total, known }: Estimate): string {
  return total === null ? `${formatMoney(known)} + ?` : formatMoney(total);
}

function changeText(other: Estimate, now: Estimate): string {
  const { difference } = compareEstimates(now, other);
  if (difference === null) return '?';
  return difference.isZero() ? 'as now' : formatChange(difference);
}

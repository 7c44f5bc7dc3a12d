// Cost against requests, both by powers of ten, drawn with characters: curves, the requests at which a price tier
// begins, and where two curves cross, as upright lines.

import type { ChalkInstance } from 'chalk';
import { Decimal } from '../../pricing/decimal.ts';
import { formatMoney, formatPrice, formatShort } from '../../pricing/format.ts';
import type { Curve } from '../../pricing/series.ts';
import { wrapIndented } from '../../ui/wrap-text.ts';
import type { View } from './render-lines.ts';
import type { Chart } from './report.ts';

const HEIGHT = 12;
const LABEL = 8;
const GLYPHS = ['●', '○', '◆', '◇'] as const;

export function renderChart(chart: Chart, { style, width }: View): string {
  const columns = Math.max(20, width - LABEL - 2);
  const x = scaleOf(
    chart.curves.flatMap(({ points }) => points.map(({ requests }) => requests)),
    columns,
  );
  const y = scaleOf(
    chart.curves.flatMap(({ points }) => points.map(({ cost }) => cost)).filter((cost) => cost.gt(0)),
    HEIGHT,
  );
  if (x === undefined || y === undefined) return '';
  const cells = Array.from({ length: HEIGHT }, () => Array.from({ length: columns }, () => ' '));
  for (const { requests } of chart.tiers) {
    const column = x.cell(requests);
    for (const row of cells) row[column] = style.dim('┊');
  }
  for (const { requests } of chart.breakEvens) {
    const column = x.cell(requests);
    for (const row of cells) row[column] = style.cyan('╎');
  }
  for (const [index, curve] of chart.curves.entries()) plot(curve, GLYPHS[index] ?? '•', cells, x, y);
  const rows = cells.map((row, index) => `${labelOf(y, HEIGHT - 1 - index)} ┤${row.join('')}`.trimEnd());
  const now = x.cell(chart.now);
  const axis = `${' '.repeat(LABEL)} └${'─'.repeat(now)}┴${'─'.repeat(columns - now - 1)}`;
  return [
    style.bold('Cost a month against requests a month'),
    ...rows,
    axis,
    ticksOf(x, columns),
    ...legendOf(chart, { style, width }),
  ].join('\n');
}

interface Scale {
  readonly low: number;
  readonly high: number;
  readonly cells: number;
  /** The cell of a value, from 0. */
  cell(value: Decimal): number;
}

function scaleOf(values: readonly Decimal[], cells: number): Scale | undefined {
  const positive = values.filter((value) => value.gt(0)).map(logOf);
  if (positive.length === 0) return undefined;
  const low = Math.min(...positive);
  const high = Math.max(...positive, low + 0.1);
  return { low, high, cells, cell: (value) => Math.round(((logOf(value) - low) / (high - low)) * (cells - 1)) };
}

function logOf(value: Decimal): number {
  return Math.log10(value.toNumber());
}

// Every column gets a mark: between two points the curve is straight, as its logarithm nearly is.
function plot(curve: Curve, glyph: string, cells: string[][], x: Scale, y: Scale): void {
  const points = curve.points.filter(({ cost }) => cost.gt(0));
  points.forEach((point, index) => {
    const next = points[index + 1] ?? point;
    const [from, to] = [x.cell(point.requests), x.cell(next.requests)];
    for (let column = from; column <= to; column++) {
      const share = to === from ? 0 : (column - from) / (to - from);
      const cost = logOf(point.cost) + share * (logOf(next.cost) - logOf(point.cost));
      const row = HEIGHT - 1 - Math.round(((cost - y.low) / (y.high - y.low)) * (HEIGHT - 1));
      const line = cells[row];
      // A curve drawn before stays visible under one that costs the same.
      if (line !== undefined && !GLYPHS.some((other) => other === line[column])) line[column] = glyph;
    }
  });
}

function labelOf(y: Scale, row: number): string {
  if (row % 3 !== 0 && row !== HEIGHT - 1) return ' '.repeat(LABEL);
  const dollars = new Decimal(10).pow(new Decimal(y.low + ((y.high - y.low) * row) / (HEIGHT - 1)).toDecimalPlaces(6));
  const text = dollars.gte(1000) ? `$${formatShort(dollars)}` : formatMoney(dollars);
  return text.padStart(LABEL);
}

// Powers of ten, where they fit.
function ticksOf(x: Scale, columns: number): string {
  const line = Array.from({ length: columns }, () => ' ');
  for (let power = Math.ceil(x.low - 1e-9); power <= x.high + 1e-9; power++) {
    const value = new Decimal(10).pow(power);
    const text = formatShort(value);
    const at = Math.min(x.cell(value), columns - text.length);
    if (!line.slice(Math.max(0, at - 1), at + text.length + 1).every((cell) => cell === ' ')) continue;
    line.splice(at, text.length, ...text);
  }
  return `${' '.repeat(LABEL + 2)}${line.join('')}`.trimEnd();
}

function legendOf(chart: Chart, { style, width }: { style: ChalkInstance; width: number }): string[] {
  const curves = chart.curves.map(({ name, points }, index) => {
    const open = points.some(({ complete }) => !complete) ? ' (without prices that are unknown)' : '';
    return `${GLYPHS[index] ?? '•'} ${name}${open}`;
  });
  const tiers = chart.tiers.map(({ requests, line, price, per }) => {
    const each = per.eq(1) ? '' : ` per ${formatShort(per)}`;
    return style.dim(`┊ from ${formatShort(requests)}: ${line.item} at ${formatPrice(price)}${each}`);
  });
  const crossings = chart.breakEvens.map(
    ({ requests, below, above }) =>
      `╎ break-even at ${formatShort(requests)}: below it ${below} is cheaper, above it ${above}`,
  );
  const here = `┴ now: ${formatShort(chart.now)}`;
  return [...curves, here, ...tiers, ...crossings].map((line) => wrapIndented(line, width, '  '));
}

// Columns that fit the terminal: every column takes what its widest cell needs; where that is too much, the widest
// columns shrink and their cells wrap. No line is ever wider than asked for.

import { padText, textWidth } from './text-width.ts';
import { wrapText } from './wrap-text.ts';

export interface TableOptions {
  /** Columns of the terminal that the table may take. */
  readonly width: number;
  /** Titles above the columns. */
  readonly head?: readonly string[];
  /** By column; `left` where nothing is said. Numbers read better on the right. */
  readonly align?: readonly ('left' | 'right')[];
  /** Put before every line; default none. */
  readonly indent?: string;
}

const GAP = '  ';

/** The lines of a table, joined; trailing spaces are dropped. Cells may carry colours. */
export function table(rows: readonly (readonly string[])[], options: TableOptions): string {
  const all = options.head === undefined ? rows : [options.head, ...rows];
  const count = Math.max(0, ...all.map((row) => row.length));
  if (count === 0) return '';
  const indent = options.indent ?? '';
  const available = options.width - textWidth(indent) - GAP.length * (count - 1);
  const widths = fit(naturalWidths(all, count), available);
  return all.flatMap((row) => layOut(row, widths, options.align ?? []).map((line) => indent + line)).join('\n');
}

function naturalWidths(rows: readonly (readonly string[])[], count: number): number[] {
  return Array.from({ length: count }, (_, column) =>
    Math.max(1, ...rows.flatMap((row) => (row[column] ?? '').split('\n').map(textWidth))),
  );
}

// Takes from the widest columns first, so that short columns (methods, numbers) stay whole as long as possible.
function fit(widths: number[], available: number): number[] {
  const result = [...widths];
  let excess = result.reduce((sum, width) => sum + width, 0) - available;
  while (excess > 0) {
    const widest = Math.max(...result);
    if (widest <= 1) break;
    const columns = result.flatMap((width, index) => (width === widest ? [index] : []));
    const next = Math.max(1, ...result.filter((width) => width < widest));
    const step = Math.max(1, Math.min(widest - next, Math.floor(excess / columns.length)));
    for (const column of columns) {
      if (excess <= 0) break;
      result[column] = widest - step;
      excess -= step;
    }
  }
  return result;
}

function layOut(row: readonly string[], widths: readonly number[], align: readonly ('left' | 'right')[]): string[] {
  const cells = widths.map((width, column) => wrapText(row[column] ?? '', width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    widths
      .map((width, column) => padText(cells[column]?.[line] ?? '', width, align[column] ?? 'left'))
      .join(GAP)
      .trimEnd(),
  );
}

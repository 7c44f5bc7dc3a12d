// `apigen tables scan`: items of a table, filtered, as a table or as JSON lines that `seed` takes again.

import type { Command } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { scanTable } from '../flows/tables/scan-table.ts';
import { table } from '../ui/table.ts';
import { awsOptions, list, sessionOptions, text } from './aws-options.ts';

const defaultLimit = 100;

export const tablesScan: Command = {
  name: 'tables scan',
  summary: 'show items of a table',
  description:
    'Reads the table from its start, or from where an earlier scan ended. A filter is applied after reading: what is ' +
    'left out is paid for too. With --json each item is one line, which `apigen tables seed` takes.',
  arguments: [{ name: 'model', summary: 'the model, as Product', required: true }],
  options: [
    ...awsOptions,
    {
      flags: '--filter <condition>',
      summary: 'as "price > 10" or "name begins_with Ch"; several hold together',
      repeatable: true,
    },
    { flags: '--limit <n>', summary: `items at most, or all; default ${defaultLimit}` },
    { flags: '--index <name>', summary: 'read an index instead of the table' },
    { flags: '--from <place>', summary: 'go on where an earlier scan ended' },
  ],
  examples: [
    'apigen tables scan Product',
    'apigen tables scan Product --filter "price >= 10" --limit 20',
    'apigen tables scan Product --limit all --json > products.ndjson',
  ],
  async run(input, context) {
    const { ui } = context;
    const scan = await scanTable(sessionOptions(input, context), String(input.arguments['model']), {
      filters: list(input, 'filter'),
      limit: limitOf(text(input, 'limit')),
      index: text(input, 'index'),
      from: text(input, 'from'),
    });
    const shown: Readonly<Record<string, unknown>>[] = [];
    let next: string | undefined;
    for await (const { item, next: place } of scan) {
      next = place;
      if (ui.json) ui.line(item, () => '');
      else shown.push(item);
    }
    if (!ui.json) {
      if (shown.length === 0) ui.note('There are no items.');
      else ui.result(shown, () => itemsTable(shown, ui.width));
    }
    if (next !== undefined) ui.note(`There may be more: --from ${next}`);
    return 0;
  },
};

function limitOf(written: string | undefined): number | undefined {
  if (written === undefined) return defaultLimit;
  if (written === 'all') return undefined;
  const limit = Number(written);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new UsageError({
    code: 'BAD_LIMIT',
    summary: `--limit ${written} is no number of items`,
    hint: '--limit 20, or --limit all',
  });
}

/** Keys of the first items decide the columns; a cell is text as it is, or JSON. */
function itemsTable(items: readonly Readonly<Record<string, unknown>>[], width: number): string {
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const cell = (value: unknown): string =>
    value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return table(
    items.map((item) => columns.map((column) => cell(item[column]))),
    { width, head: columns },
  );
}

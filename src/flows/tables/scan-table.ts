// A scan of a model's table, with items as JSON and places to go on from.

import { UsageError } from '../../errors.ts';
import { itemJson, type StoredItem } from '../../operate/tables/item-json.ts';
import { parseFilter } from '../../operate/tables/parse-filter.ts';
import { scanItems } from '../../operate/tables/read-items.ts';
import type { SessionOptions } from '../converge/session.ts';
import { datePaths, openTable } from './open-table.ts';

export interface ScanOptions {
  readonly filters: readonly string[];
  /** Items at most; undefined for all. */
  readonly limit: number | undefined;
  readonly index: string | undefined;
  /** As an earlier scan gave it. */
  readonly from: string | undefined;
}

export interface ShownItem {
  readonly item: Readonly<Record<string, unknown>>;
  /** Give it to `--from`; undefined after the last item. */
  readonly next: string | undefined;
}

/** @throws UsageError `BAD_FILTER`, `BAD_PLACE`, `NO_SUCH_INDEX` */
export async function scanTable(
  options: SessionOptions,
  model: string,
  { filters, limit, index, from }: ScanOptions,
): Promise<AsyncIterable<ShownItem>> {
  const query = {
    limit,
    index,
    filter: parseFilter(filters),
    from: from === undefined ? undefined : decodePlace(from),
  };
  const { aws, spec } = await openTable(options, model);
  const { table } = spec;
  const indexes = [...table.globalSecondaryIndexes, ...table.localSecondaryIndexes];
  const chosen = indexes.find(({ IndexName }) => IndexName === index);
  if (index !== undefined && chosen === undefined) {
    const names = indexes.map(({ IndexName }) => IndexName);
    throw new UsageError({
      code: 'NO_SUCH_INDEX',
      summary: `${table.tableName} has no index ${index}`,
      detail: names.length === 0 ? 'It has no indexes.' : `Its indexes are ${names.join(', ')}.`,
      hint: `apigen tables scan ${model}`,
    });
  }
  const keys = [...table.keySchema, ...(chosen?.KeySchema ?? [])].map(({ AttributeName }) => AttributeName);
  const dates = datePaths(spec);
  const items = scanItems(aws, table.tableName, [...new Set(keys)], query);
  return shown(items, (item) => itemJson(item, dates));
}

async function* shown(
  items: AsyncIterable<{ readonly item: StoredItem; readonly next: StoredItem | undefined }>,
  show: (item: StoredItem) => Readonly<Record<string, unknown>>,
): AsyncGenerator<ShownItem> {
  for await (const { item, next } of items) {
    yield { item: show(item), next: next === undefined ? undefined : encodePlace(next) };
  }
}

const encodePlace = (key: StoredItem): string =>
  Buffer.from(
    JSON.stringify(key, (_, value) =>
      value instanceof Uint8Array ? { $b: Buffer.from(value).toString('base64') } : value,
    ),
  ).toString('base64url');

function decodePlace(text: string): StoredItem {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'), (_, value) =>
      typeof value === 'object' && value !== null && '$b' in value ? Buffer.from(String(value.$b), 'base64') : value,
    );
  } catch {
    throw new UsageError({
      code: 'BAD_PLACE',
      summary: '--from is no place that a scan gave',
      hint: 'Give --from what an earlier scan printed at its end.',
    });
  }
}

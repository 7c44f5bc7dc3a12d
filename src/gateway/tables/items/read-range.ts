// What Query and Scan share: items of a range, page by page, filtered after they count.

import type { Fields, Item, Store, Table, TableIndex, ValueRange } from '../dynalite.ts';
import { matches } from '../expressions/matches.ts';
import { pick } from '../expressions/paths.ts';
import type { Path } from '../expressions/syntax.ts';
import { validationFault } from '../fault.ts';
import { indexPlace, itemsPlace } from '../places.ts';
import { indexesOf } from '../table-indexes.ts';
import { consumedBy, readUnits } from './capacity.ts';
import { checkKeyPaths } from './check-item.ts';
import { expressionsOf } from './check-request.ts';
import { projectedNames } from './index-entries.ts';
import { itemSize } from './item-size.ts';
import { itemAt } from './read-item.ts';

/** "A single Query or Scan operation can retrieve a maximum of 1 MB of data", before filters. */
const PAGE_BYTES = 1024 * 1024;
const BLOCK = 128;

/** What is read: a table, or one of its indexes. */
export interface Source {
  readonly table: Table;
  readonly index?: { readonly type: 'global' | 'local'; readonly description: TableIndex };
  readonly keySchema: Table['KeySchema'];
  /** Where its entries lie. */
  readonly place: string;
  /** The attributes of a LastEvaluatedKey: the key of the table, then that of the index. */
  readonly startNames: readonly string[];
}

/** @throws `ValidationException` for an index that is not there */
export function sourceOf(table: Table, request: Fields): Source {
  const name = request['IndexName'];
  const startNames = table.KeySchema.map(({ AttributeName }) => AttributeName);
  if (name === undefined) {
    return { table, keySchema: table.KeySchema, place: itemsPlace(table.TableName), startNames };
  }
  for (const type of ['global', 'local'] as const) {
    const description = indexesOf(table, type).find(({ IndexName }) => IndexName === name);
    if (description === undefined) continue;
    if (type === 'global' && request['ConsistentRead'] === true) {
      throw validationFault('Consistent reads are not supported on global secondary indexes');
    }
    const keys = description.KeySchema.map(({ AttributeName }) => AttributeName);
    return {
      table,
      index: { type, description },
      keySchema: description.KeySchema,
      place: indexPlace(type, table.TableName, description.IndexName),
      startNames: [...new Set([...startNames, ...keys])],
    };
  }
  throw validationFault(`The table does not have the specified index: ${String(name)}`);
}

/** @throws `ValidationException` for attributes that the index does not hold, and for paths into keys */
export function checkRead({ table, index }: Source, request: Fields): void {
  const { projection, filter } = expressionsOf(request);
  checkKeyPaths([...(projection ?? []), ...(filter?.paths ?? [])], table);
  if (index === undefined || index.description.Projection.ProjectionType === 'ALL') return;
  const held = projectedNames(table, index.description);
  const missing = (paths: readonly Path[]): string[] => [
    ...new Set(paths.map(([head]) => String(head)).filter((name) => !held.has(name))),
  ];
  const name = index.description.IndexName;
  const invalid = (what: string) => validationFault(`One or more parameter values were invalid: ${what}`);
  const unfiltered = missing(filter?.paths ?? []);
  if (unfiltered.length > 0) {
    throw invalid(`Secondary index ${name} does not project one or more filter attributes: [${unfiltered.join(', ')}]`);
  }
  if (index.type === 'local') return;
  if (request['Select'] === 'ALL_ATTRIBUTES') {
    throw invalid(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${name} because its projection type is not ALL`,
    );
  }
  const unprojected = missing(projection ?? []);
  if (unprojected.length > 0) {
    throw invalid(`Global secondary index ${name} does not project [${unprojected.join(', ')}]`);
  }
}

/** @param range of the keys below the source's place */
export async function readRange(store: Store, source: Source, request: Fields, range: ValueRange): Promise<Fields> {
  const { projection, filter } = expressionsOf(request);
  const limit = request['Limit'] as number | undefined;
  const page = await readPage(store, range, limit);
  const whole = wantsWholeItems(source, request, projection);
  let tableBytes = 0;
  const items: Item[] = [];
  for (const entry of page.entries) {
    const item = whole ? ((await itemAt(store, source.table, entry)) ?? entry) : entry;
    if (whole) tableBytes += itemSize(item);
    if (filter === undefined || matches(item, filter.condition)) items.push(projection ? pick(item, projection) : item);
  }
  const last = page.isCut ? page.entries.at(-1) : undefined;
  return {
    ...(request['Select'] !== 'COUNT' && { Items: items }),
    Count: items.length,
    ScannedCount: page.entries.length,
    ...(last && { LastEvaluatedKey: Object.fromEntries(source.startNames.map((name) => [name, last[name]])) }),
    ...consumption(source, request, page.bytes, whole ? tableBytes : undefined),
  };
}

interface Page {
  readonly entries: readonly Item[];
  readonly bytes: number;
  /** There may be more. */
  readonly isCut: boolean;
}

async function readPage(store: Store, range: ValueRange, limit = Number.POSITIVE_INFINITY): Promise<Page> {
  const entries: Item[] = [];
  let bytes = 0;
  // The iterator reads a snapshot: a batch applied meanwhile is not seen by halves.
  const values = store.db.values(range);
  try {
    for (;;) {
      const block = (await values.nextv(Math.min(BLOCK, limit - entries.length))) as Item[];
      if (block.length === 0) return { entries, bytes, isCut: false };
      for (const entry of block) {
        entries.push(entry);
        bytes += itemSize(entry);
        if (entries.length >= limit || bytes >= PAGE_BYTES) return { entries, bytes, isCut: true };
      }
    }
  } finally {
    await values.close();
  }
}

/** A local index reaches for what it does not hold in the table. */
function wantsWholeItems({ table, index }: Source, request: Fields, projection: readonly Path[] | undefined): boolean {
  if (index?.type !== 'local' || index.description.Projection.ProjectionType === 'ALL') return false;
  const held = projectedNames(table, index.description);
  return request['Select'] === 'ALL_ATTRIBUTES' || (projection ?? []).some(([head]) => !held.has(String(head)));
}

function consumption({ index }: Source, request: Fields, bytes: number, fetchedBytes: number | undefined): Fields {
  const consistent = request['ConsistentRead'];
  if (index === undefined) return consumedBy(request, { table: readUnits(bytes, consistent), indexes: [] });
  const units = readUnits(bytes, consistent);
  return consumedBy(request, {
    table: fetchedBytes === undefined ? 0 : readUnits(fetchedBytes, consistent),
    indexes: [{ type: index.type, name: index.description.IndexName, units }],
  });
}

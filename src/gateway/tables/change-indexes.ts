// Changes a table's indexes with its items in place: the description and every entry of the new indexes are one batch.
// dynalite accepts such an UpdateTable and does nothing.

import type { Change, Item, Table, TableIndex } from './dynalite.ts';
import { entryKey, entryOf } from './items/index-entries.ts';
import { below, entryFormatPlace, type IndexType, indexPlace, itemsPlace, tablePlace } from './places.ts';
import type { TableBase } from './table-base.ts';
import { indexesOf } from './table-indexes.ts';

export interface IndexesWanted {
  readonly attributeDefinitions: Table['AttributeDefinitions'];
  readonly global: readonly TableIndex[];
  readonly local: readonly TableIndex[];
}

/** The caller holds the gate. An index that stands as wanted is left alone, entries and all. */
export async function changeIndexes(base: TableBase, table: Table, wanted: IndexesWanted): Promise<void> {
  const next = describe(table, wanted);
  const changes: Change[] = [{ type: 'put', key: tablePlace(table.TableName), value: next }];
  for (const type of ['global', 'local'] as const) {
    const before = indexesOf(table, type);
    const after = indexesOf(next, type);
    const gone = before.filter((index) => !after.some((other) => sameIndex(index, other)));
    const made = after.filter((index) => !before.some((other) => sameIndex(index, other)));
    for (const index of gone)
      changes.push(...(await emptied(base, indexPlace(type, table.TableName, index.IndexName))));
    if (made.length > 0) changes.push(...(await filled(base, next, type, made)));
  }
  await base.store.db.batch(changes);
}

/** How `entryKey` places entries; another number than the database's makes them anew. */
const ENTRY_FORMAT = 2;

/** Makes the entries of all indexes anew, once, where an earlier version placed them otherwise. The caller holds the gate. */
export async function renewEntries(base: TableBase): Promise<void> {
  if ((await base.store.db.get(entryFormatPlace)) === ENTRY_FORMAT) return;
  const changes: Change[] = [{ type: 'put', key: entryFormatPlace, value: ENTRY_FORMAT }];
  for await (const [, value] of base.store.db.iterator(below(tablePlace('')))) {
    const table = value as Table;
    for (const type of ['global', 'local'] as const) {
      for (const index of indexesOf(table, type)) {
        changes.push(...(await emptied(base, indexPlace(type, table.TableName, index.IndexName))));
        changes.push(...(await filled(base, table, type, [index])));
      }
    }
  }
  await base.store.db.batch(changes);
}

export const sameIndex = (a: TableIndex, b: TableIndex): boolean => shape(a) === shape(b);

const shape = ({ IndexName, KeySchema, Projection }: TableIndex): string =>
  JSON.stringify([
    IndexName,
    KeySchema.map(({ AttributeName, KeyType }) => [AttributeName, KeyType]),
    Projection.ProjectionType,
    [...(Projection.NonKeyAttributes ?? [])].sort(),
  ]);

function describe(table: Table, { attributeDefinitions, global, local }: IndexesWanted): Table {
  const { GlobalSecondaryIndexes: _global, LocalSecondaryIndexes: _local, ...rest } = table;
  const described = (index: TableIndex) => ({
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
    IndexArn: `${table.TableArn}/index/${index.IndexName}`,
    IndexSizeBytes: 0,
    ItemCount: 0,
  });
  return {
    ...rest,
    AttributeDefinitions: attributeDefinitions,
    ...(global.length > 0 && {
      GlobalSecondaryIndexes: global.map((index) => ({
        ...described(index),
        IndexStatus: 'ACTIVE',
        ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0, NumberOfDecreasesToday: 0 },
      })),
    }),
    ...(local.length > 0 && { LocalSecondaryIndexes: local.map(described) }),
  };
}

async function emptied(base: TableBase, place: string): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const [key] of base.store.db.iterator(below(place))) changes.push({ type: 'del', key });
  return changes;
}

async function filled(
  base: TableBase,
  table: Table,
  type: IndexType,
  indexes: readonly TableIndex[],
): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const [, value] of base.store.db.iterator(below(itemsPlace(table.TableName)))) {
    const item = value as Item;
    for (const index of indexes) {
      // As on AWS, an item whose attribute has another type than the key is left out of a new index.
      const entry = entryOf(item, table, index);
      if (entry === undefined) continue;
      const place = indexPlace(type, table.TableName, index.IndexName) + entryKey(entry, table, index.KeySchema);
      changes.push({ type: 'put', key: place, value: entry });
    }
  }
  return changes;
}

// The entries of a table's indexes: where they stand, and how they follow an item. An entry's place holds the whole key
// of its item, so that no two items share one.

import { arithmetic, type Change, type Item, type KeyElement, type Table, type TableIndex } from '../dynalite.ts';
import { indexPlace } from '../places.ts';
import { indexesOf } from '../table-indexes.ts';
import { typeIn } from './check-item.ts';
import { itemSize } from './item-size.ts';

export interface EntryChange {
  readonly type: 'global' | 'local';
  readonly index: string;
  readonly change: Change;
  /** Of the entry as written or removed. */
  readonly bytes: number;
}

/** Where an entry of an index stands among its others. */
export const entryKey = (item: Item, table: Table, keySchema: readonly KeyElement[]): string =>
  `${arithmetic.createKey(item, table, keySchema)}${arithmetic.createKey(item, table)}`;

/** What the index holds of the item; `undefined`: nothing, for want of its key. */
export function entryOf(item: Item, table: Table, index: TableIndex): Item | undefined {
  if (
    !index.KeySchema.every(({ AttributeName }) => item[AttributeName]?.[typeIn(table, AttributeName)] !== undefined)
  ) {
    return undefined;
  }
  if (index.Projection.ProjectionType === 'ALL') return item;
  const names = projectedNames(table, index);
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}

/** The attributes of an index that does not hold all. */
export function projectedNames(table: Table, { KeySchema, Projection }: TableIndex): ReadonlySet<string> {
  const keys = [...KeySchema, ...table.KeySchema].map(({ AttributeName }) => AttributeName);
  return new Set([...keys, ...(Projection.NonKeyAttributes ?? [])]);
}

/** How the entries change when `before` becomes `after`; an entry that stays as it is, is left alone. */
export function entryChanges(table: Table, before: Item | undefined, after: Item | undefined): readonly EntryChange[] {
  return (['global', 'local'] as const).flatMap((type) =>
    indexesOf(table, type).flatMap((index) => {
      const [old, fresh] = [before, after].map((item) => item && entryOf(item, table, index));
      const place = (entry: Item): string =>
        indexPlace(type, table.TableName, index.IndexName) + entryKey(entry, table, index.KeySchema);
      const [oldPlace, freshPlace] = [old && place(old), fresh && place(fresh)];
      const changes: EntryChange[] = [];
      const note = (change: Change, entry: Item) =>
        changes.push({ type, index: index.IndexName, change, bytes: itemSize(entry) });
      if (old && oldPlace !== undefined && oldPlace !== freshPlace) note({ type: 'del', key: oldPlace }, old);
      if (fresh && freshPlace !== undefined && !(oldPlace === freshPlace && same(old, fresh))) {
        note({ type: 'put', key: freshPlace, value: fresh }, fresh);
      }
      return changes;
    }),
  );
}

const same = (a: Item | undefined, b: Item): boolean => JSON.stringify(a) === JSON.stringify(b);

// Moves a table whose keys no longer fit its model out of the way, under another name and with all its items: data is
// never dropped because a model changed.

import type { Change, Table } from './dynalite.ts';
import { below, indexPlace, itemsPlace, tablePlace, ttlPlace } from './places.ts';
import type { TableBase } from './table-base.ts';
import { indexesOf } from './table-indexes.ts';

const MAX_NAME = 255;

/**
 * One batch; the caller holds the gate.
 * @returns the name under which the old table can be read from now on: `shop-dev-Product.kept-20261122T101500`
 */
export async function setAside(base: TableBase, table: Table): Promise<string> {
  const name = await freeName(base, table.TableName);
  const changes: Change[] = [
    { type: 'del', key: tablePlace(table.TableName) },
    { type: 'del', key: ttlPlace(table.TableName) },
    {
      type: 'put',
      key: tablePlace(name),
      value: { ...table, TableName: name, TableArn: table.TableArn.replace(/[^/]*$/, name) },
    },
  ];
  const moves = [[itemsPlace(table.TableName), itemsPlace(name)]];
  for (const type of ['global', 'local'] as const) {
    for (const { IndexName } of indexesOf(table, type)) {
      moves.push([indexPlace(type, table.TableName, IndexName), indexPlace(type, name, IndexName)]);
    }
  }
  for (const [from = '', to = ''] of moves) {
    for await (const [key, value] of base.store.db.iterator(below(from))) {
      changes.push({ type: 'del', key }, { type: 'put', key: to + key.slice(from.length), value });
    }
  }
  await base.store.db.batch(changes);
  return name;
}

async function freeName(base: TableBase, name: string): Promise<string> {
  const stamp = new Date(base.now()).toISOString().slice(0, 19).replace(/[-:]/g, '');
  for (let count = 1; ; count += 1) {
    const suffix = `.kept-${stamp}${count === 1 ? '' : `-${count}`}`;
    const candidate = name.slice(0, MAX_NAME - suffix.length) + suffix;
    if ((await base.find(candidate)) === undefined) return candidate;
  }
}

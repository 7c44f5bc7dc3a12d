// GetItem and BatchGetItem.

import { arithmetic, type Fields, type Item, type Store, type Table } from '../dynalite.ts';
import { pick } from '../expressions/paths.ts';
import { validationFault } from '../fault.ts';
import { itemsPlace } from '../places.ts';
import { consumedBy, readUnits } from './capacity.ts';
import { checkKey, checkKeyPaths } from './check-item.ts';
import { type Expressions, expressionsOf } from './check-request.ts';
import { itemSize } from './item-size.ts';
import { tableCalled, tableOf } from './table-of.ts';

/** "A single operation can retrieve up to 16 MB of data", BatchGetItem. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;

export async function getItem(store: Store, request: Fields): Promise<Fields> {
  const table = await tableOf(store, request);
  const key = request['Key'] as Item;
  const { projection } = expressionsOf(request);
  checkKey(key, table);
  if (projection) checkKeyPaths(projection, table);
  const item = await itemAt(store, table, key);
  const units = readUnits(item ? itemSize(item) : 0, request['ConsistentRead']);
  return {
    ...(item && { Item: projection ? pick(item, projection) : item }),
    ...consumedBy(request, { table: units, indexes: [] }),
  };
}

export async function batchGetItem(store: Store, request: Fields): Promise<Fields> {
  const asked = Object.entries(request['RequestItems'] as Readonly<Record<string, Fields>>);
  const projections = request['projections'] as ReadonlyMap<string, Expressions>;
  const tables = await Promise.all(asked.map(([name]) => tableCalled(store, name)));
  const responses: Record<string, Item[]> = {};
  const unprocessed: Record<string, Fields> = {};
  const units: Record<string, number> = {};
  let bytes = 0;
  for (const [index, [name, part]] of asked.entries()) {
    const table = tables[index] as Table;
    const keys = part['Keys'] as readonly Item[];
    const projection = projections.get(name)?.projection;
    checkKeys(keys, table);
    const items: Item[] = [];
    const left: Item[] = [];
    for (const key of keys) {
      const item = await itemAt(store, table, key);
      const size = item ? itemSize(item) : 0;
      if (bytes + size > MAX_BATCH_BYTES) left.push(key);
      else {
        bytes += size;
        units[name] = (units[name] ?? 0) + readUnits(size, part['ConsistentRead']);
        if (item) items.push(projection ? pick(item, projection) : item);
      }
    }
    responses[name] = items;
    if (left.length > 0) unprocessed[name] = { ...part, Keys: left };
  }
  return { Responses: responses, UnprocessedKeys: unprocessed, ...consumedByTables(request, units) };
}

export async function itemAt(store: Store, table: Table, key: Item): Promise<Item | undefined> {
  return (await store.db.get(itemsPlace(table.TableName) + arithmetic.createKey(key, table))) as Item | undefined;
}

/** ConsumedCapacity of an operation on several tables. */
export function consumedByTables(request: Fields, units: Readonly<Record<string, number>>): Fields {
  const consumptions = Object.entries(units).map(
    ([TableName, table]) => consumedBy({ ...request, TableName }, { table, indexes: [] })['ConsumedCapacity'],
  );
  return consumptions[0] === undefined ? {} : { ConsumedCapacity: consumptions };
}

function checkKeys(keys: readonly Item[], table: Table): void {
  for (const key of keys) checkKey(key, table);
  const places = new Set(keys.map((key) => arithmetic.createKey(key, table)));
  if (places.size < keys.length) throw validationFault('Provided list of item keys contains duplicates');
}

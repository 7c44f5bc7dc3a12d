// BatchWriteItem: its writes become one batch here. AWS may do a part of them; clients have to live with either.

import { arithmetic, type Change, type Fields, type Item, type Store } from '../dynalite.ts';
import { validationFault } from '../fault.ts';
import { checkKey, checkPutItem } from './check-item.ts';
import { consumedByTables } from './read-item.ts';
import { tableCalled } from './table-of.ts';
import { deleteItem, putItem } from './write-item.ts';

const MAX_WRITES = 25;

interface Write {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
}

export async function batchWriteItem(store: Store, request: Fields, staged: Change[]): Promise<Fields> {
  const asked = request['RequestItems'] as Readonly<Record<string, readonly Write[]>>;
  if (Object.values(asked).flat().length > MAX_WRITES) {
    throw validationFault('Too many items requested for the BatchWriteItem call');
  }
  for (const [name, writes] of Object.entries(asked)) await checkWrites(store, name, writes);
  const units: Record<string, number> = {};
  for (const [TableName, writes] of Object.entries(asked)) {
    for (const { PutRequest, DeleteRequest } of writes) {
      const single = { TableName, ReturnConsumedCapacity: 'TOTAL' };
      const { ConsumedCapacity } = PutRequest
        ? await putItem(store, { ...single, Item: PutRequest.Item }, staged)
        : await deleteItem(store, { ...single, Key: DeleteRequest?.Key }, staged);
      const { CapacityUnits } = ConsumedCapacity as { readonly CapacityUnits: number };
      units[TableName] = (units[TableName] ?? 0) + CapacityUnits;
    }
  }
  return { UnprocessedItems: {}, ...consumedByTables(request, units) };
}

/** Nothing is written of a batch in which one write is wrong. */
async function checkWrites(store: Store, name: string, writes: readonly Write[]): Promise<void> {
  const table = await tableCalled(store, name);
  const places = new Set<string>();
  for (const { PutRequest, DeleteRequest } of writes) {
    if (PutRequest) checkPutItem(PutRequest.Item, table);
    else checkKey(DeleteRequest?.Key ?? {}, table);
    places.add(arithmetic.createKey(PutRequest?.Item ?? DeleteRequest?.Key ?? {}, table));
  }
  if (places.size < writes.length) throw validationFault('Provided list of item keys contains duplicates');
}

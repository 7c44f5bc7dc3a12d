// The table that a request names.

import type { Fields, Store, Table } from '../dynalite.ts';
import { fault } from '../fault.ts';
import { tablePlace } from '../places.ts';

/** @throws `ResourceNotFoundException`, in the words of item operations */
export async function tableOf(store: Store, request: Fields): Promise<Table> {
  return tableCalled(store, String(request['TableName']));
}

export async function tableCalled(store: Store, name: string): Promise<Table> {
  const table = (await store.db.get(tablePlace(name))) as Table | undefined;
  if (table === undefined) throw fault('ResourceNotFoundException', 'Requested resource not found');
  return table;
}

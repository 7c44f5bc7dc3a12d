// Time to live: what dynalite lacks of it. The setting is kept beside the table; expired items go in a sweep now and
// then, as on AWS, where reads still see them for a while.

import type { Fields, Item } from './dynalite.ts';
import { fault, validationFault } from './fault.ts';
import { checkRequest } from './items/check-request.ts';
import { below, itemsPlace, ttlPlace } from './places.ts';
import type { TableBase } from './table-base.ts';
import { fields } from './transact-parts.ts';

/** "Items with an expiration time older than five years are not deleted", developer guide. */
const OLDEST_S = 5 * 365 * 24 * 3600;

export async function describeTimeToLive(base: TableBase, request: Fields): Promise<Fields> {
  const name = await tableNamed(base, request);
  const attribute = await ttlAttribute(base, name);
  return {
    TimeToLiveDescription:
      attribute === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
  };
}

export async function updateTimeToLive(base: TableBase, request: Fields): Promise<Fields> {
  const { AttributeName, Enabled } = fields(request['TimeToLiveSpecification']);
  if (typeof AttributeName !== 'string' || AttributeName === '' || typeof Enabled !== 'boolean') {
    throw validationFault(
      "1 validation error detected: Value null at 'timeToLiveSpecification' failed to satisfy constraint: Member must not be null",
    );
  }
  const name = await tableNamed(base, request);
  return base.gate.run(async () => {
    const current = await ttlAttribute(base, name);
    if (Enabled && current === AttributeName) throw validationFault('TimeToLive is already enabled');
    if (!Enabled && current === undefined) throw validationFault('TimeToLive is already disabled');
    if (current !== undefined && current !== AttributeName) {
      throw validationFault('TimeToLive is active on a different AttributeName');
    }
    await setTtlAttribute(base, name, Enabled ? AttributeName : undefined);
    return { TimeToLiveSpecification: { AttributeName, Enabled } };
  });
}

export async function setTtlAttribute(base: TableBase, table: string, attribute: string | undefined): Promise<void> {
  if (attribute === undefined) await base.store.db.del(ttlPlace(table));
  else await base.store.db.put(ttlPlace(table), attribute);
}

async function ttlAttribute(base: TableBase, table: string): Promise<string | undefined> {
  return (await base.store.db.get(ttlPlace(table))) as string | undefined;
}

/** Deletes what has expired by now, item by item through the gate, so that requests come in between. */
export async function sweepExpired(base: TableBase): Promise<void> {
  const prefix = ttlPlace('');
  for await (const [key, attribute] of base.store.db.iterator(below(prefix))) {
    const table = await base.find(key.slice(prefix.length));
    if (table === undefined || typeof attribute !== 'string') continue;
    for await (const [, item] of base.store.db.iterator(below(itemsPlace(table.TableName)))) {
      if (!isExpired(item as Item, attribute, base.now())) continue;
      const request = { TableName: table.TableName, Key: base.keyOf(table, item as Item) };
      await base.gate.run(async () => {
        // It may have been given more time since it was read.
        const present = await base.item(request.TableName, request.Key);
        if (present === undefined || !isExpired(present, attribute, base.now())) return;
        await base.writeInGate('DeleteItem', checkRequest(base.store, 'DeleteItem', request), 'expiry');
      });
    }
  }
}

function isExpired(item: Item, attribute: string, nowMs: number): boolean {
  const seconds = Number(item[attribute]?.['N'] ?? Number.NaN);
  const ageS = nowMs / 1000 - seconds;
  return ageS > 0 && ageS < OLDEST_S;
}

/** @throws `ResourceNotFoundException`, in the words of table operations */
export async function tableNamed(base: TableBase, request: Fields): Promise<string> {
  const name = request['TableName'];
  if (typeof name !== 'string') {
    throw validationFault("The parameter 'TableName' is required but was not present in the request");
  }
  if ((await base.find(name)) === undefined) {
    throw fault('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  }
  return name;
}

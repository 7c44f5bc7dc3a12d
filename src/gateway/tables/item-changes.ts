// What a batch of writes changes of the items of tables that somebody follows: each with its image before and after,
// read inside the gate, so that no other write lies between. Tables that nobody follows cost nothing.

import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';
import type { Change, Item, Store, Table } from './dynalite.ts';
import { itemSize } from './items/item-size.ts';
import { itemsPlace, tablePlace } from './places.ts';

export interface ItemChange {
  readonly table: string;
  /** The values of the key attributes. */
  readonly keys: Item;
  /** Absent: the item is new. */
  readonly before?: Item;
  /** Absent: the item is gone. */
  readonly after?: Item;
  /** Of keys and both images, as DynamoDB counts them. */
  readonly bytes: { readonly keys: number; readonly before: number; readonly after: number };
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Deleted since its time to live was over. */
  readonly expired: boolean;
  /** How many functions in a row brought it about. */
  readonly depth: number;
}

/** Told of changes in the order in which they were made. */
export interface TableFollower {
  follows(table: string): boolean;
  changed(change: ItemChange): void;
}

export type Cause = 'request' | 'expiry';

const depths = new AsyncLocalStorage<number>();

/** Runs `work`, whose writes are the doing of so many functions in a row. */
export const atDepth = <T>(depth: number, work: () => T): T => (depth === 0 ? work() : depths.run(depth, work));

/** @param changes not yet made. The caller holds the gate */
export async function itemChanges(
  store: Store,
  follower: TableFollower,
  changes: readonly Change[],
  { at, cause }: { readonly at: number; readonly cause: Cause },
): Promise<readonly ItemChange[]> {
  const found: ItemChange[] = [];
  for (const change of changes) {
    const name = tableOf(change.key);
    if (name === undefined || !follower.follows(name)) continue;
    const table = (await store.db.get(tablePlace(name))) as Table | undefined;
    const before = (await store.db.get(change.key)) as Item | undefined;
    const after = change.type === 'put' ? (change.value as Item) : undefined;
    const item = after ?? before;
    // A write that changes nothing makes no record.
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
    if (table === undefined || item === undefined || isSame(before, after)) continue;
    const keys = Object.fromEntries(
      table.KeySchema.flatMap(({ AttributeName: key }) => {
        const value = item[key];
        return value === undefined ? [] : [[key, value]];
      }),
    );
    found.push({
      table: name,
      keys,
      ...(before && { before }),
      ...(after && { after }),
      bytes: { keys: sizeOf(keys), before: sizeOf(before), after: sizeOf(after) },
      at,
      expired: cause === 'expiry',
      depth: depths.getStore() ?? 0,
    });
  }
  return found;
}

const sizeOf = (item: Item | undefined): number => (item === undefined ? 0 : itemSize(item));

const [begin = '', end = ''] = itemsPlace('|').split('|');

/** The table whose item lies at a key. */
function tableOf(key: string): string | undefined {
  return key.startsWith(begin) ? key.slice(begin.length, key.indexOf(end)) : undefined;
}

function isSame(before: Item | undefined, after: Item | undefined): boolean {
  return before !== undefined && after !== undefined && isDeepStrictEqual(settled(before), settled(after));
}

/** Sets have no order, and what came from the database another prototype. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      /^[SNB]S$/.test(name) && Array.isArray(inner) && inner.every((one) => typeof one === 'string')
        ? [...inner].sort()
        : settled(inner),
    ]),
  );
}

// The database of one set of tables: reads at once, writes through the gate and in one batch each. The operations that
// dynalite lacks are built on these few methods.

import { arithmetic, type Change, type Fields, type Item, type Operation, type Store, type Table } from './dynalite.ts';
import { fault } from './fault.ts';
import { type Cause, itemChanges, type TableFollower } from './item-changes.ts';
import { checkRequest } from './items/check-request.ts';
import { tablePlace } from './places.ts';
import { runAction } from './staged-action.ts';
import { WriteGate } from './write-gate.ts';

export class TableBase {
  readonly store: Store;
  readonly gate = new WriteGate();
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly #follower: TableFollower | undefined;

  constructor(store: Store, now: () => number, follower?: TableFollower) {
    this.store = store;
    this.now = now;
    this.#follower = follower;
  }

  /** A read, seen apart from the gate: each item is wholly before or wholly after any transaction. */
  read(operation: Operation, request: Fields): Promise<Fields> {
    return runAction(this.store, operation, checkRequest(this.store, operation, request));
  }

  /** A write of items, with their indexes, in one batch. The caller holds the gate. */
  async writeInGate(operation: Operation, checked: Fields, cause: Cause = 'request'): Promise<Fields> {
    const changes: Change[] = [];
    const answer = await runAction(this.store, operation, checked, changes);
    await this.apply(changes, cause);
    return answer;
  }

  /** Makes staged writes in one batch, and tells who follows the tables. The caller holds the gate. */
  async apply(changes: readonly Change[], cause: Cause = 'request'): Promise<void> {
    const follower = this.#follower;
    const changed = follower ? await itemChanges(this.store, follower, changes, { at: this.now(), cause }) : [];
    await this.store.db.batch(changes);
    for (const change of changed) follower?.changed(change);
  }

  /** The table, if it is there. */
  async find(name: string): Promise<Table | undefined> {
    return (await this.store.db.get(tablePlace(name))) as Table | undefined;
  }

  /** @throws `ResourceNotFoundException`, in the words of item operations */
  async table(name: string): Promise<Table> {
    const table = await this.find(name);
    if (table === undefined) throw fault('ResourceNotFoundException', 'Requested resource not found');
    return table;
  }

  /** The item as it stands; `undefined`: none. */
  async item(table: string, key: Item): Promise<Item | undefined> {
    const found = await this.read('GetItem', { TableName: table, Key: key, ConsistentRead: true });
    return found['Item'] as Item | undefined;
  }

  /** The values of the table's key attributes. */
  keyOf(table: Table, item: Item): Item {
    return Object.fromEntries(
      table.KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]).filter(
        (pair): pair is [string, Item[string]] => pair[1] !== undefined,
      ),
    );
  }

  /** Equal for equal keys, whatever way a number is written. */
  identity(table: Table, key: Item): string {
    return `${table.TableName}/${arithmetic.createKey(key, table)}`;
  }
}

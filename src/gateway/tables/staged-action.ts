// Runs one operation so that its writes are returned instead of made. Operations on items are ours (items/); those on
// tables are dynalite's. The caller, inside the write gate, applies the changes of one or many operations in a single
// LevelDB batch. That batch is the journal: LevelDB writes it to its log as one record and, after a kill, replays it
// whole or drops it, so neither an item and its indexes nor the parts of a transaction can be left half written.

import { actionOf, type Callback, type Change, type Fields, type Operation, type Store } from './dynalite.ts';
import { batchWriteItem } from './items/batch-write.ts';
import { query } from './items/query.ts';
import { batchGetItem, getItem } from './items/read-item.ts';
import { scan } from './items/scan.ts';
import { deleteItem, putItem, updateItem } from './items/write-item.ts';
import { below, indexPlace, itemsPlace } from './places.ts';

type Read = (store: Store, request: Fields) => Promise<Fields>;
type Write = (store: Store, request: Fields, staged: Change[]) => Promise<Fields>;

const READS: Partial<Readonly<Record<Operation, Read>>> = {
  GetItem: getItem,
  BatchGetItem: batchGetItem,
  Query: query,
  Scan: scan,
};
const WRITES: Partial<Readonly<Record<Operation, Write>>> = {
  PutItem: putItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  BatchWriteItem: batchWriteItem,
};

/**
 * @param request as `checkRequest` returned it
 * @param staged takes the writes to items and indexes; absent: they are refused
 * @throws a fault (fault.ts), or whatever broke
 */
export async function runAction(
  store: Store,
  operation: Operation,
  request: Fields,
  staged?: Change[],
): Promise<Fields> {
  const [read, write] = [READS[operation], WRITES[operation]];
  if (read !== undefined) return read(store, request);
  if (write === undefined) return runTableAction(store, operation, request);
  if (staged === undefined) throw new Error('A write outside the gate');
  return write(store, request, staged);
}

function runTableAction(store: Store, operation: Operation, request: Fields): Promise<Fields> {
  return new Promise((resolve, reject) => {
    // dynalite calls back from timers and streams: what it throws there belongs to this request, not to the process.
    const guard: Guard =
      (run) =>
      (...values) => {
        try {
          run(...values);
        } catch (error) {
          reject(error);
        }
      };
    const settle = guard((error: unknown, answer?: Fields) => {
      if (error) reject(error);
      else resolve(answer ?? {});
    });
    guard(() => actionOf(operation)(view(store, guard), request, settle))();
  });
}

type Guard = <Values extends unknown[]>(run: (...values: Values) => void) => (...values: Values) => void;

function view(store: Store, guard: Guard): Store {
  const clear = (place: string, callback: Callback): void => {
    store.db.clear(below(place)).then(
      () => guard(callback)(null),
      (error: unknown) => guard(callback)(error),
    );
  };
  return {
    ...store,
    getTable(name, checkStatus, callback) {
      if (typeof checkStatus === 'function') store.getTable(name, true, guard(checkStatus));
      else store.getTable(name, checkStatus, guard(callback ?? (() => undefined)));
    },
    deleteItemDb: (name, callback) => clear(itemsPlace(name), callback),
    deleteIndexDb: (type, table, index, callback) => clear(indexPlace(type, table, index), callback),
  };
}

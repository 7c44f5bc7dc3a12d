// Runs one dynalite action so that its writes are returned instead of made. The action reads the live database and
// evaluates conditions and updates with dynalite's own code; the caller, inside the write gate, applies the changes of
// one or many actions in a single LevelDB batch. That batch is the journal: LevelDB writes it to its log as one record
// and, after a kill, replays it whole or drops it, so neither an item and its indexes nor the parts of a transaction
// can be left half written.

import {
  actionOf,
  type Callback,
  type Change,
  type Fields,
  type Operation,
  type Part,
  type Store,
} from './dynalite.ts';
import { below, indexPlace, itemsPlace } from './places.ts';
import { ValueStream } from './value-stream.ts';

/**
 * @param request as `checkRequest` returned it
 * @param staged takes the writes to items and indexes; absent: they are refused
 * @throws a fault (fault.ts), or whatever broke
 */
export function runAction(store: Store, operation: Operation, request: Fields, staged?: Change[]): Promise<Fields> {
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
    guard(() => actionOf(operation)(viewFor(operation, view(store, guard, reject, staged)), request, settle))();
  });
}

/** dynalite ends the answer of BatchGetItem at 1 MB and an item; on AWS it is 16 MB. */
const viewFor = (operation: Operation, store: Store): Store =>
  operation === 'BatchGetItem' ? { ...store, options: { ...store.options, maxItemSize: 15 * 1024 * 1024 } } : store;

type Guard = <Values extends unknown[]>(run: (...values: Values) => void) => (...values: Values) => void;

function view(store: Store, guard: Guard, failed: (error: unknown) => void, staged: Change[] | undefined): Store {
  const part = (place: string): Part => ({
    // The gate keeps other writers out already.
    lock: (_key, run) => run((callback) => callback),
    get: (key, callback) => answer(store.db.get(place + key), guard(callback)),
    put: (key, value, callback) => stage({ type: 'put', key: place + key, value }, callback),
    del: (key, callback) => stage({ type: 'del', key: place + key }, callback),
    createValueStream: ({ limit, ...range }) =>
      new ValueStream(
        store.db,
        { ...bounds(range, place), ...(range.reverse && { reverse: true }), limit: limit ?? -1 },
        failed,
      ),
  });
  const stage = (change: Change, callback: Callback): void => {
    if (staged === undefined) throw new Error('A write outside the gate');
    staged.push(change);
    queueMicrotask(guard(() => callback(null)));
  };
  const clear = (place: string, callback: Callback): void => answer(store.db.clear(below(place)), guard(callback));
  return {
    ...store,
    getTable(name, checkStatus, callback) {
      if (typeof checkStatus === 'function') store.getTable(name, true, guard(checkStatus));
      else store.getTable(name, checkStatus, guard(callback ?? (() => undefined)));
    },
    getItemDb: (name) => part(itemsPlace(name)),
    getIndexDb: (type, table, index) => part(indexPlace(type, table, index)),
    deleteItemDb: (name, callback) => clear(itemsPlace(name), callback),
    deleteIndexDb: (type, table, index, callback) => clear(indexPlace(type, table, index), callback),
  };
}

function answer(value: Promise<unknown>, callback: Callback): void {
  value.then(
    (found) => callback(null, found),
    (error: unknown) => callback(error),
  );
}

function bounds(range: { gt?: string; gte?: string; lt?: string; lte?: string }, place: string) {
  const whole = below(place);
  return {
    ...(range.gte !== undefined
      ? { gte: place + range.gte }
      : range.gt !== undefined
        ? { gt: place + range.gt }
        : { gte: whole.gte ?? place }),
    ...(range.lte !== undefined
      ? { lte: place + range.lte }
      : range.lt !== undefined
        ? { lt: place + range.lt }
        : { lt: whole.lt ?? place }),
  };
}

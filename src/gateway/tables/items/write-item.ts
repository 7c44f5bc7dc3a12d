// PutItem, UpdateItem and DeleteItem: what each answers, and the changes that make it so.

import { arithmetic, type Change, type Fields, type Item, type Store, type Table } from '../dynalite.ts';
import { applyUpdate } from '../expressions/apply-update.ts';
import { matches } from '../expressions/matches.ts';
import { pick } from '../expressions/paths.ts';
import { typeOf, type UpdateAction } from '../expressions/syntax.ts';
import { fault, validationFault } from '../fault.ts';
import { itemsPlace } from '../places.ts';
import { consumedBy, writeConsumption } from './capacity.ts';
import { allIndexes, checkKey, checkKeyPaths, checkPutItem, checkUpdatedItem, typeIn } from './check-item.ts';
import { expressionsOf } from './check-request.ts';
import { entryChanges } from './index-entries.ts';
import { itemSize } from './item-size.ts';
import { tableOf } from './table-of.ts';

export async function putItem(store: Store, request: Fields, staged: Change[]): Promise<Fields> {
  const table = await tableOf(store, request);
  const item = request['Item'] as Item;
  checkPutItem(item, table);
  const { place, present } = await found(store, table, item, request);
  return {
    ...returned(request['ReturnValues'] === 'ALL_OLD' ? present : undefined),
    ...written(request, table, place, present, item, staged),
  };
}

export async function deleteItem(store: Store, request: Fields, staged: Change[]): Promise<Fields> {
  const table = await tableOf(store, request);
  const key = request['Key'] as Item;
  checkKey(key, table);
  const { place, present } = await found(store, table, key, request);
  return {
    ...returned(request['ReturnValues'] === 'ALL_OLD' ? present : undefined),
    ...written(request, table, place, present, undefined, staged),
  };
}

export async function updateItem(store: Store, request: Fields, staged: Change[]): Promise<Fields> {
  const table = await tableOf(store, request);
  const key = request['Key'] as Item;
  checkKey(key, table);
  const actions = expressionsOf(request).update ?? [];
  checkActions(actions, table);
  const { place, present } = await found(store, table, key, request);
  const item = applyUpdate(present ?? key, actions);
  checkUpdatedItem(item, table);
  return {
    ...returned(updateReturns(request['ReturnValues'], actions, present, item)),
    ...written(request, table, place, present, item, staged),
  };
}

/** The item that stands there, if it fulfils the condition. */
async function found(
  store: Store,
  table: Table,
  key: Item,
  request: Fields,
): Promise<{ readonly place: string; readonly present: Item | undefined }> {
  const { condition } = expressionsOf(request);
  if (condition !== undefined) checkKeyPaths(condition.paths, table);
  const place = itemsPlace(table.TableName) + arithmetic.createKey(key, table);
  const present = (await store.db.get(place)) as Item | undefined;
  if (condition !== undefined && !matches(present, condition.condition)) {
    const wanted = request['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD' && present !== undefined;
    throw fault('ConditionalCheckFailedException', 'The conditional request failed', wanted ? { Item: present } : {});
  }
  return { place, present };
}

function written(
  request: Fields,
  table: Table,
  place: string,
  before: Item | undefined,
  after: Item | undefined,
  staged: Change[],
): Fields {
  const entries = entryChanges(table, before, after);
  if (after !== undefined) staged.push({ type: 'put', key: place, value: after });
  else if (before !== undefined) staged.push({ type: 'del', key: place });
  staged.push(...entries.map(({ change }) => change));
  const bytes = Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0);
  return consumedBy(request, writeConsumption(bytes, entries));
}

/** @throws `ValidationException` for updates of the key, and of index keys to other types */
function checkActions(actions: readonly UpdateAction[], table: Table): void {
  for (const { AttributeName } of table.KeySchema) {
    if (actions.some(({ path }) => path[0] === AttributeName)) {
      throw validationFault(
        `One or more parameter values were invalid: Cannot update attribute ${AttributeName}. This attribute is part of the key`,
      );
    }
  }
  for (const { IndexName, KeySchema } of allIndexes(table)) {
    for (const { AttributeName } of KeySchema) {
      const action = actions.find(({ path }) => path.length === 1 && path[0] === AttributeName);
      const value =
        action?.type === 'set' ? (action.to.type === 'value' ? action.to.value : undefined) : literal(action);
      if (value === undefined || typeOf(value) === typeIn(table, AttributeName)) continue;
      throw validationFault(
        `One or more parameter values were invalid: Type mismatch for Index Key ${AttributeName} Expected: ${typeIn(table, AttributeName)} Actual: ${typeOf(value)} IndexName: ${IndexName}`,
      );
    }
  }
  checkKeyPaths(
    actions.map(({ path }) => path),
    table,
  );
}

const literal = (action: UpdateAction | undefined) => (action && 'value' in action ? action.value : undefined);

function updateReturns(
  wish: unknown,
  actions: readonly UpdateAction[],
  before: Item | undefined,
  after: Item,
): Item | undefined {
  if (wish === 'ALL_OLD') return before;
  if (wish === 'ALL_NEW') return after;
  const paths = actions.map(({ path }) => path);
  if (wish === 'UPDATED_OLD') return before && pick(before, paths);
  return wish === 'UPDATED_NEW' ? pick(after, paths) : undefined;
}

const returned = (attributes: Item | undefined): Fields =>
  attributes === undefined || Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };

// What repositories share: the error of a write that somebody else was faster with, and lists in pages.
import dynamoose from 'dynamoose';

/** An item is there already, or was changed or removed since it was read. Handlers answer it with 409. */
export class ConflictError extends Error {
  name = 'ConflictError';
}

/** A cursor that no list gave. Handlers answer it with 400. */
export class CursorError extends Error {
  name = 'CursorError';
}

/** What a write needs of an item so that it still is as it was read. Items from before there were versions have none. */
export function unchanged(version) {
  const condition = new dynamoose.Condition().attribute('version');
  return version === undefined ? condition.not().exists() : condition.eq(version);
}

/** The outcome of a write; a condition that did not hold becomes a ConflictError. */
export async function orConflict(write, message) {
  try {
    return await write;
  } catch (error) {
    throw isConflict(error) ? new ConflictError(message, { cause: error }) : error;
  }
}

/** A new item as it will be read: Dynamoose hands it back with dates as the table stores them. */
export async function asRead(item) {
  await item.conformToSchema({ type: 'fromDynamo', customTypesDynamo: true, saveUnknown: true, modifiers: ['get'] });
  return item;
}

/** A page of a query or a scan: its items, and the cursor of the page after, when there is one. */
export async function readPage(list, { limit = 50, cursor }) {
  const found = await list.limit(limit).startAt(startOf(cursor)).exec();
  const { lastKey } = found;
  const next = lastKey === undefined ? undefined : Buffer.from(JSON.stringify(lastKey)).toString('base64url');
  return { items: [...found], cursor: next };
}

function startOf(cursor) {
  if (cursor === undefined) return undefined;
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString(), revive);
    if (typeof key === 'object' && key !== null) return key;
  } catch {}
  throw new CursorError('The cursor must come from an earlier page');
}

/** Binary keys are the one kind that JSON does not bring back by itself. */
function revive(name, value) {
  return name !== '' && value?.type === 'Buffer' ? Buffer.from(value.data) : value;
}

/** A single write, or a transaction of which no part failed for another reason. */
function isConflict({ name, CancellationReasons = [] }) {
  if (name !== 'TransactionCanceledException')
    return /^(ConditionalCheckFailed|TransactionConflict)Exception$/.test(name);
  return CancellationReasons.every(({ Code = 'None' }) =>
    /^(None|ConditionalCheckFailed|TransactionConflict)$/.test(Code),
  );
}

// What repositories share: the error of a write that somebody else was faster with, and lists in pages.
import dynamoose from 'dynamoose';
import type { Item } from 'dynamoose/dist/Item.js';

/** An item is there already, or was changed or removed since it was read. Handlers answer it with 409. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** A cursor that no list gave. Handlers answer it with 400. */
export class CursorError extends Error {
  override readonly name = 'CursorError';
}

export interface PageOptions {
  /** Items at most; default 50. */
  readonly limit?: number | undefined;
  /** Of the page before. */
  readonly cursor?: string | undefined;
}

export interface QueryOptions extends PageOptions {
  /** By the sort key; default ascending. */
  readonly sort?: 'ascending' | 'descending' | undefined;
}

export interface ItemPage<T> {
  readonly items: readonly T[];
  /** What gives the page after; none on the last page. */
  readonly cursor?: string | undefined;
}

/** What a write needs of an item so that it still is as it was read. Items from before there were versions have none. */
export function unchanged(version: number | undefined) {
  const condition = new dynamoose.Condition().attribute('version');
  return version === undefined ? condition.not().exists() : condition.eq(version);
}

/** The outcome of a write; a condition that did not hold becomes a ConflictError. */
export async function orConflict<T>(write: Promise<T>, message: string): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw isConflict(error) ? new ConflictError(message, { cause: error }) : error;
  }
}

/** A new item as it will be read: Dynamoose hands it back with dates as the table stores them. */
export async function asRead<T extends Item>(item: T): Promise<T> {
  await item.conformToSchema({ type: 'fromDynamo', customTypesDynamo: true, saveUnknown: true, modifiers: ['get'] });
  return item;
}

interface List<T> {
  limit(count: number): List<T>;
  startAt(key: object | undefined): List<T>;
  exec(): Promise<readonly T[] & { readonly lastKey?: object }>;
}

/** A page of a query or a scan. */
export async function readPage<T>(list: List<T>, { limit = 50, cursor }: PageOptions): Promise<ItemPage<T>> {
  const found = await list.limit(limit).startAt(startOf(cursor)).exec();
  const { lastKey } = found;
  const next = lastKey === undefined ? undefined : Buffer.from(JSON.stringify(lastKey)).toString('base64url');
  return { items: [...found], cursor: next };
}

function startOf(cursor: string | undefined): object | undefined {
  if (cursor === undefined) return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString(), revive);
    if (typeof key === 'object' && key !== null) return key;
  } catch {}
  throw new CursorError('The cursor must come from an earlier page');
}

/** Binary keys are the one kind that JSON does not bring back by itself. */
function revive(name: string, value: { type?: unknown; data?: unknown } | null): unknown {
  return name !== '' && value?.type === 'Buffer' ? Buffer.from(value.data as number[]) : value;
}

/** A single write, or a transaction of which no part failed for another reason. */
function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, CancellationReasons = [] } = error as { name: string; CancellationReasons?: { Code?: string }[] };
  if (name !== 'TransactionCanceledException')
    return /^(ConditionalCheckFailed|TransactionConflict)Exception$/.test(name);
  return CancellationReasons.every(({ Code }) =>
    /^(None|ConditionalCheckFailed|TransactionConflict)$/.test(Code ?? 'None'),
  );
}

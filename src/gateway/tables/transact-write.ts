// TransactWriteItems. Each part is run as the single conditional request it equals, by dynalite's own action, with its
// writes staged (staged-action.ts), all inside the write gate. Since no item may appear twice, no part can see another's
// write, so evaluating all parts against the state before the transaction is what DynamoDB does; if one refuses, the
// staged writes are dropped; else they, and the request's token, become one batch. Nothing else evaluates expressions.

import { consumed, type UnitsByTable } from './consumed-capacity.ts';
import { arithmetic, type Change, type Fields, type Item, type Table } from './dynalite.ts';
import { type Fault, fault, faultMessage, faultName, isFault } from './fault.ts';
import { checkRequest } from './items/check-request.ts';
import { itemsPlace } from './places.ts';
import { recallToken, rememberToken, tokenOf } from './request-token.ts';
import { runAction } from './staged-action.ts';
import type { TableBase } from './table-base.ts';
import { checkDistinct, checkSize, type TransactPart, transactParts } from './transact-parts.ts';

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

const NONE: Reason = { Code: 'None' };

/**
 * @throws faults: `TransactionCanceledException` with its `CancellationReasons`, `ValidationException`,
 *   `ResourceNotFoundException`, `IdempotentParameterMismatchException`
 */
export async function transactWrite(base: TableBase, request: Fields): Promise<Fields> {
  const token = tokenOf(request);
  const parts = transactParts(request, ['ConditionCheck', 'Put', 'Update', 'Delete']).map((part) => ({
    ...part,
    checked: checkRequest(base.store, part.operation, part.request),
  }));
  checkSize(parts.flatMap(({ verb, item }) => (verb === 'Put' ? [item] : [])));
  return base.gate.run(async () => {
    const known = token && (await recallToken(base, token));
    if (known) return consumed(request, known.units, 'ReadCapacityUnits');
    const tables = await tablesOf(base, parts);
    checkDistinct(identitiesOf(base, parts, tables));
    const changes: Change[] = [];
    const units: UnitsByTable = {};
    const reasons: Reason[] = [];
    for (const part of parts) reasons.push(await stage(base, part, tables, changes, units));
    if (reasons.some((reason) => reason !== NONE)) throw cancelled(reasons);
    checkSize(changes.flatMap((change) => (isItem(change) ? [change.value as Item] : [])));
    if (token) changes.push(rememberToken(base, token, units));
    await base.apply(changes);
    return consumed(request, units, 'WriteCapacityUnits');
  });
}

export function cancelled(reasons: readonly Reason[]): Error & Fault {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return fault(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { CancellationReasons: reasons },
  );
}

/** What a part that cannot be done says; any other failure ends the whole request. */
export function reasonOf(error: unknown): Reason {
  if (!isFault(error)) throw error;
  const name = faultName(error);
  if (name === 'ConditionalCheckFailedException') {
    return { Code: 'ConditionalCheckFailed', Message: faultMessage(error) };
  }
  if (name === 'ValidationException') return { Code: 'ValidationError', Message: faultMessage(error) };
  throw error;
}

export async function tablesOf(base: TableBase, parts: readonly TransactPart[]): Promise<ReadonlyMap<string, Table>> {
  const names = [...new Set(parts.map(({ table }) => table))];
  return new Map(await Promise.all(names.map(async (name) => [name, await base.table(name)] as const)));
}

/** Of the parts whose keys fit their tables; the others are refused one by one. */
export function identitiesOf(
  base: TableBase,
  parts: readonly TransactPart[],
  tables: ReadonlyMap<string, Table>,
): readonly string[] {
  return parts.flatMap((part) => {
    const table = tables.get(part.table);
    if (table === undefined) return [];
    const key = part.verb === 'Put' ? base.keyOf(table, part.item) : part.item;
    return arithmetic.validateKey(key, table) ? [] : [base.identity(table, key)];
  });
}

async function stage(
  base: TableBase,
  part: TransactPart & { readonly checked: Fields },
  tables: ReadonlyMap<string, Table>,
  changes: Change[],
  units: UnitsByTable,
): Promise<Reason> {
  const staged: Change[] = [];
  try {
    const answer = await runAction(base.store, part.operation, part.checked, staged);
    const capacity = answer['ConsumedCapacity'] as { readonly CapacityUnits: number } | undefined;
    // Twice what a single request takes: one to prepare, one to commit.
    units[part.table] = (units[part.table] ?? 0) + 2 * (capacity?.CapacityUnits ?? 1);
    if (part.verb !== 'ConditionCheck') changes.push(...staged);
    return NONE;
  } catch (error) {
    const reason = reasonOf(error);
    const table = tables.get(part.table);
    if (reason.Code !== 'ConditionalCheckFailed' || !part.wantsItem || table === undefined) return reason;
    const item = await base.item(part.table, base.keyOf(table, part.item));
    return item === undefined ? reason : { ...reason, Item: item };
  }
}

const isItem = (change: Change): change is Change & { readonly type: 'put' } =>
  change.type === 'put' && change.key.startsWith(itemsPlace('').slice(0, -1));

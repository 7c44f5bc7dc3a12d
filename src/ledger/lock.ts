// The deploy lock of one stage: a lease with a fencing token. Every ledger write checks the token; AWS itself cannot
// be fenced, so `gate` lets a call out only while enough of the lease remains. Both the monotonic clock and the wall
// clock must agree that it does: the one stands still while a laptop sleeps, the other may be set back.

import { randomUUID } from 'node:crypto';
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import { ApigenError } from '../errors.ts';
import { type Holder, isGone, thisProcess } from './holder.ts';
import { type LedgerScope, ledgerTable, partitionOf } from './ledger-table.ts';
import { type Item, sortKeys } from './row-codec.ts';

/** How long a lease lasts and what keeps the others out after its end, in ms. */
export const leaseMs = { length: 60_000, renewEvery: 15_000, callMargin: 15_000, takeOverAfter: 30_000 } as const;

export interface LockHeld {
  readonly holder: Holder;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly expiresAt: number;
}

export interface Lock {
  /** Raised by each acquisition: writes of an earlier holder fail. */
  readonly token: number;
  readonly lease: string;
  /** Throws LOCK_LOST unless enough of the lease remains to send a call. */
  gate(): Promise<void>;
  release(): Promise<void>;
}

export const lockKey = (scope: LedgerScope): Item => ({ pk: { S: partitionOf(scope) }, sk: { S: sortKeys.lock } });

/** Who holds the lock now; undefined when nobody does. */
export async function lockHolder(aws: Aws, scope: LedgerScope): Promise<LockHeld | undefined> {
  try {
    const { Item } = await aws.dynamodb.send(
      new GetItemCommand({ TableName: ledgerTable, Key: lockKey(scope), ConsistentRead: true }),
    );
    return Item?.['holder']?.S === undefined ? undefined : heldBy(Item);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

const heldBy = (item: Item): LockHeld => ({
  holder: JSON.parse(item['holder']?.S ?? '{}') as Holder,
  since: Number(item['since']?.N ?? 0),
  expiresAt: Number(item['expiresAt']?.N ?? 0),
});

/** Whether the lease is over for good: past its end and the margin, or left by a dead process of this machine. */
export const mayTakeOver = (held: LockHeld, now = Date.now()): boolean =>
  now > held.expiresAt + leaseMs.takeOverAfter || isGone(held.holder);

/**
 * @throws ApigenError `LOCKED` when another deploy of this stage runs: it says who, since when, and how to go on.
 */
export async function acquireLock(aws: Aws, scope: LedgerScope): Promise<Lock> {
  const lease = randomUUID();
  const held = await lockHolder(aws, scope);
  if (held && !mayTakeOver(held)) throw locked(scope, held);
  const startedAt = clocks();
  try {
    const { Attributes } = await aws.dynamodb.send(
      new UpdateItemCommand({
        TableName: ledgerTable,
        Key: lockKey(scope),
        UpdateExpression:
          'SET #token = if_not_exists(#token, :zero) + :one, lease = :lease, holder = :holder, since = :now, expiresAt = :end',
        // What was seen when the decision to take over was made must still be there.
        ConditionExpression: held
          ? 'attribute_not_exists(holder) OR expiresAt = :seen'
          : 'attribute_not_exists(holder) OR lease = :lease',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: {
          ':zero': { N: '0' },
          ':one': { N: '1' },
          ':lease': { S: lease },
          ':holder': { S: JSON.stringify(thisProcess()) },
          ':now': { N: String(Date.now()) },
          ':end': { N: String(Date.now() + leaseMs.length) },
          ...(held && { ':seen': { N: String(held.expiresAt) } }),
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return hold(aws, scope, lease, Number(Attributes?.['token']?.N ?? 0), startedAt);
  } catch (error) {
    const other = isConditionFailed(error) ? await lockHolder(aws, scope) : undefined;
    throw other ? locked(scope, other) : error;
  }
}

export const isConditionFailed = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'ConditionalCheckFailedException' ||
    (error instanceof ApigenError && error.aws?.name === 'ConditionalCheckFailedException'));

const clocks = (): { readonly monotonic: number; readonly wall: number } => ({
  monotonic: performance.now(),
  wall: Date.now(),
});

function hold(aws: Aws, scope: LedgerScope, lease: string, token: number, startedAt: ReturnType<typeof clocks>): Lock {
  let renewedAt = startedAt;
  let lost = false;
  const remainingMs = (): number => {
    const now = clocks();
    const passed = Math.max(now.monotonic - renewedAt.monotonic, now.wall - renewedAt.wall);
    return leaseMs.length - passed;
  };
  const check = async (): Promise<void> => {
    if (remainingMs() < leaseMs.callMargin) lost = true;
    if (lost) throw lockLost(scope);
  };
  const renew = async (): Promise<void> => {
    const at = clocks();
    try {
      await check();
      await aws.dynamodb.send(
        new UpdateItemCommand({
          TableName: ledgerTable,
          Key: lockKey(scope),
          UpdateExpression: 'SET expiresAt = :end',
          ConditionExpression: 'lease = :lease',
          ExpressionAttributeValues: { ':lease': { S: lease }, ':end': { N: String(Date.now() + leaseMs.length) } },
        }),
      );
      renewedAt = at;
    } catch (error) {
      // A renewal that fails otherwise is tried again at the next tick; the gate closes by itself in time.
      if (isConditionFailed(error)) lost = true;
    }
  };
  const timer = setInterval(() => void renew(), leaseMs.renewEvery);
  timer.unref();
  return {
    token,
    lease,
    gate: check,
    release: async () => {
      clearInterval(timer);
      if (lost || remainingMs() < leaseMs.callMargin) return;
      await aws.dynamodb.send(
        new UpdateItemCommand({
          TableName: ledgerTable,
          Key: lockKey(scope),
          UpdateExpression: 'REMOVE holder, lease, since, expiresAt',
          ConditionExpression: 'lease = :lease',
          ExpressionAttributeValues: { ':lease': { S: lease } },
        }),
      );
    },
  };
}

export function lockLost(scope: LedgerScope): ApigenError {
  return new ApigenError({
    code: 'LOCK_LOST',
    summary: `The deploy lock of ${partitionOf(scope)} was lost`,
    detail: 'This process was held up for longer than its lease. It sends nothing more; what it had begun is recorded.',
    hint: 'apigen deploy    (goes on from here)',
  });
}

export function locked(scope: LedgerScope, held: LockHeld): ApigenError {
  const seconds = Math.max(0, Math.round((held.expiresAt + leaseMs.takeOverAfter - Date.now()) / 1000));
  return new ApigenError({
    code: 'LOCKED',
    summary: `Another deploy of ${partitionOf(scope)} is running`,
    detail:
      `${held.holder.who} (process ${held.holder.pid}) holds the lock since ${new Date(held.since).toISOString()}. ` +
      `If that process is gone, the lock opens by itself in at most ${seconds} s.`,
    hint: 'apigen deploy --wait    (or, once its lease is over: apigen unlock)',
  });
}

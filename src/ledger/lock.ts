// The deploy lock of one stage: a row that one process at a time holds, with a lease and a fencing token that every
// ledger write checks. Taken by one conditional write; a lease past its end and a margin may be taken over.

import { randomUUID } from 'node:crypto';
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import { ApigenError } from '../errors.ts';
import { type Holder, isGone, thisProcess } from './holder.ts';
import { isConditionFailed } from './is-condition-failed.ts';
import { type Clocks, Lease, type Lock, leaseMs, lockKey, systemClocks, timesOf } from './lease.ts';
import { type LedgerScope, ledgerTable, partitionOf } from './ledger-table.ts';
import type { Item } from './row-codec.ts';

export interface LockHeld {
  readonly holder: Holder;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly expiresAt: number;
}

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
 * Takes the lock as a free one, and looks who has it only when that is refused.
 * @throws ApigenError `LOCKED` when another deploy of this stage runs: it says who, since when, and how to go on;
 * one that `isNotFound` knows when there is no ledger table yet
 */
export async function acquireLock(aws: Aws, scope: LedgerScope, clocks: Clocks = systemClocks): Promise<Lock> {
  const lease = randomUUID();
  for (let held: LockHeld | undefined; ; held = await lockHolder(aws, scope)) {
    if (held && !mayTakeOver(held, clocks.wall())) throw locked(scope, held, clocks.wall());
    const startedAt = timesOf(clocks);
    try {
      const token = await take(aws, scope, lease, held, startedAt.wall);
      return new Lease(aws, scope, { lease, token }, startedAt, clocks);
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      // Somebody has it, or was faster, and has perhaps ended since.
    }
  }
}

/** @returns the fencing token */
async function take(
  aws: Aws,
  scope: LedgerScope,
  lease: string,
  seen: LockHeld | undefined,
  now: number,
): Promise<number> {
  // What was seen when the decision to take over was made must still be there. Our own lease may be: when the answer
  // of the first attempt is lost, the second one finds it.
  const free = 'attribute_not_exists(holder) OR lease = :lease';
  const { Attributes } = await aws.dynamodb.send(
    new UpdateItemCommand({
      TableName: ledgerTable,
      Key: lockKey(scope),
      UpdateExpression:
        'SET #token = if_not_exists(#token, :zero) + :one, lease = :lease, holder = :holder, since = :now, expiresAt = :end',
      ConditionExpression: seen ? `${free} OR expiresAt = :seen` : free,
      ExpressionAttributeNames: { '#token': 'token' },
      ExpressionAttributeValues: {
        ':zero': { N: '0' },
        ':one': { N: '1' },
        ':lease': { S: lease },
        ':holder': { S: JSON.stringify(thisProcess()) },
        ':now': { N: String(now) },
        ':end': { N: String(now + leaseMs.length) },
        ...(seen && { ':seen': { N: String(seen.expiresAt) } }),
      },
      ReturnValues: 'ALL_NEW',
    }),
  );
  return Number(Attributes?.['token']?.N ?? 0);
}

export function locked(scope: LedgerScope, held: LockHeld, now = Date.now()): ApigenError {
  const seconds = Math.max(0, Math.round((held.expiresAt + leaseMs.takeOverAfter - now) / 1000));
  return new ApigenError({
    code: 'LOCKED',
    summary: `Another deploy of ${partitionOf(scope)} is running`,
    detail:
      `${held.holder.who} (process ${held.holder.pid}) holds the lock since ${new Date(held.since).toISOString()}. ` +
      `If that process is gone, the lock opens by itself in at most ${seconds} s.`,
    hint: 'apigen deploy --wait    (or, once its lease is over: apigen unlock)',
  });
}

// Takes away a lock whose lease is over, and only then.

import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { isConditionFailed } from './is-condition-failed.ts';
import { lockKey } from './lease.ts';
import { type LedgerScope, ledgerTable } from './ledger-table.ts';
import { type LockHeld, locked, lockHolder, mayTakeOver } from './lock.ts';

/**
 * @returns whose lock it was; undefined when there was none
 * @throws ApigenError `LOCKED` while the lease runs
 */
export async function breakLock(aws: Aws, scope: LedgerScope, now = Date.now()): Promise<LockHeld | undefined> {
  const held = await lockHolder(aws, scope);
  if (!held) return undefined;
  if (!mayTakeOver(held, now)) throw locked(scope, held, now);
  try {
    await aws.dynamodb.send(
      new UpdateItemCommand({
        TableName: ledgerTable,
        Key: lockKey(scope),
        // The token goes up: should the old holder wake, its writes fail.
        UpdateExpression: 'SET #token = #token + :one REMOVE holder, lease, since, expiresAt',
        ConditionExpression: 'expiresAt = :seen',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':seen': { N: String(held.expiresAt) } },
      }),
    );
    return held;
  } catch (error) {
    // Renewed, taken or let go since it was looked at.
    if (!isConditionFailed(error)) throw error;
    const other = await lockHolder(aws, scope);
    if (other) throw locked(scope, other, now);
    return held;
  }
}

// Takes away a lock whose lease is over, and only then.

import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { type LedgerScope, ledgerTable } from './ledger-table.ts';
import { isConditionFailed, type LockHeld, locked, lockHolder, lockKey, mayTakeOver } from './lock.ts';

/**
 * @returns whose lock it was; undefined when there was none
 * @throws ApigenError `LOCKED` while the lease runs
 */
export async function breakLock(aws: Aws, scope: LedgerScope): Promise<LockHeld | undefined> {
  const held = await lockHolder(aws, scope);
  if (!held) return undefined;
  if (!mayTakeOver(held)) throw locked(scope, held);
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
    // Renewed or taken since it was looked at: somebody is alive.
    const now = isConditionFailed(error) ? await lockHolder(aws, scope) : undefined;
    throw now ? locked(scope, now) : error;
  }
}

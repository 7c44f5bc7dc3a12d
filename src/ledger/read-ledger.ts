// Reads what the ledger knows of one stage, consistently. No table or no rows is an empty ledger, not an error.

import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import type { Journal, LedgerRow, LedgerState, Release } from '../engine/ledger.ts';
import { type LedgerScope, ledgerTable, partitionOf } from './ledger-table.ts';
import { decode, type Item, type Meta, sortKeys } from './row-codec.ts';

/** The ledger of one stage, with what its lock was at that moment. */
export interface StageLedger extends LedgerState {
  readonly lock: {
    /** Of the last holder; 0 when nobody ever held it. */
    readonly token: number;
    readonly held: boolean;
  };
}

export async function readLedger(aws: Aws, scope: LedgerScope): Promise<StageLedger> {
  const rows = new Map<string, LedgerRow>();
  const releases: Release[] = [];
  let journal: Journal | undefined;
  let meta: Meta | undefined;
  let lock = { token: 0, held: false };
  for (const item of await partition(aws, scope)) {
    if (item['sk']?.S === sortKeys.lock) {
      lock = { token: Number(item['token']?.N ?? 0), held: item['holder'] !== undefined };
    }
    const stored = decode(item);
    if (stored?.type === 'node') rows.set(stored.row.id, stored.row);
    if (stored?.type === 'release') releases.push(stored.release);
    if (stored?.type === 'journal') journal = stored.journal;
    if (stored?.type === 'meta') meta = stored.meta;
  }
  releases.sort((a, b) => b.number - a.number);
  return {
    known: meta !== undefined,
    serial: meta?.serial ?? 0,
    rows,
    releases,
    journal,
    cleanupPending: meta?.cleanupPending ?? false,
    lock,
  };
}

async function partition(aws: Aws, scope: LedgerScope): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: Item | undefined;
  try {
    do {
      const page = await aws.dynamodb.send(
        new QueryCommand({
          TableName: ledgerTable,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: partitionOf(scope) } },
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    // Deleted between two pages: half a ledger is none.
    return [];
  }
  return items;
}

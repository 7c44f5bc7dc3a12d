// Reads what the ledger knows of one stage, consistently: of one API version for itself, of the others what they need.
// No table or no rows is an empty ledger, not an error.

import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import type { LedgerRow, LedgerState, OtherVersions } from '../engine/ledger.ts';
import { othersOf } from '../engine/other-versions.ts';
import { type LedgerScope, ledgerTable, partitionOf, unprefixedVersion } from './ledger-table.ts';
import { decode, type Item, lockSortKey, type Stored } from './row-codec.ts';

/** The ledger of one API version of a stage, with what the stage's lock was at that moment. */
export interface StageLedger extends LedgerState {
  readonly lock: {
    /** Of the last holder; 0 when nobody ever held it. */
    readonly token: number;
    readonly held: boolean;
  };
  readonly others: OtherVersions;
  /** The stage's other API versions. */
  readonly otherVersions: ReadonlyMap<string, LedgerState>;
}

export async function readLedger(aws: Aws, scope: LedgerScope): Promise<StageLedger> {
  const stored: Stored[] = [];
  let lock = { token: 0, held: false };
  for (const item of await partition(aws, scope)) {
    if (item['sk']?.S === lockSortKey) {
      lock = { token: Number(item['token']?.N ?? 0), held: item['holder'] !== undefined };
      continue;
    }
    const row = decode(item);
    if (row) stored.push(row);
  }
  const own = scope.version ?? unprefixedVersion;
  const otherVersions = new Map(
    [...new Set(stored.map(({ version }) => version))]
      .filter((version) => version !== own)
      .map((version) => [version, stateOf(stored, version)] as const),
  );
  return { ...stateOf(stored, own), lock, others: othersOf([...otherVersions.values()]), otherVersions };
}

function stateOf(stored: readonly Stored[], version: string): LedgerState {
  const mine = stored.filter((item) => item.version === version);
  const meta = mine.flatMap((item) => (item.type === 'meta' ? [item.meta] : []))[0];
  const rows = new Map<string, LedgerRow>();
  for (const item of mine) if (item.type === 'node') rows.set(item.row.id, item.row);
  return {
    known: meta !== undefined,
    serial: meta?.serial ?? 0,
    rows,
    releases: mine
      .flatMap((item) => (item.type === 'release' ? [item.release] : []))
      .sort((a, b) => b.number - a.number),
    journal: mine.flatMap((item) => (item.type === 'journal' ? [item.journal] : []))[0],
    cleanupPending: meta?.cleanupPending ?? false,
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

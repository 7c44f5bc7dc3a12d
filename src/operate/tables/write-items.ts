// Writes items in batches of 25, DynamoDB's most. What it could not take yet (UnprocessedItems) is sent again, slower
// each time: nothing is lost, and nothing counts as written before DynamoDB has it.

import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../../aws/aws.ts';
import { ApigenError } from '../../errors.ts';
import type { StoredItem } from './item-json.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html */
export const BATCH_SIZE = 25;

/** Waits of 50 ms, doubling to 5 s: some two minutes in all before it is given up. */
const backoff = { firstMs: 50, longestMs: 5_000, turns: 30 } as const;

/**
 * Writes up to {@link BATCH_SIZE} items.
 *
 * @param onBusy told that the table takes no more for now
 * @throws ApigenError `TABLE_TOO_BUSY` when the table takes nothing for two minutes
 */
export async function writeItems(
  aws: Aws,
  tableName: string,
  items: readonly StoredItem[],
  signal: AbortSignal,
  onBusy: () => void,
): Promise<void> {
  let left: readonly WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
  for (let turn = 0; left.length > 0; turn += 1) {
    const { UnprocessedItems = {} } = await aws.dynamodb.send(
      new BatchWriteItemCommand({ RequestItems: { [tableName]: [...left] } }),
    );
    const unprocessed = UnprocessedItems[tableName] ?? [];
    // Whatever is taken starts the patience anew.
    if (unprocessed.length < left.length) turn = 0;
    left = unprocessed;
    if (left.length === 0) return;
    if (turn >= backoff.turns) throw tooBusy(tableName);
    onBusy();
    const ms = Math.min(backoff.longestMs, backoff.firstMs * 2 ** turn);
    await sleep(ms / 2 + Math.random() * (ms / 2), undefined, { signal });
  }
}

const tooBusy = (tableName: string): ApigenError =>
  new ApigenError({
    code: 'TABLE_TOO_BUSY',
    summary: `Table ${tableName} takes no more items`,
    detail: 'DynamoDB refused them for two minutes: the table has reached its write capacity.',
    hint: 'give the table capacity: on-demand in apigen.yml, or more write units, and deploy',
  });

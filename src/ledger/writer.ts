// Writes rows of one API version of a stage while the stage's lock is held. Rows that come together go in one transaction, which checks the
// lock's token: a holder that lost the lock cannot write. Order is kept per row.

import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import type { LedgerState, LedgerWriter } from '../engine/ledger.ts';
import { ApigenError } from '../errors.ts';
import { type Lock, lockKey, lockLost } from './lease.ts';
import { type LedgerScope, ledgerSchema, ledgerTable, partitionOf } from './ledger-table.ts';

import { encode, sortKeysOf } from './row-codec.ts';

/** DynamoDB takes 100 items in a transaction; one is the check of the lock. */
const rowsPerTransaction = 99;

interface Write {
  readonly item: TransactWriteItem;
  readonly key: string;
  resolve(): void;
  reject(error: unknown): void;
}

export function ledgerWriter(aws: Aws, scope: LedgerScope, lock: Lock, state: LedgerState): LedgerWriter {
  const pk = partitionOf(scope);
  const sortKeys = sortKeysOf(scope.version);
  const serial = state.serial + 1;
  let metaWritten = false;
  let queue: Write[] = [];
  let flushing = false;

  const put = (sk: string, value: unknown): TransactWriteItem => ({
    Put: { TableName: ledgerTable, Item: encode(pk, sk, value) },
  });
  const drop = (sk: string): TransactWriteItem => ({
    Delete: { TableName: ledgerTable, Key: { pk: { S: pk }, sk: { S: sk } } },
  });
  const meta = (cleanupPending: boolean): TransactWriteItem =>
    put(sortKeys.meta, { schema: ledgerSchema, serial, cleanupPending });

  const together = async (items: readonly TransactWriteItem[]): Promise<void> => {
    // The first write of a run raises the serial, so that a plan made before it is known to be stale.
    const all = metaWritten ? items : [meta(state.cleanupPending), ...items];
    await transact(aws, scope, lock, all);
    metaWritten = true;
  };
  const flush = async (): Promise<void> => {
    flushing = true;
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      queue = queue.filter((write) => !batch.includes(write));
      try {
        await together(batch.map((write) => write.item));
        for (const write of batch) write.resolve();
      } catch (error) {
        for (const write of batch) write.reject(error);
      }
    }
    flushing = false;
  };
  const enqueue = (item: TransactWriteItem, key: string): Promise<void> =>
    new Promise((resolve, reject) => {
      queue.push({ item, key, resolve, reject });
      if (!flushing) queueMicrotask(() => void (flushing ? undefined : flush()));
    });

  return {
    put: (row) => enqueue(put(sortKeys.node(row.id), row), row.id),
    forget: (id) => enqueue(drop(sortKeys.node(id)), id),
    journal: (journal) => together([put(sortKeys.journal, journal)]),
    release: async (release, dropped) => {
      metaWritten = true;
      await together([
        // A canary leaves nothing to clean up, but what was left before it.
        meta(release.canary ? state.cleanupPending : true),
        put(sortKeys.release(release.number), release),
        drop(sortKeys.journal),
        ...dropped.slice(0, 90).map((number) => drop(sortKeys.release(number))),
      ]);
    },
    cleanupDone: async () => {
      metaWritten = true;
      await together([meta(false)]);
    },
    forgetAll: async () => {
      metaWritten = true;
      const releases = state.releases.map((release) => drop(sortKeys.release(release.number)));
      const rows = [...state.rows.keys()].map((id) => drop(sortKeys.node(id)));
      const all = [drop(sortKeys.journal), ...releases, ...rows];
      for (let from = 0; from < all.length; from += 90) await together(all.slice(from, from + 90));
      await together([drop(sortKeys.meta)]);
    },
  };
}

/** As many waiting writes as a transaction takes; a row that is written twice waits for the next one. */
function takeBatch(queue: readonly Write[]): readonly Write[] {
  const keys = new Set<string>();
  const batch: Write[] = [];
  for (const write of queue) {
    if (batch.length === rowsPerTransaction - 1) break;
    if (keys.has(write.key)) continue;
    keys.add(write.key);
    batch.push(write);
  }
  return batch;
}

/** DynamoDB cancels a transaction that meets the renewal of the lock: tried again. */
async function transact(aws: Aws, scope: LedgerScope, lock: Lock, items: readonly TransactWriteItem[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await aws.dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            {
              ConditionCheck: {
                TableName: ledgerTable,
                Key: lockKey(scope),
                ConditionExpression: '#token = :token AND lease = :lease',
                ExpressionAttributeNames: { '#token': 'token' },
                ExpressionAttributeValues: { ':token': { N: String(lock.token) }, ':lease': { S: lock.lease } },
              },
            },
            ...items,
          ],
        }),
      );
      return;
    } catch (error) {
      if (isNotFound(error)) throw tableGone(error);
      const reasons = cancellationReasons(error);
      if (reasons[0] === 'ConditionalCheckFailed') throw lockLost(scope);
      if (!reasons.includes('TransactionConflict') || attempt === 8) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** attempt));
    }
  }
}

const tableGone = (cause: unknown): ApigenError =>
  new ApigenError({
    code: 'LEDGER_GONE',
    summary: `Table ${ledgerTable} was deleted while this command ran`,
    detail: 'The lock went with it, so nothing more was sent. Resources are found again by their names and tags.',
    hint: 'apigen deploy    (makes the table again; releases before this one are lost)',
    cause,
  });

function cancellationReasons(error: unknown): readonly string[] {
  const cause = error instanceof ApigenError ? error.cause : error;
  if (typeof cause !== 'object' || cause === null || !('CancellationReasons' in cause)) return [];
  const reasons = cause.CancellationReasons;
  return Array.isArray(reasons) ? reasons.map((reason: { Code?: string }) => reason.Code ?? '') : [];
}

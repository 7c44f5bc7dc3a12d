// What the ledger says of one project's stage, in plain words: ids that AWS mints, times and hashes of named things
// are left out. Read with the SDK, never through apigen's own reader, so that it can contradict it.

import { gunzipSync } from 'node:zlib';
import { type AttributeValue, DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';

export interface LedgerRows {
  /** Sorted; a line for each row. */
  readonly lines: readonly string[];
  /** Everything that is stored, to look for what must not be there. */
  readonly text: string;
}

interface Stored {
  readonly id?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly status?: string;
  readonly physicalId?: string;
  readonly hash?: string;
  readonly dependsOn?: readonly string[];
  readonly cleanupPending?: boolean;
  readonly nodes?: readonly string[];
  readonly cutover?: readonly { readonly id: string }[];
}

export type Item = Readonly<Record<string, AttributeValue>>;

export async function ledgerOf(endpoint: string, project: string): Promise<LedgerRows> {
  const items = await itemsOf(endpoint, `${project}/dev`);
  const newest = items.map((item) => item['sk']?.S ?? '').findLast((key) => key.startsWith('release#'));
  const lines = items.flatMap((item) => lineOf(item['sk']?.S ?? '', item, newest)).sort();
  const texts = items.map((item) => JSON.stringify(item) + textOf(item['value']));
  return { lines, text: texts.join() };
}

/** None before the first deploy of all, which makes the table. */
export async function itemsOf(endpoint: string, partition: string): Promise<readonly Item[]> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const dynamodb = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  const items: Item[] = [];
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  try {
    do {
      const page: QueryCommandOutput = await dynamodb.send(
        new QueryCommand({
          TableName: 'apigen-ledger',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: partition } },
          ConsistentRead: true,
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      items.push(...(page.Items ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
  } finally {
    dynamodb.destroy();
  }
  return items;
}

function lineOf(key: string, item: Item, newest: string | undefined): readonly string[] {
  // A dead process's lock is nobody's: the next run that needs one takes it over.
  if (key === 'lock') return [];
  const stored = JSON.parse(textOf(item['value'])) as Stored;
  if (key === 'meta') return [`cleanup ${stored.cleanupPending ? 'pending' : 'done'}`];
  if (key === 'journal') return ['journal open'];
  if (key.startsWith('node#')) {
    const { id, kind, name, status, physicalId, hash, dependsOn = [] } = stored;
    const marks = [
      physicalId === undefined ? 'nowhere' : 'somewhere',
      hash === '' ? 'of another source' : 'of this source',
    ];
    return [`${kind} ${id} ${name} ${status} ${marks.join(' ')} needs ${[...dependsOn].sort().join()}`];
  }
  // A command that had done its work before it was killed makes one more release when it is typed again.
  if (key !== newest) return [];
  const { nodes = [], cutover = [] } = stored;
  return [
    `newest release: ${[...nodes].sort().join()} moves ${cutover
      .map(({ id }) => id)
      .sort()
      .join()}`,
  ];
}

export const textOf = (value: AttributeValue | undefined): string =>
  value?.B === undefined ? (value?.S ?? 'null') : gunzipSync(value.B).toString('utf8');

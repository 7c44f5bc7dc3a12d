// Reads items: one by its key, or a table page by page.

import { type AttributeValue, GetItemCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../../aws/aws.ts';
import type { StoredItem } from './item-json.ts';

export interface ScanQuery {
  /** Items at most; all where nothing is said. */
  readonly limit: number | undefined;
  readonly index: string | undefined;
  /** The start, as an earlier page gave it. */
  readonly from: StoredItem | undefined;
  readonly filter: ScanFilter | undefined;
}

export interface ScanFilter {
  readonly FilterExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: StoredItem;
}

export interface ScannedItem {
  readonly item: StoredItem;
  /** Where the next scan goes on after this item; undefined for the last of the table. */
  readonly next: StoredItem | undefined;
}

/** Items of one page of a scan are asked for at once, so many at most. */
const pageSize = 200;

/** @param keyNames of the table, and of the index where one is read: they make the place to go on from */
export async function* scanItems(
  aws: Aws,
  TableName: string,
  keyNames: readonly string[],
  { limit = Number.POSITIVE_INFINITY, index, from, filter }: ScanQuery,
): AsyncGenerator<ScannedItem> {
  let start: StoredItem | undefined = from;
  let left = limit;
  do {
    const page: ScanCommandOutput = await aws.dynamodb.send(
      new ScanCommand({
        TableName,
        ...(index !== undefined && { IndexName: index }),
        ...(start !== undefined && { ExclusiveStartKey: start }),
        ...(filter && withoutEmpty(filter)),
        Limit: filter === undefined ? Math.min(pageSize, left) : pageSize,
      }),
    );
    const items = page.Items ?? [];
    for (const [at, item] of items.entries()) {
      const isLast = at === items.length - 1 && page.LastEvaluatedKey === undefined;
      yield { item, next: isLast ? undefined : keyOf(item, keyNames) };
      left -= 1;
      if (left <= 0) return;
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** DynamoDB refuses empty maps of values. */
function withoutEmpty(filter: ScanFilter): Partial<ScanFilter> {
  const { ExpressionAttributeValues, ...rest } = filter;
  return Object.keys(ExpressionAttributeValues).length === 0 ? rest : filter;
}

const keyOf = (item: StoredItem, names: readonly string[]): StoredItem =>
  Object.fromEntries(names.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])));

/** Consistent: what was just put is found. */
export async function getItem(
  aws: Aws,
  TableName: string,
  Key: Record<string, AttributeValue>,
): Promise<StoredItem | undefined> {
  return (await aws.dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
}

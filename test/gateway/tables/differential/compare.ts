// What of two answers must be equal: everything but what no client can rely on.

import type { Answer, Fields, Step } from './wire.ts';

/** An answer without times, ids and sizes, and with what has no order in one order. */
export function comparable([operation, request]: Step, { error, body }: Answer): Fields {
  if (error !== undefined) {
    const { message, Message, ...more } = body;
    return { error, message: message ?? Message ?? null, ...(settled(more) as Fields) };
  }
  const answer = settled(body) as Record<string, unknown>;
  const unordered = operation === 'Scan' || (operation === 'Query' && request['IndexName'] === 'byPlace');
  if (unordered && Array.isArray(answer['Items'])) answer['Items'] = sorted(answer['Items']);
  if (operation === 'BatchGetItem' && answer['Responses']) {
    answer['Responses'] = Object.fromEntries(
      Object.entries(answer['Responses'] as Record<string, unknown[]>).map(([table, items]) => [table, sorted(items)]),
    );
  }
  return answer;
}

const UNSTABLE = new Set([
  'CreationDateTime',
  'LastUpdateToPayPerRequestDateTime',
  'LastIncreaseDateTime',
  'LastDecreaseDateTime',
  'LastUpdateDateTime',
  'TableId',
  'TableArn',
  'IndexArn',
  'TableSizeBytes',
  'IndexSizeBytes',
  'ItemCount',
  'LatestStreamLabel',
  'LatestStreamArn',
  'TableStatus',
  'IndexStatus',
]);
const SETS = new Set(['SS', 'NS', 'BS', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'NonKeyAttributes']);

function settled(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const values = value.map((inner) => settled(inner));
    return SETS.has(name) ? sorted(values) : values;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !UNSTABLE.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, settled(inner, key)]),
  );
}

const sorted = (values: readonly unknown[]): unknown[] =>
  [...values].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

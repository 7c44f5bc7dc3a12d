// The table tests of queries, indexes, paging and batches; the same for every engine.

import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { differs, type Engine } from './differences.ts';
import { type Attributes, N, refusal, S, type TestTables } from './table-client.ts';

export function queriesSuite(engine: Engine, connect: () => TestTables): void {
  describe('queries', () => {
    const query = async (more: Partial<QueryCommandInput>, values: Attributes): Promise<number[]> => {
      const { client, orders } = connect();
      const { Items = [] } = await client.send(
        new QueryCommand({ TableName: orders, ExpressionAttributeValues: values, ...more }),
      );
      return Items.map((item) => Number(item['placedAt']?.N));
    };

    beforeAll(async () => {
      const { client, orders } = connect();
      for (let placedAt = 1; placedAt <= 12; placedAt += 1) {
        await client.send(
          new PutItemCommand({
            TableName: orders,
            Item: {
              customer: S('ann'),
              placedAt: N(placedAt),
              amount: N(100 - placedAt),
              status: S(placedAt % 3 === 0 ? 'paid' : 'open'),
              note: S('n'),
            },
          }),
        );
      }
      await client.send(new PutItemCommand({ TableName: orders, Item: { customer: S('bob'), placedAt: N(-5) } }));
    });

    it('go by the range key in numeric order, forwards and backwards', async () => {
      const KeyConditionExpression = 'customer = :c AND placedAt BETWEEN :a AND :b';
      const values = { ':c': S('ann'), ':a': N(8), ':b': N(11) };
      expect(await query({ KeyConditionExpression }, values)).toEqual([8, 9, 10, 11]);
      expect(await query({ KeyConditionExpression, ScanIndexForward: false }, values)).toEqual([11, 10, 9, 8]);
    });

    it('filter after reading, and count both', async () => {
      const { client, orders } = connect();
      const answer = await client.send(
        new QueryCommand({
          TableName: orders,
          KeyConditionExpression: 'customer = :c',
          FilterExpression: '#s = :s',
          ExpressionAttributeNames: { '#s': 'status' },
          ExpressionAttributeValues: { ':c': S('ann'), ':s': S('paid') },
        }),
      );
      expect([answer.Count, answer.ScannedCount]).toEqual([4, 12]);
    });

    it('page by the last key until all is read', async () => {
      const { client, orders } = connect();
      const pages: number[] = [];
      let ExclusiveStartKey: Attributes | undefined;
      do {
        const answer = await client.send(
          new QueryCommand({
            TableName: orders,
            Limit: 5,
            KeyConditionExpression: 'customer = :c',
            ExpressionAttributeValues: { ':c': S('ann') },
            ExclusiveStartKey,
          }),
        );
        pages.push(answer.Items?.length ?? 0);
        ExclusiveStartKey = answer.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      expect(pages).toEqual([5, 5, 2]);
    });

    it('read a global index: its order, its attributes and no others', async () => {
      const { client, orders } = connect();
      const answer = await client.send(
        new QueryCommand({
          TableName: orders,
          IndexName: 'byStatus',
          KeyConditionExpression: '#s = :s AND placedAt > :a',
          ExpressionAttributeNames: { '#s': 'status' },
          ExpressionAttributeValues: { ':s': S('paid'), ':a': N(8) },
        }),
      );
      expect(answer.Items).toEqual([
        { customer: S('ann'), placedAt: N(9), status: S('paid'), amount: N(91) },
        { customer: S('ann'), placedAt: N(12), status: S('paid'), amount: N(88) },
      ]);
    });

    it('page through a global index', async () => {
      const page = {
        IndexName: 'byStatus',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'status' },
        Limit: 3,
      };
      const { client, orders } = connect();
      const values = { ':s': S('paid') };
      const first = await client.send(
        new QueryCommand({ TableName: orders, ...page, ExpressionAttributeValues: values }),
      );
      expect(Object.keys(first.LastEvaluatedKey ?? {}).sort()).toEqual(['customer', 'placedAt', 'status']);
      expect(await query({ ...page, ExclusiveStartKey: first.LastEvaluatedKey }, values)).toEqual([12]);
    });

    it('read a local index in its own order', async () => {
      const KeyConditionExpression = 'customer = :c AND amount < :t';
      expect(await query({ IndexName: 'byTotal', KeyConditionExpression }, { ':c': S('ann'), ':t': N(91) })).toEqual([
        12, 11, 10,
      ]);
    });

    it('see an item move in an index when it changes, and leave when it goes', async () => {
      const { client, orders } = connect();
      const Key = { customer: S('moving'), placedAt: N(1) };
      const statuses = (status: string) =>
        query(
          {
            IndexName: 'byStatus',
            KeyConditionExpression: '#s = :s',
            ExpressionAttributeNames: { '#s': 'status' },
          },
          { ':s': S(status) },
        );
      await client.send(new PutItemCommand({ TableName: orders, Item: { ...Key, status: S('new') } }));
      expect(await statuses('new')).toEqual([1]);
      await client.send(new PutItemCommand({ TableName: orders, Item: { ...Key, status: S('sent') } }));
      expect([await statuses('new'), await statuses('sent')]).toEqual([[], [1]]);
      await client.send(new DeleteItemCommand({ TableName: orders, Key }));
      expect(await statuses('sent')).toEqual([]);
    });

    it('of an index that is not there are refused', async () => {
      const asked = query({ IndexName: 'none', KeyConditionExpression: 'customer = :c' }, { ':c': S('ann') });
      expect((await refusal(asked)).name).toBe('ValidationException');
    });
  });

  describe('batches', () => {
    it('write and read many items, over pages of a scan', async () => {
      const { client, orders } = connect();
      const keys = Array.from({ length: 25 }, (_, n) => ({ customer: S('batch'), placedAt: N(n) }));
      const puts = keys.map((Item) => ({ PutRequest: { Item: { ...Item, grouped: { BOOL: true } } } }));
      const written = await client.send(new BatchWriteItemCommand({ RequestItems: { [orders]: puts } }));
      expect(written.UnprocessedItems).toEqual({});
      const got = await client.send(new BatchGetItemCommand({ RequestItems: { [orders]: { Keys: keys } } }));
      expect(got.Responses?.[orders]?.length).toBe(25);
      expect(got.UnprocessedKeys).toEqual({});
      let found = 0;
      let ExclusiveStartKey: Attributes | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName: orders,
            Limit: 10,
            FilterExpression: 'attribute_exists(grouped)',
            ExclusiveStartKey,
          }),
        );
        found += page.Count ?? 0;
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      expect(found).toBe(25);
    });

    it('of 26 items, or of one item twice, are refused', async () => {
      const { client, accounts } = connect();
      const puts = (ids: readonly string[]) =>
        client.send(
          new BatchWriteItemCommand({
            RequestItems: { [accounts]: ids.map((id) => ({ PutRequest: { Item: { id: S(id) } } })) },
          }),
        );
      expect((await refusal(puts(Array.from({ length: 26 }, (_, n) => `b${n}`)))).name).toBe('ValidationException');
      expect((await refusal(puts(['same', 'same']))).name).toBe('ValidationException');
    });

    it('that are too large to answer name the keys still to be read', async () => {
      const { client, accounts } = connect();
      const keys = Array.from({ length: 50 }, (_, n) => ({ id: S(`large-${n}`) }));
      for (const key of keys) {
        await client.send(
          new PutItemCommand({ TableName: accounts, Item: { ...key, text: S('x'.repeat(399 * 1024)) } }),
        );
      }
      const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [accounts]: { Keys: keys } } }));
      const read = answer.Responses?.[accounts]?.length ?? 0;
      const left = answer.UnprocessedKeys?.[accounts]?.Keys?.length ?? 0;
      expect(read + left).toBe(50);
      expect(left > 0).toBe(!differs(engine, 'largeBatchRead'));
      // 16 MB are 41 of them.
      expect(read).toBeGreaterThan(39);
    });
  });
}

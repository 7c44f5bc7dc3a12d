// What a follower of the embedded tables is told, and the stream records made of it.

import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ItemChange } from '../../../src/gateway/tables/item-changes.ts';
import { startTables, type Tables } from '../../../src/gateway/tables/start-tables.ts';
import { nextSequenceNumber, type StreamView, streamRecord } from '../../../src/gateway/triggers/stream-record.ts';
import { clientOf, N, S } from '../tables/table-client.ts';

const arn = 'arn:aws:dynamodb:us-west-2:123456789012:table/notes/stream/2026-01-01T00:00:00.000';
const shape = {
  keySchema: [{ AttributeName: 'Id', KeyType: 'HASH' }],
  attributeDefinitions: [{ AttributeName: 'Id', AttributeType: 'N' }],
  globalSecondaryIndexes: [],
  localSecondaryIndexes: [],
};

describe('a follower of tables', () => {
  let now = 1_700_000_000_900;
  let tables: Tables;
  let client: ReturnType<typeof clientOf>;
  const changes: ItemChange[] = [];
  const records = (view: StreamView = 'NEW_AND_OLD_IMAGES') =>
    changes.map((change) => streamRecord(change, { arn, region: 'us-west-2', view }, nextSequenceNumber()));
  const names = () => records().map(({ eventName, dynamodb }) => `${eventName} ${dynamodb.Keys['Id']?.['N']}`);
  const put = (id: number, message: string) =>
    client.send(new PutItemCommand({ TableName: 'notes', Item: { Id: N(id), Message: S(message) } }));

  beforeAll(async () => {
    tables = await startTables({
      fresh: true,
      tables: [
        { ...shape, model: 'Note', tableName: 'notes', ttlAttribute: 'until' },
        { ...shape, model: 'Other', tableName: 'others' },
      ],
      sweepMs: 20,
      now: () => now,
      follower: { follows: (table) => table === 'notes', changed: (change) => changes.push(change) },
    });
    client = clientOf(tables.endpoint);
  });
  beforeEach(() => {
    changes.splice(0);
  });
  afterAll(async () => {
    client.destroy();
    await tables.close();
  });

  it('sees what AWS documents: an item made, changed and removed, with its sizes', async () => {
    await put(101, 'New item!');
    await put(101, 'This item has changed');
    await client.send(new DeleteItemCommand({ TableName: 'notes', Key: { Id: N(101) } }));
    const Keys = { Id: N(101) };
    const [first, second] = [
      { ...Keys, Message: S('New item!') },
      { ...Keys, Message: S('This item has changed') },
    ];
    const common = { eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: 'us-west-2', eventSourceARN: arn };
    const dynamodb = { ApproximateCreationDateTime: 1_700_000_000, Keys, StreamViewType: 'NEW_AND_OLD_IMAGES' };
    const made = records();
    expect(made).toEqual([
      expect.objectContaining({
        ...common,
        eventName: 'INSERT',
        dynamodb: { ...dynamodb, NewImage: first, SizeBytes: 26, SequenceNumber: expect.stringMatching(/^\d{21,40}$/) },
      }),
      expect.objectContaining({
        ...common,
        eventName: 'MODIFY',
        dynamodb: { ...dynamodb, NewImage: second, OldImage: first, SizeBytes: 59, SequenceNumber: expect.any(String) },
      }),
      expect.objectContaining({
        ...common,
        eventName: 'REMOVE',
        dynamodb: { ...dynamodb, OldImage: second, SizeBytes: 38, SequenceNumber: expect.any(String) },
      }),
    ]);
    const numbers = made.map((one) => BigInt(one.dynamodb.SequenceNumber));
    expect(numbers).toEqual([...numbers].sort((a, b) => (a < b ? -1 : 1)));
    expect(made[0]).not.toHaveProperty('userIdentity');
  });

  it('shows by view what a stream shows', async () => {
    await put(1, 'a');
    await put(1, 'b');
    const images = (view: StreamView) => {
      const { NewImage, OldImage, SizeBytes } = records(view)[1]?.dynamodb ?? {};
      return [NewImage?.['Message'], OldImage?.['Message'], SizeBytes];
    };
    expect(images('KEYS_ONLY')).toEqual([undefined, undefined, 4]);
    expect(images('NEW_IMAGE')).toEqual([S('b'), undefined, 16]);
    expect(images('OLD_IMAGE')).toEqual([undefined, S('a'), 16]);
  });

  it('is told nothing of a write that changes nothing, is refused, or goes to another table', async () => {
    const Item = { Id: N(2), set: { SS: ['a', 'b'] }, map: { M: { x: N(1), y: S('z') } } };
    await client.send(new PutItemCommand({ TableName: 'notes', Item }));
    changes.splice(0);
    const same = { Id: N('2.0'), map: { M: { y: S('z'), x: N('1.0') } }, set: { SS: ['b', 'a'] } };
    await client.send(new PutItemCommand({ TableName: 'notes', Item: same }));
    await client.send(new DeleteItemCommand({ TableName: 'notes', Key: { Id: N(404) } }));
    await client.send(new PutItemCommand({ TableName: 'others', Item: { Id: N(1) } }));
    const refused = { TableName: 'notes', Item: { Id: N(2) }, ConditionExpression: 'attribute_not_exists(Id)' };
    await expect(client.send(new PutItemCommand(refused))).rejects.toThrow('conditional');
    expect(changes).toEqual([]);
  });

  it('sees every item of a batch and of a transaction, and none of one that is cancelled', async () => {
    await client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          notes: [
            { PutRequest: { Item: { Id: N(10) } } },
            { PutRequest: { Item: { Id: N(11) } } },
            { DeleteRequest: { Key: { Id: N(12) } } },
          ],
        },
      }),
    );
    expect(names().sort()).toEqual(['INSERT 10', 'INSERT 11']);
    changes.splice(0);
    const Update = {
      TableName: 'notes',
      Key: { Id: N(11) },
      UpdateExpression: 'SET a = :a',
      ExpressionAttributeValues: { ':a': N(1) },
    };
    const transaction = (exists: number) => [
      { ConditionCheck: { TableName: 'notes', Key: { Id: N(exists) }, ConditionExpression: 'attribute_exists(Id)' } },
      { Update },
      { Put: { TableName: 'notes', Item: { Id: N(13) } } },
    ];
    await client.send(new TransactWriteItemsCommand({ TransactItems: transaction(10) }));
    expect(names()).toEqual(['MODIFY 11', 'INSERT 13']);
    changes.splice(0);
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems: transaction(99) }))).rejects.toThrow();
    expect(changes).toEqual([]);
  });

  it('is told who deleted an item whose time is over', async () => {
    await client.send(new PutItemCommand({ TableName: 'notes', Item: { Id: N(7), until: N(1_700_000_100) } }));
    changes.splice(0);
    now += 200_000;
    while (changes.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(records()).toEqual([
      expect.objectContaining({
        eventName: 'REMOVE',
        userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      }),
    ]);
  });

  it('learns from the trace of a request how many functions stand behind it', async () => {
    const byFunction = clientOf(tables.endpoint);
    byFunction.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { headers: Record<string, string> };
        request.headers['X-Amzn-Trace-Id'] = 'Root=1-6a;Parent=b;Sampled=0;Lineage=1:00000000:3';
        return next(args);
      },
      { step: 'build' },
    );
    const Key = { Id: N(20) };
    await byFunction.send(new UpdateItemCommand({ TableName: 'notes', Key }));
    await put(21, 'by hand');
    byFunction.destroy();
    expect(changes.map(({ depth }) => depth)).toEqual([3, 0]);
  });
});

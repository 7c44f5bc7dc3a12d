import { ListTablesCommand, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTables, type Tables } from '../../../src/gateway/tables/start-tables.ts';
import type { IndexSpec, TableSpec } from '../../../src/models/table-spec.ts';
import { clientOf, itemOf, N, S } from './table-client.ts';

const TableName = 'shop-dev-Order';

const order: TableSpec = {
  model: 'Order',
  tableName: TableName,
  keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  attributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  globalSecondaryIndexes: [],
  localSecondaryIndexes: [],
};

const index = (name: string, type: 'S' | 'N', attribute: string): TableSpec => ({
  ...order,
  attributeDefinitions: [...order.attributeDefinitions, { AttributeName: attribute, AttributeType: type }],
  globalSecondaryIndexes: [
    {
      IndexName: name,
      KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    } satisfies IndexSpec,
  ],
});

describe('tables after a change of models', () => {
  const notes: string[] = [];
  let tables: Tables;
  let client: ReturnType<typeof clientOf>;

  beforeEach(async () => {
    notes.length = 0;
    tables = await startTables({ fresh: true, tables: [order], note: (text) => notes.push(text) });
    client = clientOf(tables.endpoint);
    for (const [id, state] of [
      ['1', S('open')],
      ['2', S('paid')],
      ['3', N(7)],
    ] as const) {
      await client.send(new PutItemCommand({ TableName, Item: { id: S(id), state } }));
    }
  });
  afterEach(async () => {
    client.destroy();
    await tables.close();
  });

  const inIndex = async (IndexName: string, state: string) => {
    const { Items } = await client.send(
      new QueryCommand({
        TableName,
        IndexName,
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'state' },
        ExpressionAttributeValues: { ':s': S(state) },
      }),
    );
    return Items?.map((item) => item['id']?.S);
  };

  it('have a new index over the items that were there, without those whose attribute has another type', async () => {
    await tables.update([index('byState', 'S', 'state')]);
    expect(await inIndex('byState', 'open')).toEqual(['1']);
    const { Items } = await client.send(new ScanCommand({ TableName, IndexName: 'byState' }));
    expect(Items?.length).toBe(2);
  });

  it('lose an index that no model has, and build one anew that changed', async () => {
    await tables.update([index('byState', 'S', 'state')]);
    await tables.update([order]);
    await expect(inIndex('byState', 'open')).rejects.toMatchObject({ name: 'ValidationException' });
    await client.send(new PutItemCommand({ TableName, Item: { id: S('1'), state: S('paid') } }));
    await tables.update([index('byState', 'S', 'state')]);
    expect([await inIndex('byState', 'open'), (await inIndex('byState', 'paid'))?.sort()]).toEqual([[], ['1', '2']]);
    expect(notes).toEqual([]);
  });

  it('start empty when their keys change, and the old items stay readable under the name that is told', async () => {
    await tables.update([
      {
        ...order,
        keySchema: [{ AttributeName: 'number', KeyType: 'HASH' }],
        attributeDefinitions: [{ AttributeName: 'number', AttributeType: 'N' }],
      },
    ]);
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const kept = TableNames.find((name) => name !== TableName) ?? '';
    expect(notes).toEqual([
      `The keys of Order changed: table ${TableName} starts empty, and its items are kept in ${kept}.`,
    ]);
    expect((await client.send(new ScanCommand({ TableName }))).Count).toBe(0);
    expect(await itemOf(client, kept, { id: S('1') })).toEqual({ id: S('1'), state: S('open') });
    await client.send(new PutItemCommand({ TableName, Item: { number: N(1) } }));
    expect((await client.send(new ScanCommand({ TableName: kept }))).Count).toBe(3);
  });

  it('are made when a model is new, and stay when a model goes', async () => {
    await tables.update([{ ...order, model: 'Other', tableName: 'shop-dev-Other' }]);
    const { TableNames } = await client.send(new ListTablesCommand({}));
    expect(TableNames).toEqual(['shop-dev-Order', 'shop-dev-Other']);
    expect(await itemOf(client, TableName, { id: S('2') })).toEqual({ id: S('2'), state: S('paid') });
  });
});

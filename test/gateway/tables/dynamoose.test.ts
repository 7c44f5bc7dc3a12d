import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import dynamoose from 'dynamoose';
import { startTables, type Tables } from '../../../src/gateway/tables/start-tables.ts';
import type { TableSpec } from '../../../src/models/table-spec.ts';

const spec: TableSpec = {
  model: 'Wallet',
  tableName: 'shop-dev-Wallet',
  keySchema: [
    { AttributeName: 'owner', KeyType: 'HASH' },
    { AttributeName: 'currency', KeyType: 'RANGE' },
  ],
  attributeDefinitions: [
    { AttributeName: 'currency', AttributeType: 'S' },
    { AttributeName: 'owner', AttributeType: 'S' },
  ],
  globalSecondaryIndexes: [
    {
      IndexName: 'currencyGlobalIndex',
      KeySchema: [{ AttributeName: 'currency', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  localSecondaryIndexes: [],
};

const schema = new dynamoose.Schema(
  {
    owner: { type: String, hashKey: true },
    currency: { type: String, rangeKey: true, index: { name: 'currencyGlobalIndex', type: 'global' } },
    amount: { type: Number, default: 0 },
    notes: { type: Array, schema: [String] },
  },
  { timestamps: true },
);
const settings = { create: false, waitForActive: false } as const;

describe('Dynamoose on the embedded tables', () => {
  let tables: Tables;
  const Wallet = dynamoose.model('Wallet', schema);

  beforeAll(async () => {
    tables = await startTables({ fresh: true, tables: [spec] });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    dynamoose.aws.ddb.set(
      new dynamoose.aws.ddb.DynamoDB({ endpoint: tables.endpoint, region: 'us-east-1', credentials }),
    );
    new dynamoose.Table('shop-dev-Wallet', [Wallet], settings);
  });
  afterAll(() => tables.close());

  it('creates, updates, queries and scans items', async () => {
    await Wallet.create({ owner: 'ann', currency: 'EUR', notes: ['first'] });
    await Wallet.create({ owner: 'ann', currency: 'USD', amount: 5 });
    await Wallet.update({ owner: 'ann', currency: 'EUR' }, { $ADD: { amount: 3, notes: ['second'] } });
    const ann = await Wallet.query('owner').eq('ann').exec();
    expect(ann.map((wallet) => [wallet['currency'], wallet['amount']])).toEqual([
      ['EUR', 3],
      ['USD', 5],
    ]);
    expect(ann[0]?.['notes']).toEqual(['first', 'second']);
    const inUsd = await Wallet.query('currency').eq('USD').using('currencyGlobalIndex').exec();
    expect(inUsd.map((wallet) => wallet['owner'])).toEqual(['ann']);
    expect((await Wallet.scan('amount').gt(4).exec()).count).toBe(1);
    expect(await Wallet.batchGet([{ owner: 'ann', currency: 'EUR' }])).toHaveLength(1);
  });

  it('refuses to create an item twice', async () => {
    await Wallet.create({ owner: 'bob', currency: 'EUR' });
    await expect(Wallet.create({ owner: 'bob', currency: 'EUR' })).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
  });

  it('runs a transaction, whole or not at all', async () => {
    await Wallet.create({ owner: 'carl', currency: 'EUR', amount: 10 });
    const key = { owner: 'carl', currency: 'EUR' };
    const funded = new dynamoose.Condition('amount').ge(8);
    const spend = () =>
      dynamoose.transaction([
        Wallet.transaction.update(key, { $ADD: { amount: -8 } }, { condition: funded }),
        Wallet.transaction.create({ owner: `payee-${Math.random()}`, currency: 'CHF', amount: 8 }),
      ]);
    const payees = async () => (await Wallet.query('currency').eq('CHF').using('currencyGlobalIndex').exec()).count;
    await spend();
    await expect(spend()).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }],
    });
    expect([(await Wallet.get(key))?.['amount'], await payees()]).toEqual([2, 1]);
  });

  it('reads items in a transaction', async () => {
    await Wallet.create({ owner: 'dora', currency: 'EUR', amount: 1 });
    const [found] = await dynamoose.transaction([Wallet.transaction.get({ owner: 'dora', currency: 'EUR' })]);
    expect(found?.['amount']).toBe(1);
  });
});

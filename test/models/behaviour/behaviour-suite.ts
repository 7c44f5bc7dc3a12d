// What models promise, by Dynamoose itself against a running store; the same on each, so that what holds in dev holds
// on AWS: validation, required attributes, transforms, types, conditions, filters, paging and transactions.

import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import dynamoose from 'dynamoose';
import { randomTables } from './random-tables.ts';

export interface Store {
  readonly endpoint: string;
  stop(): Promise<unknown>;
}

const schema = new dynamoose.Schema(
  {
    owner: { type: String, hashKey: true },
    currency: {
      type: String,
      rangeKey: true,
      index: { name: 'byCurrency', type: 'global' },
      enum: ['EUR', 'USD', 'CHF'],
    },
    amount: { type: Number, default: 0, validate: (amount) => Number(amount) >= 0 },
    holder: {
      type: String,
      required: true,
      set: (name: unknown) => String(name).trim(),
      get: (name: unknown) => String(name).toUpperCase(),
    },
    opened: Date,
    labels: { type: Set, schema: [String] },
    seal: Buffer,
    notes: { type: Array, schema: [String] },
  },
  { timestamps: true },
);

export function behaviourSuite(name: string, start: () => Promise<Store>): void {
  describe(`models on ${name}`, () => {
    const suffix = Math.random().toString(36).slice(2, 8);
    const table = `Wallet-${suffix}`;
    const Wallet = dynamoose.model(table, schema);
    const wallet = (owner: string, more: object = {}) => ({ owner, currency: 'EUR', holder: 'Ann', ...more });
    let store: Store;
    let client: DynamoDBClient;

    beforeAll(async () => {
      store = await start();
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const connection = { endpoint: store.endpoint, region: 'eu-west-1', credentials };
      client = new DynamoDBClient(connection);
      dynamoose.aws.ddb.set(new dynamoose.aws.ddb.DynamoDB(connection));
      await client.send(
        new CreateTableCommand({
          TableName: table,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [
            { AttributeName: 'owner', KeyType: 'HASH' },
            { AttributeName: 'currency', KeyType: 'RANGE' },
          ],
          AttributeDefinitions: [
            { AttributeName: 'owner', AttributeType: 'S' },
            { AttributeName: 'currency', AttributeType: 'S' },
          ],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'byCurrency',
              KeySchema: [{ AttributeName: 'currency', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
        }),
      );
      new dynamoose.Table(table, [Wallet], { create: false, waitForActive: false });
    });
    afterAll(async () => {
      client.destroy();
      await store.stop();
    });

    it('keep dates, sets, bytes and lists as they are, with timestamps', async () => {
      const opened = new Date('2026-01-31T12:00:00Z');
      await Wallet.create(
        wallet('types', { opened, labels: new Set(['a', 'b']), seal: Buffer.from('hi'), notes: ['n'] }),
      );
      const read = await Wallet.get({ owner: 'types', currency: 'EUR' });
      expect(read?.['opened']).toEqual(opened);
      expect(read?.['labels']).toEqual(new Set(['a', 'b']));
      expect(Buffer.from(read?.['seal'] as Uint8Array).toString()).toBe('hi');
      expect(read?.['notes']).toEqual(['n']);
      expect(read?.['createdAt']).toBeInstanceOf(Date);
    });

    it('transform before saving and after reading, and fill in defaults', async () => {
      await Wallet.create(wallet('transform', { holder: '  Bob ' }));
      const read = await Wallet.get({ owner: 'transform', currency: 'EUR' });
      expect([read?.['holder'], read?.['amount']]).toEqual(['BOB', 0]);
    });

    it.each([
      ['without a required attribute', { holder: undefined }, /holder/],
      ['with a value that validation refuses', { amount: -1 }, /amount/],
      ['with another type', { amount: 'much' }, /amount/],
      ['with a value outside its enum', { currency: 'DOGE' }, /currency/],
    ])('refuse an item %s, and store nothing', async (_, more, reason) => {
      await expect(Wallet.create(wallet('refused', more))).rejects.toThrow(reason);
      expect((await Wallet.query('owner').eq('refused').exec()).count).toBe(0);
    });

    it('update, query by key and index, filter and read in batches', async () => {
      await Wallet.create(wallet('ann', { notes: ['first'] }));
      await Wallet.create(wallet('ann', { currency: 'USD', amount: 5 }));
      await Wallet.update({ owner: 'ann', currency: 'EUR' }, { $ADD: { amount: 3, notes: ['second'] } });
      const ann = await Wallet.query('owner').eq('ann').exec();
      expect(ann.map((one) => [one['currency'], one['amount']])).toEqual([
        ['EUR', 3],
        ['USD', 5],
      ]);
      expect(ann[0]?.['notes']).toEqual(['first', 'second']);
      const inUsd = await Wallet.query('currency').eq('USD').using('byCurrency').exec();
      expect(inUsd.map((one) => one['owner'])).toEqual(['ann']);
      const dear = await Wallet.query('owner').eq('ann').filter('amount').gt(4).exec();
      expect(dear.map((one) => one['currency'])).toEqual(['USD']);
      expect(await Wallet.batchGet([{ owner: 'ann', currency: 'EUR' }])).toHaveLength(1);
    });

    it('page, each page going on where the one before ended', async () => {
      await Wallet.batchPut(['EUR', 'USD', 'CHF'].map((currency) => wallet('pages', { currency })));
      const first = await Wallet.query('owner').eq('pages').limit(2).exec();
      expect(first.lastKey).toBeDefined();
      const second = await Wallet.query('owner')
        .eq('pages')
        .startAt(first.lastKey ?? {})
        .exec();
      expect([...first, ...second].map((one) => one['currency']).sort()).toEqual(['CHF', 'EUR', 'USD']);
    });

    it('hold conditions: no item twice, no update of what has changed', async () => {
      await Wallet.create(wallet('bob'));
      await expect(Wallet.create(wallet('bob'))).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
      const rich = new dynamoose.Condition('amount').ge(8);
      const change = Wallet.update(
        { owner: 'bob', currency: 'EUR' },
        { amount: 1 },
        { condition: rich, return: 'item' },
      );
      await expect(change).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    });

    it('run a transaction, whole or not at all', async () => {
      await Wallet.create(wallet('carl', { amount: 10 }));
      const key = { owner: 'carl', currency: 'EUR' };
      const funded = new dynamoose.Condition('amount').ge(8);
      const spend = (payee: string) =>
        dynamoose.transaction([
          Wallet.transaction.update(key, { $ADD: { amount: -8 } }, { condition: funded }),
          Wallet.transaction.create(wallet(payee, { currency: 'CHF', amount: 8 })),
        ]);
      const isThere = async (owner: string) => (await Wallet.get({ owner, currency: 'CHF' })) !== undefined;
      await spend('payee-1');
      await expect(spend('payee-2')).rejects.toMatchObject({ name: 'TransactionCanceledException' });
      expect([(await Wallet.get(key))?.['amount'], await isThere('payee-1'), await isThere('payee-2')]).toEqual([
        2,
        true,
        false,
      ]);
      const [found] = await dynamoose.transaction([Wallet.transaction.get(key)]);
      expect(found?.['amount']).toBe(2);
    });

    it('make the tables that they ask for, whatever their keys and indexes', async () => {
      const { tables, seed } = await randomTables(8);
      for (const [index, spec] of tables.entries()) {
        const TableName = `${spec.tableName}-${suffix}`;
        await client.send(
          new CreateTableCommand({
            TableName,
            BillingMode: 'PAY_PER_REQUEST',
            KeySchema: [...spec.keySchema],
            AttributeDefinitions: [...spec.attributeDefinitions],
            ...(spec.globalSecondaryIndexes.length > 0 && {
              GlobalSecondaryIndexes: spec.globalSecondaryIndexes as never,
            }),
            ...(spec.localSecondaryIndexes.length > 0 && {
              LocalSecondaryIndexes: spec.localSecondaryIndexes as never,
            }),
          }),
        );
        const { Table } = await client.send(new DescribeTableCommand({ TableName }));
        expect({ seed, index, keys: Table?.KeySchema }).toEqual({ seed, index, keys: spec.keySchema });
        expect({ seed, index, attributes: sorted(Table?.AttributeDefinitions) }).toEqual({
          seed,
          index,
          attributes: sorted(spec.attributeDefinitions),
        });
        expect({ seed, index, global: plain(Table?.GlobalSecondaryIndexes) }).toEqual({
          seed,
          index,
          global: plain(spec.globalSecondaryIndexes),
        });
        expect({ seed, index, local: plain(Table?.LocalSecondaryIndexes) }).toEqual({
          seed,
          index,
          local: plain(spec.localSecondaryIndexes),
        });
      }
    });
  });
}

const sorted = (list: readonly object[] | undefined): readonly string[] =>
  (list ?? []).map((one) => JSON.stringify(one)).sort();

/** Names, keys and projections, in an order of their own. */
const plain = (
  indexes:
    | readonly {
        readonly IndexName?: string | undefined;
        readonly KeySchema?: unknown;
        readonly Projection?: unknown;
      }[]
    | undefined,
): readonly string[] =>
  (indexes ?? [])
    .map(({ IndexName, KeySchema, Projection }) => {
      const { ProjectionType, NonKeyAttributes } = Projection as {
        ProjectionType: string;
        NonKeyAttributes?: string[];
      };
      return JSON.stringify([IndexName, KeySchema, ProjectionType, [...(NonKeyAttributes ?? [])].sort()]);
    })
    .sort();

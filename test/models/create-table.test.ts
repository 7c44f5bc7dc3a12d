import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { removeProjects } from '../build/projects.ts';
import { specOf } from './product.ts';

// dynalite has no types of its own.
const dynalite: (options: { createTableMs: number }) => Server = createRequire(import.meta.url)('dynalite');
interface Index {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: unknown;
  readonly Projection?: unknown;
}

const server = dynalite({ createTableMs: 0 });
let client: DynamoDBClient;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-west-1', credentials });
});

afterAll(async () => {
  client.destroy();
  server.close();
  removeProjects();
});

it('a derived table is one that DynamoDB creates, and reads back the same', async () => {
  const { table } = await specOf(`import * as dynamoose from 'dynamoose';
    export const Product = dynamoose.model('Product', new dynamoose.Schema({
      customer: { type: String, hashKey: true },
      placed: { type: Date, rangeKey: true },
      state: { type: String, index: { name: 'byState', rangeKey: 'placed', project: ['total'] } },
      total: { type: Number, index: { type: 'local', project: false } },
      courier: { type: String, index: true },
    }));`);
  const { tableName: TableName, globalSecondaryIndexes, localSecondaryIndexes } = table;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [...table.keySchema],
      AttributeDefinitions: [...table.attributeDefinitions],
      GlobalSecondaryIndexes: structuredClone(globalSecondaryIndexes) as never,
      LocalSecondaryIndexes: structuredClone(localSecondaryIndexes) as never,
    }),
  );
  const { Table: live } = await client.send(new DescribeTableCommand({ TableName }));
  const indexes = (list: readonly Index[] = []) =>
    list
      .map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }))
      .sort((a, b) => String(a.IndexName).localeCompare(String(b.IndexName)));
  expect(live?.KeySchema).toEqual(table.keySchema);
  expect(indexes(live?.GlobalSecondaryIndexes)).toEqual(indexes(globalSecondaryIndexes));
  expect(indexes(live?.LocalSecondaryIndexes)).toEqual(indexes(localSecondaryIndexes));
  expect(live?.AttributeDefinitions).toHaveLength(table.attributeDefinitions.length);
});

// What the table tests share: a client of an endpoint, two tables made the way any client makes them, and outcomes of
// calls in a shape that can be compared.

import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  type DynamoDBServiceException,
  GetItemCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

export type Attributes = Record<string, AttributeValue>;

export const S = (value: string): AttributeValue => ({ S: value });
export const N = (value: number | string): AttributeValue => ({ N: String(value) });

/** Never retries: what the first answer says is what is tested. */
export const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });

export interface TestTables {
  readonly client: DynamoDBClient;
  /** Key `id`. */
  readonly accounts: string;
  /** Key `customer`, `placedAt`; GSI `byStatus` (`status`, `placedAt`; includes `amount`); LSI `byTotal` (keys only). */
  readonly orders: string;
}

export async function createTestTables(endpoint: string): Promise<TestTables> {
  const client = clientOf(endpoint);
  const suffix = Math.random().toString(36).slice(2, 8);
  const tables = { client, accounts: `accounts-${suffix}`, orders: `orders-${suffix}` };
  await client.send(
    new CreateTableCommand({
      TableName: tables.accounts,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: tables.orders,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'customer', KeyType: 'HASH' },
        { AttributeName: 'placedAt', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'customer', AttributeType: 'S' },
        { AttributeName: 'placedAt', AttributeType: 'N' },
        { AttributeName: 'status', AttributeType: 'S' },
        { AttributeName: 'amount', AttributeType: 'N' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byStatus',
          KeySchema: [
            { AttributeName: 'status', KeyType: 'HASH' },
            { AttributeName: 'placedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['amount'] },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'byTotal',
          KeySchema: [
            { AttributeName: 'customer', KeyType: 'HASH' },
            { AttributeName: 'amount', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  for (const TableName of [tables.accounts, tables.orders]) {
    await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.5 }, { TableName });
  }
  return tables;
}

export interface Refusal {
  readonly name: string;
  readonly message: string;
  readonly reasons?: readonly { readonly Code?: string; readonly Message?: string; readonly Item?: Attributes }[];
  readonly item?: Attributes;
}

/** The refusal of a call that must be refused. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    const { name, message, ...more } = error as DynamoDBServiceException & {
      readonly CancellationReasons?: Refusal['reasons'];
      readonly Item?: Attributes;
    };
    return {
      name,
      message,
      ...(more.CancellationReasons && { reasons: more.CancellationReasons }),
      ...(more.Item && { item: more.Item }),
    };
  }
  throw new Error('The call was not refused');
}

export async function itemOf(client: DynamoDBClient, table: string, key: Attributes): Promise<Attributes | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
  return Item;
}

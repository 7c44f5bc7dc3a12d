import { request } from 'node:http';
import { GetItemCommand, PutItemCommand, QueryCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTables, type Tables } from '../../../src/gateway/tables/start-tables.ts';
import { createTestTables, itemOf, N, refusal, S, type TestTables } from './table-client.ts';

describe('a broken request to the embedded tables', () => {
  const notes: string[] = [];
  let tables: Tables;
  let test: TestTables;

  beforeAll(async () => {
    tables = await startTables({ fresh: true, tables: [], note: (text) => notes.push(text) });
    test = await createTestTables(tables.endpoint);
    await test.client.send(new PutItemCommand({ TableName: test.accounts, Item: { id: S('there'), n: N(1) } }));
  });
  afterAll(async () => {
    test.client.destroy();
    await tables.close();
  });

  const stillServes = async () =>
    expect(await itemOf(test.client, test.accounts, { id: S('there') })).toEqual({ id: S('there'), n: N(1) });

  const post = (body: string, headers: Record<string, string>) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const call = request(tables.endpoint, { method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      call.once('error', reject);
      call.end(body);
    });
  const signed = { authorization: 'AWS4-HMAC-SHA256 x', 'x-amz-target': 'DynamoDB_20120810.GetItem' };

  it('without JSON, a signature or a known operation is refused in AWS words', async () => {
    expect(await post('{', signed)).toMatchObject({ status: 400, body: expect.stringContaining('Serialization') });
    expect(await post('[]', signed)).toMatchObject({ status: 400, body: expect.stringContaining('Serialization') });
    expect(await post('{}', { 'x-amz-target': 'DynamoDB_20120810.GetItem' })).toMatchObject({
      status: 400,
      body: expect.stringContaining('MissingAuthenticationTokenException'),
    });
    for (const target of ['DynamoDB_20120810.constructor', 'DynamoDB_20120810.ExecuteStatement', 'Other.GetItem']) {
      expect(await post('{}', { ...signed, 'x-amz-target': target })).toMatchObject({
        status: 400,
        body: expect.stringContaining('UnknownOperationException'),
      });
    }
    expect(await post('{}', { ...signed, 'x-amz-target': 'DynamoDB_20120810.ExecuteStatement' })).toMatchObject({
      body: expect.stringContaining('do not answer ExecuteStatement; apigen dev --dynamodb URL'),
    });
    await stillServes();
  });

  it('of wrong types is refused, whatever the operation', async () => {
    const operations = ['GetItem', 'PutItem', 'Query', 'BatchGetItem', 'TransactWriteItems', 'TransactGetItems'];
    for (const operation of [...operations, 'UpdateTimeToLive', 'UpdateTable', 'TagResource', 'CreateTable']) {
      for (const body of [
        '{}',
        '{"TableName":1}',
        '{"TableName":["x"],"Key":"x","Item":7,"TransactItems":[null]}',
        '{"TransactItems":[{"Put":{"TableName":{},"Item":{"id":"x"}}},{"Get":7}]}',
      ]) {
        const answer = await post(body, { ...signed, 'x-amz-target': `DynamoDB_20120810.${operation}` });
        expect([operation, body, answer.status]).toEqual([operation, body, 400]);
      }
    }
    expect(notes).toEqual([]);
    await stillServes();
  });

  it('over 16 MB is refused unread', async () => {
    expect((await post('x'.repeat(17 * 1024 * 1024), signed)).status).toBe(413);
    await stillServes();
  });

  it('that breaks the evaluation of a condition ends neither the process nor other requests', async () => {
    const { client, accounts: TableName } = test;
    // An operand that the item lacks, in places where dynalite does not expect it.
    const conditions = ['n IN (absent)', 'n BETWEEN absent AND absent', 'contains(absent, n)', 'size(absent) > n'];
    for (const condition of conditions) {
      const Key = { id: S('there') };
      const outcomes = await Promise.allSettled([
        client.send(new PutItemCommand({ TableName, Item: Key, ConditionExpression: condition })),
        client.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression: 'SET m = n',
            ConditionExpression: condition,
          }),
        ),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      const { Items } = await client
        .send(new ScanCommand({ TableName, FilterExpression: condition }))
        .catch(() => ({ Items: [] }));
      expect(Items).toEqual([]);
    }
    await stillServes();
  });

  it('does not wait for the others behind it', async () => {
    const { client, accounts: TableName } = test;
    const calls = [
      refusal(client.send(new QueryCommand({ TableName, KeyConditionExpression: 'nonsense' }))),
      refusal(client.send(new GetItemCommand({ TableName, Key: { other: S('x') } }))),
    ];
    expect((await Promise.all(calls)).map(({ name }) => name)).toEqual(['ValidationException', 'ValidationException']);
    await stillServes();
  });
});

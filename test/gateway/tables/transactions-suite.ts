// The table tests of TransactWriteItems; the same for every engine.

import {
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { differs, type Engine } from './differences.ts';
import { itemOf, N, type Refusal, refusal, S, type TestTables } from './table-client.ts';

export function transactionsSuite(engine: Engine, connect: () => TestTables): void {
  const write = (TransactItems: TransactWriteItem[], more: Partial<TransactWriteItemsCommandInput> = {}) =>
    connect().client.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
  const put = (id: string, more: Partial<NonNullable<TransactWriteItem['Put']>> = {}): TransactWriteItem => ({
    Put: { TableName: connect().accounts, Item: { id: S(id), balance: N(0) }, ...more },
  });
  const update = (id: string, UpdateExpression: string, values: Record<string, ReturnType<typeof N>>) => ({
    Update: {
      TableName: connect().accounts,
      Key: { id: S(id) },
      UpdateExpression,
      ExpressionAttributeValues: values,
    },
  });
  const account = (id: string) => itemOf(connect().client, connect().accounts, { id: S(id) });
  const exists = async (id: string) => (await account(id)) !== undefined;
  const codes = ({ reasons }: Refusal) => reasons?.map(({ Code }) => Code);

  describe('a write transaction', () => {
    it('puts, updates, deletes and checks items of several tables at once', async () => {
      const { client, accounts, orders } = connect();
      for (const id of ['t-update', 't-delete', 't-check']) {
        await client.send(new PutItemCommand({ TableName: accounts, Item: { id: S(id), balance: N(1) } }));
      }
      await write([
        put('t-put'),
        update('t-update', 'SET balance = balance + :n', { ':n': N(4) }),
        { Delete: { TableName: accounts, Key: { id: S('t-delete') } } },
        {
          ConditionCheck: {
            TableName: accounts,
            Key: { id: S('t-check') },
            ConditionExpression: 'balance = :one',
            ExpressionAttributeValues: { ':one': N(1) },
          },
        },
        {
          Put: { TableName: orders, Item: { customer: S('trans'), placedAt: N(1), status: S('trans'), amount: N(3) } },
        },
      ]);
      expect(await account('t-put')).toEqual({ id: S('t-put'), balance: N(0) });
      expect(await account('t-update')).toEqual({ id: S('t-update'), balance: N(5) });
      expect(await exists('t-delete')).toBe(false);
      expect(await account('t-check')).toEqual({ id: S('t-check'), balance: N(1) });
      const { Items } = await client.send(
        new QueryCommand({
          TableName: orders,
          IndexName: 'byStatus',
          KeyConditionExpression: '#s = :s',
          ExpressionAttributeNames: { '#s': 'status' },
          ExpressionAttributeValues: { ':s': S('trans') },
        }),
      );
      expect(Items?.map((item) => item['amount'])).toEqual([N(3)]);
    });

    it('leaves nothing behind when one condition fails, and says which one, with its item when asked to', async () => {
      const { client, accounts } = connect();
      const Item = { id: S('taken'), balance: N(7) };
      await client.send(new PutItemCommand({ TableName: accounts, Item }));
      const refused = await refusal(
        write([
          put('never'),
          put('taken', {
            ConditionExpression: 'attribute_not_exists(id)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
          put('never-either'),
        ]),
      );
      expect(refused).toEqual({
        name: 'TransactionCanceledException',
        message:
          'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None]',
        reasons: [
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item },
          { Code: 'None' },
        ],
      });
      expect([await exists('never'), await exists('never-either')]).toEqual([false, false]);
      expect(await account('taken')).toEqual(Item);
    });

    it('names every condition that fails, in order', async () => {
      const check = (id: string): TransactWriteItem => ({
        ConditionCheck: {
          TableName: connect().accounts,
          Key: { id: S(id) },
          ConditionExpression: 'attribute_exists(id)',
        },
      });
      const refused = await refusal(write([check('absent-1'), put('never-2'), check('absent-3')]));
      expect(codes(refused)).toEqual(['ConditionalCheckFailed', 'None', 'ConditionalCheckFailed']);
      expect(refused.reasons?.map(({ Item }) => Item)).toEqual([undefined, undefined, undefined]);
    });

    it('is refused as a whole when an update does not fit its item', async () => {
      const { client, accounts } = connect();
      await client.send(new PutItemCommand({ TableName: accounts, Item: { id: S('text'), balance: S('x') } }));
      const misfit = write([put('never-3'), update('text', 'SET balance = balance + :n', { ':n': N(1) })]);
      if (differs(engine, 'misfittingUpdate')) {
        if (engine === 'ministack') await misfit;
        else expect((await refusal(misfit)).name).toBe('ValidationException');
        return;
      }
      const refused = await refusal(misfit);
      expect(refused.name).toBe('TransactionCanceledException');
      expect(refused.reasons).toEqual([
        { Code: 'None' },
        { Code: 'ValidationError', Message: 'An operand in the update expression has an incorrect data type' },
      ]);
      expect(await exists('never-3')).toBe(false);
    });

    it('is refused as a whole when a key has the wrong type', async () => {
      const refused = await refusal(
        write([put('never-4'), { Put: { TableName: connect().accounts, Item: { id: N(1) } } }]),
      );
      expect(codes(refused)).toEqual(['None', 'ValidationError']);
      expect(refused.reasons?.[1]?.Message).toMatch(
        /^One or more parameter values were invalid: Type mismatch for key/,
      );
      expect(await exists('never-4')).toBe(false);
    });

    it('takes 100 items and refuses 101', async () => {
      const puts = Array.from({ length: 101 }, (_, n) => put(`many-${n}`));
      const refused = await refusal(write(puts));
      expect(refused.name).toBe('ValidationException');
      expect(refused.message).toContain('Member must have length less than or equal to 100');
      expect(await exists('many-0')).toBe(false);
      await write(puts.slice(0, 100));
      expect([await exists('many-0'), await exists('many-99')]).toEqual([true, true]);
    });

    it('refuses an item named twice, even by different operations', async () => {
      const twice = [put('twice'), { Delete: { TableName: connect().accounts, Key: { id: S('twice') } } }];
      expect(await refusal(write(twice))).toEqual({
        name: 'ValidationException',
        message: 'Transaction request cannot include multiple operations on one item',
      });
    });

    it('refuses more than 4 MB', async () => {
      const large = Array.from({ length: 11 }, (_, n) =>
        put(`big-${n}`, { Item: { id: S(`big-${n}`), text: S('x'.repeat(390 * 1024)) } }),
      );
      expect((await refusal(write(large))).name).toBe('ValidationException');
      expect(await exists('big-0')).toBe(false);
    });

    it('refuses a part that says two things, and a table that is not there', async () => {
      const { accounts } = connect();
      const both = { ...put('two'), Delete: { TableName: accounts, Key: { id: S('other') } } };
      if (differs(engine, 'partWithTwoVerbs')) await write([both]);
      else expect((await refusal(write([both]))).name).toBe('ValidationException');
      const elsewhere = { Put: { TableName: 'no-such-table', Item: { id: S('x') } } };
      expect((await refusal(write([put('never-5'), elsewhere]))).name).toBe('ResourceNotFoundException');
      expect(await exists('never-5')).toBe(false);
    });

    it('is done once for one token, and refused when the token comes with another transaction', async () => {
      await write([put('once')]);
      const ClientRequestToken = `token-${Math.random().toString(36).slice(2)}`;
      const add = [update('once', 'SET balance = balance + :n', { ':n': N(1) })];
      await write(add, { ClientRequestToken });
      await write(add, { ClientRequestToken });
      expect(await account('once')).toEqual({ id: S('once'), balance: N(1) });
      const other = [update('once', 'SET balance = balance + :n', { ':n': N(2) })];
      expect((await refusal(write(other, { ClientRequestToken }))).name).toBe('IdempotentParameterMismatchException');
      expect(await account('once')).toEqual({ id: S('once'), balance: N(1) });
    });

    it('tells what it consumed: twice a single write', async () => {
      const { ConsumedCapacity } = await write([put('cost')], { ReturnConsumedCapacity: 'TOTAL' });
      const units = differs(engine, 'transactionCapacity') ? 4 : 2;
      expect(ConsumedCapacity).toEqual([
        { TableName: connect().accounts, CapacityUnits: units, WriteCapacityUnits: units },
      ]);
    });
  });
}

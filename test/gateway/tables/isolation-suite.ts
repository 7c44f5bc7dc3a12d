// The table tests of read transactions, and of transactions side by side; the same for every engine.

import {
  PutItemCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { itemOf, N, refusal, S, type TestTables } from './table-client.ts';

export function isolationSuite(connect: () => TestTables): void {
  const write = (TransactItems: TransactWriteItem[], more: Partial<TransactWriteItemsCommandInput> = {}) =>
    connect().client.send(new TransactWriteItemsCommand({ TransactItems, ...more }));
  const update = (id: string, UpdateExpression: string, values: Record<string, ReturnType<typeof N>>) => ({
    Update: {
      TableName: connect().accounts,
      Key: { id: S(id) },
      UpdateExpression,
      ExpressionAttributeValues: values,
    },
  });
  const account = (id: string) => itemOf(connect().client, connect().accounts, { id: S(id) });

  describe('transactions side by side', () => {
    it('keep the sum over 20 parallel transfers, as any reader sees it', async () => {
      const { client, accounts } = connect();
      const ids = Array.from({ length: 5 }, (_, n) => `bank-${n}`);
      for (const id of ids) {
        await client.send(new PutItemCommand({ TableName: accounts, Item: { id: S(id), balance: N(100) } }));
      }
      const sum = async (): Promise<number> => {
        const { Responses = [] } = await client.send(
          new TransactGetItemsCommand({
            TransactItems: ids.map((id) => ({ Get: { TableName: accounts, Key: { id: S(id) } } })),
          }),
        );
        return Responses.reduce((total, { Item }) => total + Number(Item?.['balance']?.N), 0);
      };
      const transfers = Array.from({ length: 20 }, async (_, n) => {
        const [from = '', to = ''] = [ids[n % 5], ids[(n + 1 + (n % 3)) % 5]];
        await untilDone(() =>
          write([
            update(from, 'SET balance = balance - :n', { ':n': N(n) }),
            update(to, 'SET balance = balance + :n', { ':n': N(n) }),
          ]),
        );
      });
      const readers = Array.from({ length: 5 }, () => untilDone(sum));
      expect(await Promise.all(readers)).toEqual([500, 500, 500, 500, 500]);
      await Promise.all(transfers);
      expect(await sum()).toBe(500);
      expect(await account('bank-0')).not.toEqual({ id: S('bank-0'), balance: N(100) });
    });
  });

  describe('a read transaction', () => {
    it('answers in order, with nothing for what is not there', async () => {
      const { client, accounts } = connect();
      await client.send(new PutItemCommand({ TableName: accounts, Item: { id: S('read'), a: N(1), b: N(2) } }));
      const { Responses } = await client.send(
        new TransactGetItemsCommand({
          TransactItems: [
            { Get: { TableName: accounts, Key: { id: S('not-there') } } },
            { Get: { TableName: accounts, Key: { id: S('read') }, ProjectionExpression: 'b' } },
          ],
        }),
      );
      expect(Responses).toEqual([{}, { Item: { b: N(2) } }]);
    });

    it('refuses an item named twice, 101 items, and a table that is not there', async () => {
      const { client, accounts } = connect();
      const read = (table: string, ids: readonly string[]) =>
        refusal(
          client.send(
            new TransactGetItemsCommand({
              TransactItems: ids.map((id) => ({ Get: { TableName: table, Key: { id: S(id) } } })),
            }),
          ),
        );
      expect((await read(accounts, ['same', 'same'])).name).toBe('ValidationException');
      expect(
        (
          await read(
            accounts,
            Array.from({ length: 101 }, (_, n) => `r${n}`),
          )
        ).name,
      ).toBe('ValidationException');
      expect((await read('no-such-table', ['x'])).name).toBe('ResourceNotFoundException');
    });
  });
}

/** As clients of AWS do: a transaction that met another one is sent again. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const conflict =
        error instanceof Error && /Transaction(Conflict|InProgress)/.test(`${error.name} ${error.message}`);
      if (!conflict) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
    }
  }
}

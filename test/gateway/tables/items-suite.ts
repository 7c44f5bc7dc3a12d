// The table tests of items and conditions; the same for every engine.

import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { type Attributes, itemOf, N, refusal, S, type TestTables } from './table-client.ts';

export function itemsSuite(connect: () => TestTables): void {
  describe('items', () => {
    it('come back as they were put, whatever their types', async () => {
      const { client, accounts } = connect();
      const item: Attributes = {
        id: S('every-type'),
        text: S('Grüße 🙂'),
        empty: S(''),
        number: N('-123.456'),
        bytes: { B: new Uint8Array([0, 255, 7]) },
        yes: { BOOL: true },
        nothing: { NULL: true },
        list: { L: [S('a'), N(1), { M: { deep: S('x') } }] },
        map: { M: { a: N(1), b: { L: [] } } },
        words: { SS: ['a', 'b'] },
        numbers: { NS: ['1', '2'] },
      };
      await client.send(new PutItemCommand({ TableName: accounts, Item: item }));
      expect(await itemOf(client, accounts, { id: S('every-type') })).toEqual(item);
    });

    it('are updated by expressions, and tell old and new values', async () => {
      const { client, accounts } = connect();
      const Key = { id: S('updated') };
      await client.send(
        new PutItemCommand({ TableName: accounts, Item: { ...Key, n: N(1), gone: S('x'), tags: { SS: ['a'] } } }),
      );
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: accounts,
          Key,
          UpdateExpression:
            'SET n = n + :one, made = if_not_exists(made, :made), entries = :list REMOVE gone ADD tags :tags',
          ExpressionAttributeValues: {
            ':one': N(1),
            ':made': S('now'),
            ':list': { L: [N(1)] },
            ':tags': { SS: ['b'] },
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      expect(Attributes).toEqual({ ...Key, n: N(2), made: S('now'), entries: { L: [N(1)] }, tags: { SS: ['a', 'b'] } });
      const { Attributes: old } = await client.send(
        new DeleteItemCommand({ TableName: accounts, Key, ReturnValues: 'ALL_OLD' }),
      );
      expect(old).toEqual(Attributes);
      expect(await itemOf(client, accounts, Key)).toBeUndefined();
    });

    it('are refused without their key', async () => {
      const { client, accounts } = connect();
      const put = client.send(new PutItemCommand({ TableName: accounts, Item: { other: S('x') } }));
      expect((await refusal(put)).name).toBe('ValidationException');
    });

    it('of a table that is not there are refused', async () => {
      const { client } = connect();
      const put = client.send(new PutItemCommand({ TableName: 'no-such-table', Item: { id: S('x') } }));
      expect((await refusal(put)).name).toBe('ResourceNotFoundException');
    });
  });

  describe('conditions', () => {
    it('guard a put, an update and a delete', async () => {
      const { client, accounts } = connect();
      const Item = { id: S('guarded'), n: N(1) };
      const Key = { id: S('guarded') };
      const absent = { TableName: accounts, ConditionExpression: 'attribute_not_exists(id)' };
      await client.send(new PutItemCommand({ ...absent, Item }));
      expect(await refusal(client.send(new PutItemCommand({ ...absent, Item })))).toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
      });
      expect((await refusal(client.send(new DeleteItemCommand({ ...absent, Key })))).name).toBe(
        'ConditionalCheckFailedException',
      );
      const update = new UpdateItemCommand({
        TableName: accounts,
        Key,
        UpdateExpression: 'SET n = :two',
        ConditionExpression: 'n = :two OR (attribute_type(n, :s) AND size(id) > :two)',
        ExpressionAttributeValues: { ':two': N(2), ':s': S('S') },
      });
      expect((await refusal(client.send(update))).name).toBe('ConditionalCheckFailedException');
      expect(await itemOf(client, accounts, Key)).toEqual(Item);
    });

    it('that fail show the item when asked to', async () => {
      const { client, accounts } = connect();
      const Item = { id: S('shown'), n: N(7) };
      await client.send(new PutItemCommand({ TableName: accounts, Item }));
      const put = client.send(
        new PutItemCommand({
          TableName: accounts,
          Item,
          ConditionExpression: 'attribute_not_exists(id)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      expect((await refusal(put)).item).toEqual(Item);
    });

    it('with an expression that cannot be read are refused', async () => {
      const { client, accounts } = connect();
      const put = client.send(
        new PutItemCommand({ TableName: accounts, Item: { id: S('x') }, ConditionExpression: 'n = :undefined' }),
      );
      const { name, message } = await refusal(put);
      expect(name).toBe('ValidationException');
      expect(message).toContain('Invalid ConditionExpression');
    });
  });
}

// Batches and transactions.

import type { Case } from '../case.ts';
import { N, S } from '../wire.ts';

const put = (id: string, more: object = {}) => ({ PutRequest: { Item: { id: S(id), ...more } } });
const del = (id: string) => ({ DeleteRequest: { Key: { id: S(id) } } });
const write = (requests: readonly object[], table = 'Thing') =>
  ['BatchWriteItem', { RequestItems: { [table]: requests } }] as const;
const read = (keys: object, table = 'Thing') => ['BatchGetItem', { RequestItems: { [table]: keys } }] as const;
const many = (count: number) => Array.from({ length: count }, (_, n) => `m${n}`);
const transact = (TransactItems: readonly object[], more: object = {}) =>
  ['TransactWriteItems', { TransactItems, ...more }] as const;
const transactRead = (TransactItems: readonly object[]) => ['TransactGetItems', { TransactItems }] as const;
const TableName = 'Thing';
const Key = (id: string) => ({ id: S(id) });

export const batches: readonly Case[] = [
  {
    name: 'batches of writes',
    steps: [
      write([put('a'), put('b', { n: N(1) }), del('c')]),
      write([put('a'), put('a')]),
      write([put('a'), del('a')]),
      write(many(25).map((id) => put(id))),
      write(many(26).map((id) => put(id))),
      write([]),
      write([{}]),
      write([{ ...put('a'), ...del('b') }]),
      write([put('a')], 'Nothing'),
      write([put('')]),
      write([{ PutRequest: { Item: { other: S('x') } } }]),
      write([{ PutRequest: { Item: { id: N(1) } } }]),
      write([{ DeleteRequest: { Key: { id: S('a'), x: S('b') } } }]),
      write([{ DeleteRequest: { Key: { id: N(1) } } }]),
      write([{ PutRequest: {} }]),
      write([put('big', { x: S('x'.repeat(409_600)) })]),
      ['BatchWriteItem', { RequestItems: {} }],
      ['BatchWriteItem', {}],
      write([{ PutRequest: { Item: { pk: S('a'), sk: N(1), kind: N(1) } } }], 'Event'),
      write([put('a'), put('x', { n: N('x') })]),
      ['Scan', { TableName }],
    ],
  },
  {
    name: 'batches of reads',
    steps: [
      write([put('a', { n: N(1), m: N(2) }), put('b', { n: N(1) })]),
      read({ Keys: [Key('a'), Key('b'), Key('none')] }),
      read({ Keys: [Key('a')], ProjectionExpression: 'n, #m', ExpressionAttributeNames: { '#m': 'm' } }),
      read({ Keys: [Key('a')], ConsistentRead: true, AttributesToGet: ['n'] }),
      read({ Keys: [Key('a'), Key('a')] }),
      read({ Keys: many(100).map(Key) }),
      read({ Keys: many(101).map(Key) }),
      read({ Keys: [] }),
      read({}),
      read({ Keys: [Key('a')] }, 'Nothing'),
      read({ Keys: [{ id: N(1) }] }),
      read({ Keys: [Key('')] }),
      read({ Keys: [{ id: S('a'), b: S('a') }] }),
      read({ Keys: [Key('a')], ProjectionExpression: 'name' }),
      read({ Keys: [Key('a')], ProjectionExpression: 'n', AttributesToGet: ['n'] }),
      ['BatchGetItem', { RequestItems: {} }],
      ['BatchGetItem', {}],
    ],
  },
  {
    name: 'write transactions',
    steps: [
      transact([{ Put: { TableName, Item: { id: S('a'), n: N(1) } } }, { Put: { TableName, Item: { id: S('b') } } }]),
      transact([
        { Put: { TableName, Item: { id: S('a') }, ConditionExpression: 'attribute_not_exists(id)' } },
        { Delete: { TableName, Key: Key('b') } },
      ]),
      transact([
        {
          Put: {
            TableName,
            Item: { id: S('a') },
            ConditionExpression: 'attribute_not_exists(id)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ]),
      transact([
        {
          Update: { TableName, Key: Key('a'), UpdateExpression: 'ADD n :n', ExpressionAttributeValues: { ':n': N(1) } },
        },
        { ConditionCheck: { TableName, Key: Key('b'), ConditionExpression: 'attribute_exists(id)' } },
      ]),
      transact([
        { Update: { TableName, Key: Key('a'), UpdateExpression: 'SET x = absent' } },
        { Put: { TableName, Item: { id: S('z') } } },
      ]),
      transact([{ Update: { TableName, Key: Key('a'), UpdateExpression: 'SET x' } }]),
      transact([{ Update: { TableName, Key: Key('a') } }]),
      transact([
        {
          Update: {
            TableName,
            Key: Key('a'),
            UpdateExpression: 'SET id = :x',
            ExpressionAttributeValues: { ':x': S('x') },
          },
        },
      ]),
      transact([{ ConditionCheck: { TableName, Key: Key('a') } }]),
      transact([{ ConditionCheck: { TableName, Key: Key('a'), ConditionExpression: 'n =' } }]),
      transact([{ Put: { TableName, Item: { id: S('') } } }]),
      transact([{ Put: { TableName, Item: { other: S('a') } } }]),
      transact([{ Put: { TableName, Item: { id: S('x'), n: N('x') } } }]),
      transact([{ Put: { TableName: 'Event', Item: { pk: S('x'), sk: N(1), kind: N(1) } } }]),
      transact([{ Put: { TableName, Item: { id: S('big'), x: S('x'.repeat(409_600)) } } }]),
      transact([{ Put: { TableName: 'Nothing', Item: { id: S('x') } } }]),
      transact([{ Put: { TableName, Item: { id: S('a') } } }, { Delete: { TableName, Key: Key('a') } }]),
      transact([{}]),
      transact([]),
      transact([{ Get: { TableName, Key: Key('a') } }]),
      transact([{ Put: { TableName, Item: { id: S('q') } }, Delete: { TableName, Key: Key('r') } }]),
      ['TransactWriteItems', {}],
      transact([{ Put: { TableName, Item: { id: S('t') } } }], { ClientRequestToken: 'x'.repeat(37) }),
      ['Scan', { TableName }],
      transact([{ Put: { TableName, Item: { id: S('t') } } }], { ClientRequestToken: '' }),
    ],
  },
  {
    name: 'read transactions',
    steps: [
      write([put('a', { n: N(1), m: N(2) })]),
      transactRead([{ Get: { TableName, Key: Key('a') } }, { Get: { TableName, Key: Key('none') } }]),
      transactRead([{ Get: { TableName, Key: Key('a'), ProjectionExpression: 'n' } }]),
      transactRead([{ Get: { TableName, Key: Key('a') } }, { Get: { TableName, Key: Key('a') } }]),
      transactRead([{ Get: { TableName, Key: { id: N(1) } } }]),
      transactRead([{ Get: { TableName, Key: Key('') } }]),
      transactRead([{ Get: { TableName: 'Nothing', Key: Key('a') } }]),
      transactRead([{ Get: { TableName, Key: Key('a'), ProjectionExpression: 'name' } }]),
      transactRead([{ Put: { TableName, Item: Key('a') } }]),
      transactRead([]),
      transactRead(many(101).map((id) => ({ Get: { TableName, Key: Key(id) } }))),
    ],
  },
];

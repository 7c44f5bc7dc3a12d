// Random operations over few keys, few attributes and few values, so that they meet.

import fc from 'fast-check';
import { B, BS, type Fields, L, M, N, NS, S, SS, type Step } from './wire.ts';

const leaf = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', 'ü', '🙂').map(S),
  fc.constantFrom(-1, 0, 1, 2, 10.5, 1e20).map(N),
  fc.constantFrom('', 'a', 'ab').map(B),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
  fc.constantFrom(SS('a'), SS('a', 'b'), SS('b', 'c'), NS(1), NS(1, 2), BS('a'), BS('a', 'b')),
);
const value: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 4, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 3 }).map((members) => L(...members)) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom('x', 'y'), leaf, { maxKeys: 2 }).map((members) => M({ ...members })),
  },
);
const attributes = fc.dictionary(fc.constantFrom('f', 'g', 'h'), value, { maxKeys: 3 }).map((all) => ({ ...all }));

interface Expression {
  readonly text: string;
  readonly values: Fields;
}

/** Each value under a name of its own. */
const placed =
  (prefix: string) =>
  (given: Fields): Expression => {
    const name = `:${prefix}${Math.abs(hash(JSON.stringify(given))).toString(36)}`;
    return { text: name, values: { [name]: given } };
  };
const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);
const plain = (text: string): Expression => ({ text, values: {} });
const joined = (parts: readonly Expression[], text: (...texts: string[]) => string): Expression => ({
  text: text(...parts.map((part) => part.text)),
  values: Object.assign({}, ...parts.map((part) => part.values)) as Fields,
});

const path = fc.constantFrom('f', 'g', 'h', 'f.x', 'g.y', 'f[0]', 'g[1]', 'h[0].x', 'f[5]').map(plain);
const operand = fc.oneof(path, value.map(placed('v')));
const { condition } = fc.letrec<{ condition: Expression }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc
      .tuple(operand, fc.constantFrom('=', '<>', '<', '<=', '>', '>='), operand)
      .map(([a, operator, b]) => joined([a, b], (x, y) => `${x} ${operator} ${y}`)),
    fc
      .tuple(fc.constantFrom('attribute_exists', 'attribute_not_exists'), path)
      .map(([name, of]) => joined([of], (x) => `${name}(${x})`)),
    fc
      .tuple(fc.constantFrom('begins_with', 'contains'), operand, operand)
      .map(([name, of, other]) => joined([of, other], (x, y) => `${name}(${x}, ${y})`)),
    fc.tuple(operand, operand, operand).map((all) => joined(all, (x, y, z) => `${x} BETWEEN ${y} AND ${z}`)),
    fc.tuple(operand, operand, operand).map((all) => joined(all, (x, y, z) => `${x} IN (${y}, ${z})`)),
    fc.tuple(path, operand).map((all) => joined(all, (x, y) => `size(${x}) > ${y}`)),
    tie('condition').map((of) => joined([of], (x) => `NOT (${x})`)),
    fc
      .tuple(tie('condition'), fc.constantFrom('AND', 'OR'), tie('condition'))
      .map(([a, operator, b]) => joined([a, b], (x, y) => `(${x}) ${operator} (${y})`)),
  ),
}));

const newValue = fc.oneof(
  operand,
  fc.tuple(path, operand).map((all) => joined(all, (x, y) => `if_not_exists(${x}, ${y})`)),
  fc.tuple(operand, operand).map((all) => joined(all, (x, y) => `list_append(${x}, ${y})`)),
  fc
    .tuple(operand, fc.constantFrom('+', '-'), operand)
    .map(([a, operator, b]) => joined([a, b], (x, y) => `${x} ${operator} ${y}`)),
);
const section = (name: string, action: fc.Arbitrary<Expression>) =>
  fc
    .array(action, { minLength: 1, maxLength: 2 })
    .map((actions) => joined(actions, (...texts) => `${name} ${texts.join(', ')}`));
const update = fc
  .tuple(
    fc.option(
      section(
        'SET',
        fc.tuple(path, newValue).map((all) => joined(all, (x, y) => `${x} = ${y}`)),
      ),
    ),
    fc.option(section('REMOVE', path)),
    fc.option(
      section(
        'ADD',
        fc.tuple(path, leaf.map(placed('a'))).map((all) => joined(all, (x, y) => `${x} ${y}`)),
      ),
    ),
    fc.option(
      section(
        'DELETE',
        fc.tuple(path, leaf.map(placed('d'))).map((all) => joined(all, (x, y) => `${x} ${y}`)),
      ),
    ),
  )
  .map((sections) => sections.filter((part) => part !== null))
  .filter((sections) => sections.length > 0)
  .map((sections) => joined(sections, (...texts) => texts.join(' ')));

const given = (values: Fields) => (Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {});
const maybeCondition = fc.option(condition, { nil: undefined, freq: 2 });
const conditional = (of: Expression | undefined, more: Fields = {}) => ({
  ...(of && { ConditionExpression: of.text }),
  ...given({ ...of?.values, ...more }),
});

const id = fc.constantFrom('one', 'two', 'three').map((text) => ({ id: S(text) }));
const eventKey = fc.record({ pk: fc.constantFrom('p', 'q').map(S), sk: fc.constantFrom(-1, 0, 1, 2, 10).map(N) });
const eventItem = fc
  .tuple(
    eventKey,
    fc.record(
      {
        kind: fc.constantFrom('k', 'l').map(S),
        at: fc.constantFrom(1, 2).map(N),
        place: fc.constantFrom('here', 'there').map(B),
        score: fc.constantFrom(5, 6).map(N),
        note: leaf,
      },
      { requiredKeys: [] },
    ),
  )
  .map(([key, more]) => ({ ...key, ...more }));
const returnsOld = fc.constantFrom('NONE', 'ALL_OLD');
const onFailure = fc.constantFrom(undefined, 'ALL_OLD');

const TableName = 'Thing';
const part = fc.oneof(
  fc.tuple(id, attributes, maybeCondition).map(([key, more, of]) => ({
    Put: { TableName, Item: { ...more, ...key }, ...conditional(of) },
  })),
  fc.tuple(id, maybeCondition).map(([Key, of]) => ({ Delete: { TableName, Key, ...conditional(of) } })),
  fc.tuple(id, condition, onFailure).map(([Key, of, ReturnValuesOnConditionCheckFailure]) => ({
    ConditionCheck: { TableName, Key, ...conditional(of), ReturnValuesOnConditionCheckFailure },
  })),
);

const range = fc.oneof(
  fc.constant(plain('')),
  fc
    .tuple(fc.constantFrom('=', '<', '<=', '>', '>='), fc.constantFrom(-1, 0, 1, 5).map(N).map(placed('r')))
    .map(([operator, bound]) => joined([bound], (x) => ` AND sk ${operator} ${x}`)),
  fc.constant({ text: ' AND sk BETWEEN :low AND :high', values: { ':low': N(0), ':high': N(2) } }),
);

export const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(id, attributes, maybeCondition, returnsOld, onFailure)
    .map(
      ([key, more, of, ReturnValues, ReturnValuesOnConditionCheckFailure]): Step => [
        'PutItem',
        { TableName, Item: { ...more, ...key }, ...conditional(of), ReturnValues, ReturnValuesOnConditionCheckFailure },
      ],
    ),
  fc
    .tuple(id, update, maybeCondition, fc.constantFrom('ALL_NEW', 'ALL_OLD', 'NONE'))
    .map(
      ([Key, { text, values }, of, ReturnValues]): Step => [
        'UpdateItem',
        { TableName, Key, UpdateExpression: text, ...conditional(of, values), ReturnValues },
      ],
    ),
  fc
    .tuple(id, maybeCondition, returnsOld)
    .map(([Key, of, ReturnValues]): Step => ['DeleteItem', { TableName, Key, ...conditional(of), ReturnValues }]),
  condition.map(({ text, values }): Step => ['Scan', { TableName, FilterExpression: text, ...given(values) }]),
  fc
    .uniqueArray(part, {
      minLength: 1,
      maxLength: 3,
      selector: (one) =>
        JSON.stringify(Object.values(one).map((inner) => ('Item' in inner ? inner.Item['id'] : inner.Key.id))),
    })
    .map((TransactItems): Step => ['TransactWriteItems', { TransactItems }]),
  eventItem.map((Item): Step => ['PutItem', { TableName: 'Event', Item, ReturnValues: 'ALL_OLD' }]),
  eventKey.map((Key): Step => ['DeleteItem', { TableName: 'Event', Key, ReturnValues: 'ALL_OLD' }]),
  fc
    .tuple(
      fc.uniqueArray(eventItem, { minLength: 1, maxLength: 4, selector: (item) => JSON.stringify([item.pk, item.sk]) }),
    )
    .map(
      ([items]): Step => [
        'BatchWriteItem',
        { RequestItems: { Event: items.map((Item) => ({ PutRequest: { Item } })) } },
      ],
    ),
  fc.tuple(range, fc.boolean(), fc.constantFrom(undefined, 1, 2, 3)).map(
    ([{ text, values }, ScanIndexForward, Limit]): Step => [
      'Query',
      {
        TableName: 'Event',
        KeyConditionExpression: `pk = :p${text}`,
        ExpressionAttributeValues: { ':p': S('p'), ...values },
        ScanIndexForward,
        Limit,
      },
    ],
  ),
  fc.constantFrom('byKind', 'byPlace', 'byScore').map((IndexName): Step => ['Scan', { TableName: 'Event', IndexName }]),
);

// AWS's query protocol, the request: a form whose names are paths (`MessageAttribute.1.Name=kind`), brought into the
// shape that the JSON protocol has from the start.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html

import { type Fields, fieldsOf } from '../request-fields.ts';

/** SQS's lists stand flat under names of their own. */
const LISTS: Readonly<Record<string, string>> = {
  AttributeName: 'AttributeNames',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
  SendMessageBatchRequestEntry: 'Entries',
  DeleteMessageBatchRequestEntry: 'Entries',
  ChangeMessageVisibilityBatchRequestEntry: 'Entries',
};
const MAPS: Readonly<Record<string, string>> = {
  MessageAttribute: 'MessageAttributes',
  MessageSystemAttribute: 'MessageSystemAttributes',
};

/** The deepest of AWS has eight: `PublishBatchRequestEntries.member.1.MessageAttributes.entry.1.Value.StringValue`. */
const DEEPEST = 16;

type Tree = { [name: string]: string | Tree };

/** @throws nothing: what is no form is an empty request, and a name that is deeper than any of AWS says nothing */
export function queryRequest(form: URLSearchParams): Fields {
  const tree: Tree = Object.create(null);
  for (const [path, value] of form) {
    const names = path.split('.', DEEPEST + 1);
    if (names.length <= DEEPEST) put(tree, names, value);
  }
  return shaped(tree);
}

function put(tree: Tree, [name = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const below = tree[name];
  const next: Tree = typeof below === 'object' ? below : Object.create(null);
  tree[name] = next;
  put(next, rest, value);
}

function shaped(tree: Tree): Fields {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]): [string, unknown] => {
      if (typeof value === 'string') return [name, value];
      if (LISTS[name] !== undefined) return [LISTS[name], listed(value)];
      if (MAPS[name] !== undefined) return [MAPS[name], named(value)];
      // SNS's have a level more.
      if (typeof value['member'] === 'object') return [name, listed(value['member'])];
      if (typeof value['entry'] === 'object') return [name, named(value['entry'])];
      return [name, shaped(value)];
    }),
  );
}

const inOrder = (tree: Tree): readonly (string | Tree)[] =>
  Object.entries(tree)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, value]) => value);

const listed = (tree: Tree): readonly unknown[] =>
  inOrder(tree).map((value) => (typeof value === 'string' ? value : shaped(value)));

/** `Name` and `Value` of each. */
const named = (tree: Tree): Fields =>
  Object.fromEntries(
    inOrder(tree).flatMap((entry) => {
      if (typeof entry === 'string') return [];
      const { Name, Value } = shaped(entry);
      return typeof Name === 'string' ? [[Name, typeof Value === 'string' ? Value : fieldsOf(Value)]] : [];
    }),
  );

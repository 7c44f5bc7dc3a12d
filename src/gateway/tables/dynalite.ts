// The typed edge of dynalite: its store, its arithmetic of keys, its checks of a request, and its actions on tables and
// tags. Its actions on items (Get-, Put-, Update-, DeleteItem, both batches, Query, Scan) are not used: items/ answers
// those, from expressions/. Nothing else imports dynalite.

import { createRequire } from 'node:module';
import { validationFault } from './fault.ts';

/** `{ S: 'text' }`, as on the wire. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;
/** The body of a request, or of an answer. */
export type Fields = Record<string, unknown>;

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: string;
}

export interface TableIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType?: string; readonly NonKeyAttributes?: readonly string[] };
}

/** A table as dynalite keeps and describes it. */
export interface Table {
  readonly TableName: string;
  readonly TableArn: string;
  readonly TableStatus: string;
  readonly KeySchema: readonly KeyElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: readonly TableIndex[];
  readonly LocalSecondaryIndexes?: readonly TableIndex[];
}

export type Callback<T = unknown> = (error: unknown, value?: T) => void;

export interface ValueRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

export type Change =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string };

/** The part of LevelDB that is used; a batch is applied whole or not at all, whatever kills the process. */
export interface Level {
  open(): Promise<void>;
  close(): Promise<void>;
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  del(key: string): Promise<void>;
  batch(changes: readonly Change[]): Promise<void>;
  clear(range?: ValueRange): Promise<void>;
  values(range: ValueRange): { nextv(size: number): Promise<unknown[]>; close(): Promise<void> };
  iterator(range: ValueRange): AsyncIterable<[string, unknown]>;
}

export interface Store {
  readonly db: Level;
  readonly options: Fields;
  getTable(name: string, checkStatus: boolean | Callback<Table>, callback?: Callback<Table>): void;
  deleteItemDb(name: string, callback: Callback): void;
  deleteIndexDb(type: string, table: string, index: string, callback: Callback): void;
}

export type Action = (store: Store, request: Fields, callback: Callback<Fields>) => void;

interface Arithmetic {
  create(options: Fields): Store;
  createKey(item: Item, table: Table, keySchema?: readonly KeyElement[]): string;
  /** Of a key, or of a number alone: texts that sort as DynamoDB sorts what they stand for. */
  hashPrefix(value: unknown, type: string): string;
  toRangeStr(value: AttributeValue): string;
  toLexiStr(value: unknown, type: string): string;
  /** What is wrong with it, if anything. */
  validateKey(key: Item, table: Table): unknown;
  validateItem(item: Item, table: Table): unknown;
  validateKeyPaths(nested: Readonly<Record<string, true>>, table: Table): unknown;
  itemSize(item: Item): number;
}

interface Checks {
  checkTypes(request: Fields, types: unknown): Fields;
  checkValidations(request: Fields, types: unknown, custom: unknown, store: Store): void;
  validateExpressionParams(request: Fields, expressions: string[], older: string[]): string | undefined;
  validateAttributeValue(value: AttributeValue): string | undefined;
}

const load = createRequire(import.meta.url);

export const arithmetic = load('dynalite/db') as Arithmetic;
const checks = load('dynalite/validations') as Checks;

const OPERATIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
] as const;
/** What dynalite answers by itself. */
export type Operation = (typeof OPERATIONS)[number];

export const isOperation = (name: string): name is Operation => (OPERATIONS as readonly string[]).includes(name);

export function actionOf(operation: Operation): Action {
  return load(`dynalite/actions/${fileOf(operation)}`) as Action;
}

/** Fields that dynalite would drop, since they are younger than it. */
const YOUNGER: Partial<Readonly<Record<Operation, Fields>>> = { Scan: { ConsistentRead: 'Boolean' } };

/**
 * A copy of the request without what dynalite does not know.
 * @throws a fault (fault.ts): a field has the wrong type
 */
export const typedRequest = (operation: Operation, request: Fields): Fields =>
  checks.checkTypes(copied(request) as Fields, { ...rulesFile(operation).types, ...YOUNGER[operation] });

/** Numbers may have a plus, which dynalite does not read. */
function copied(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return name === 'N' ? value.replace(/^\+(?=[\d.])/, '') : value;
  if (Array.isArray(value)) return value.map((member) => copied(member, name === 'NS' ? 'N' : ''));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, member]) => [inner, copied(member, inner)]));
}

export interface Rules {
  /** Lengths, patterns, enums. */
  checkShape(typed: Fields): void;
  /** All of it. Numbers are brought into one way of writing, in place. */
  check(typed: Fields): void;
  /** Expressions and their older forms are not said together, and placeholders not without expressions. */
  checkExclusive(typed: Fields, expressions: string[], older: string[]): void;
}

/** All throw faults (fault.ts) in DynamoDB's words. */
export function rulesOf(store: Store, operation: Operation): Rules {
  const { types, custom } = rulesFile(operation);
  return {
    checkShape: (typed) => checks.checkValidations(typed, types, undefined, store),
    check: (typed) => checks.checkValidations(typed, types, custom, store),
    checkExclusive(typed, expressions, older) {
      const wrong = checks.validateExpressionParams(typed, expressions, older);
      if (wrong) throw validationFault(wrong);
    },
  };
}

/** What is wrong with a value; a number is brought into one way of writing, in place. */
export const wrongValue = (value: AttributeValue): string | undefined =>
  checks.validateAttributeValue(value) || undefined;

const rulesFile = (operation: Operation): { readonly types: Fields; readonly custom: unknown } =>
  load(`dynalite/validations/${fileOf(operation)}`) as { types: Fields; custom: unknown };

const fileOf = (operation: Operation): string => `${operation.charAt(0).toLowerCase()}${operation.slice(1)}.js`;

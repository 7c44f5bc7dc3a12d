// The typed edge of dynalite: its actions, its checks of a request and its arithmetic of keys, taken one by one rather
// than through its HTTP server, so that what they write can be staged (staged-action.ts). Nothing else imports dynalite.

import { createRequire } from 'node:module';

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

/** One prefix of the database, as actions see it. */
export interface Part {
  lock(key: string, run: (release: (callback: Callback) => Callback) => void): void;
  get(key: string, callback: Callback): void;
  put(key: string, value: unknown, callback: Callback): void;
  del(key: string, callback: Callback): void;
  createValueStream(range: ValueRange): unknown;
}

export interface Store {
  readonly db: Level;
  readonly options: Fields;
  readonly tableDb: Part;
  getTable(name: string, checkStatus: boolean | Callback<Table>, callback?: Callback<Table>): void;
  getItemDb(name: string): Part;
  deleteItemDb(name: string, callback: Callback): void;
  getIndexDb(type: string, table: string, index: string): Part;
  deleteIndexDb(type: string, table: string, index: string, callback: Callback): void;
}

export type Action = (store: Store, request: Fields, callback: Callback<Fields>) => void;

interface Arithmetic {
  create(options: Fields): Store;
  createKey(item: Item, table: Table): string;
  validateKey(key: Item, table: Table): unknown;
  validateItem(item: Item, table: Table): unknown;
  itemSize(item: Item): number;
  getIndexActions(
    indexes: readonly TableIndex[],
    existing: Item | null,
    item: Item | null,
    table: Table,
  ): {
    readonly puts: readonly { readonly index: string; readonly key: string; readonly item: Item }[];
  };
}

interface Checks {
  checkTypes(request: Fields, types: unknown): Fields;
  checkValidations(request: Fields, types: unknown, custom: unknown, store: Store): void;
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

/**
 * What the action takes: the request with its types checked and its expressions parsed.
 * @throws a fault (fault.ts) in DynamoDB's words
 */
export function checkRequest(store: Store, operation: Operation, request: Fields): Fields {
  const { types, custom } = load(`dynalite/validations/${fileOf(operation)}`) as { types: unknown; custom: unknown };
  // The checks delete what they do not know, and normalise numbers in place.
  const checked = checks.checkTypes(structuredClone(request), types);
  checks.checkValidations(checked, types, custom, store);
  return checked;
}

const fileOf = (operation: Operation): string => `${operation.charAt(0).toLowerCase()}${operation.slice(1)}.js`;

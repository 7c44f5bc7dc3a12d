// A request for items, checked: its shape and legacy parameters by dynalite's checks, its expressions read by ours.

import {
  type AttributeValue,
  type Fields,
  type Item,
  type Operation,
  rulesOf,
  type Store,
  typedRequest,
} from '../dynalite.ts';
import type { Placeholders } from '../expressions/expression-reader.ts';
import { type ReadCondition, readCondition } from '../expressions/read-condition.ts';
import { readProjection } from '../expressions/read-projection.ts';
import { readUpdate } from '../expressions/read-update.ts';
import type { Path, UpdateAction } from '../expressions/syntax.ts';
import { ExpressionFault } from '../expressions/tokens.ts';
import { validationFault } from '../fault.ts';
import { checkAttributes } from './check-item.ts';
import { checkSelect } from './check-select.ts';
import { keyConditions } from './key-conditions.ts';
import { legacyCondition, legacyUpdate } from './legacy-parameters.ts';
import { checkedPlaceholders, checkUsed } from './placeholders.ts';

/** What a request asks for, whichever way it says it. */
export interface Expressions {
  readonly condition?: ReadCondition;
  readonly filter?: ReadCondition;
  readonly projection?: readonly Path[];
  readonly update?: readonly UpdateAction[];
}

export const expressionsOf = (request: Fields): Expressions => (request['expressions'] ?? {}) as Expressions;

/** The expressions that an operation takes, and the older parameters that exclude them. */
const PARAMETERS: Partial<Readonly<Record<Operation, readonly [readonly string[], readonly string[]]>>> = {
  PutItem: [['ConditionExpression'], ['Expected']],
  DeleteItem: [['ConditionExpression'], ['Expected']],
  UpdateItem: [
    ['UpdateExpression', 'ConditionExpression'],
    ['AttributeUpdates', 'Expected'],
  ],
  GetItem: [['ProjectionExpression'], ['AttributesToGet']],
  Query: [
    ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'],
    ['AttributesToGet', 'QueryFilter', 'ConditionalOperator', 'KeyConditions'],
  ],
  Scan: [
    ['ProjectionExpression', 'FilterExpression'],
    ['AttributesToGet', 'ScanFilter', 'ConditionalOperator'],
  ],
};
const PLACEHOLDERS = ['ExpressionAttributeNames', 'ExpressionAttributeValues'];

/**
 * What the action takes: the request with its types checked and its expressions read, under `expressions`.
 * @throws a fault (fault.ts) in DynamoDB's words
 */
export function checkRequest(store: Store, operation: Operation, request: Fields): Fields {
  const typed = typedRequest(operation, request);
  const rules = rulesOf(store, operation);
  if (operation === 'BatchGetItem') return checkBatchGet(typed, rules);
  const parameters = PARAMETERS[operation];
  if (parameters === undefined) {
    rules.check(typed);
    if (operation === 'BatchWriteItem') checkBatchWrite(typed);
    return typed;
  }
  const [expressions, older] = parameters;
  const rest = Object.fromEntries(
    Object.entries(typed).filter(([name]) => !expressions.includes(name) && !PLACEHOLDERS.includes(name)),
  );
  // Without a key condition dynalite's check of a query would stop at its absence.
  if (operation === 'Query' && typed['KeyConditionExpression'] !== undefined) rest['KeyConditions'] = {};
  rules.checkShape(rest);
  checkFailureReturn(request, rest);
  rules.checkExclusive(typed, [...expressions], [...older]);
  const { read, keyCondition } = readExpressions(typed, expressions);
  if (keyCondition !== undefined) rest['KeyConditions'] = keyConditions(keyCondition.condition);
  rules.check(rest);
  if (operation === 'DeleteItem') checkDeleteReturn(rest);
  checkAttributes((rest['Item'] ?? {}) as Item);
  if (operation === 'Query' || operation === 'Scan') checkSelect(typed);
  const { condition = legacyCondition(rest, 'Expected'), update = legacyUpdate(rest) } = read;
  const filter = read.filter ?? legacyCondition(rest, operation === 'Query' ? 'QueryFilter' : 'ScanFilter');
  const projection =
    read.projection ?? (rest['AttributesToGet'] as readonly string[] | undefined)?.map((name) => [name]);
  rest['expressions'] = {
    ...(condition && { condition }),
    ...(filter && { filter }),
    ...(projection && { projection }),
    ...(update && { update }),
  } satisfies Expressions;
  return rest;
}

interface Read {
  readonly read: Expressions;
  readonly keyCondition?: ReadCondition | undefined;
}

function readExpressions(typed: Fields, allowed: readonly string[]): Read {
  const placeholders = checkedPlaceholders(typed);
  const read = <T>(name: string, reader: (source: string, given: Placeholders) => T): T | undefined => {
    const source = typed[name];
    if (typeof source !== 'string' || !allowed.includes(name)) return undefined;
    try {
      return reader(source, placeholders);
    } catch (error) {
      if (error instanceof ExpressionFault) throw validationFault(`Invalid ${name}: ${error.message}`);
      throw error;
    }
  };
  const update = read('UpdateExpression', readUpdate);
  const condition = read('ConditionExpression', readCondition);
  const keyCondition = read('KeyConditionExpression', readCondition);
  const filter = read('FilterExpression', readCondition);
  const projection = read('ProjectionExpression', readProjection);
  checkUsed(placeholders);
  return {
    read: {
      ...(update && { update }),
      ...(condition && { condition }),
      ...(filter && { filter }),
      ...(projection && { projection }),
    },
    keyCondition,
  };
}

/** "DeleteItem does not recognize any values other than NONE or ALL_OLD", API reference. */
function checkDeleteReturn({ ReturnValues: wish }: Fields): void {
  if (wish === undefined || wish === 'NONE' || wish === 'ALL_OLD') return;
  throw validationFault('ReturnValues can only be ALL_OLD or NONE');
}

/** dynalite does not know the parameter. */
function checkFailureReturn(request: Fields, rest: Fields): void {
  const wish = request['ReturnValuesOnConditionCheckFailure'];
  if (wish === undefined || wish === null) return;
  if (wish !== 'ALL_OLD' && wish !== 'NONE') {
    throw validationFault(
      `1 validation error detected: Value '${String(wish)}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
    );
  }
  rest['ReturnValuesOnConditionCheckFailure'] = wish;
}

function checkBatchGet(typed: Fields, rules: ReturnType<typeof rulesOf>): Fields {
  const tables = (typed['RequestItems'] ?? {}) as Record<string, Fields>;
  const projections = new Map<string, Expressions>();
  const plain: Record<string, Fields> = {};
  for (const [name, asked] of Object.entries(tables)) {
    const { ProjectionExpression: _expression, ExpressionAttributeNames: _names, ...rest } = asked;
    plain[name] = rest;
  }
  rules.checkShape({ ...typed, RequestItems: typed['RequestItems'] && plain });
  for (const [name, asked] of Object.entries(tables)) {
    rules.checkExclusive(asked, ['ProjectionExpression'], ['AttributesToGet']);
    const { read } = readExpressions(asked, ['ProjectionExpression']);
    const older = (asked['AttributesToGet'] as readonly string[] | undefined)?.map((attribute) => [attribute]);
    projections.set(name, older === undefined ? read : { projection: older });
  }
  rules.check({ ...typed, RequestItems: plain });
  return { ...typed, projections };
}

function checkBatchWrite(typed: Fields): void {
  const tables = typed['RequestItems'] as Readonly<Record<string, readonly Fields[]>>;
  for (const request of Object.values(tables).flat()) {
    if (request['PutRequest'] && request['DeleteRequest']) {
      throw validationFault(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
    }
    const put = request['PutRequest'] as { readonly Item: Readonly<Record<string, AttributeValue>> } | undefined;
    if (put) checkAttributes(put.Item);
  }
}

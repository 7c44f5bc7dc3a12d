// A key condition expression as conditions on single key attributes, the older form of the same.

import type { AttributeValue } from '../dynalite.ts';
import type { Comparator, Condition, Operand } from '../expressions/syntax.ts';
import { validationFault } from '../fault.ts';

export interface KeyCondition {
  readonly ComparisonOperator: string;
  readonly AttributeValueList: readonly AttributeValue[];
}
export type KeyConditions = Record<string, KeyCondition>;

const OPERATORS: Readonly<Record<Comparator, string>> = {
  '=': 'EQ',
  '<>': 'NE',
  '<': 'LT',
  '<=': 'LE',
  '>': 'GT',
  '>=': 'GE',
};
/** `:value < attribute` is `attribute > :value`. */
const TURNED: Readonly<Record<Comparator, Comparator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** @throws `ValidationException` for what is no condition on keys */
export function keyConditions(condition: Condition): KeyConditions {
  const found: KeyConditions = {};
  collect(condition, found);
  return found;
}

function collect(condition: Condition, found: KeyConditions): void {
  switch (condition.type) {
    case 'and':
      collect(condition.left, found);
      collect(condition.right, found);
      return;
    case 'or':
    case 'not':
    case 'in':
      throw invalidOperator(condition.type.toUpperCase());
    case 'between':
      add(found, 'BETWEEN', [condition.of, condition.low, condition.high], 'BETWEEN');
      return;
    case 'predicate':
      if (condition.name !== 'begins_with') throw invalidOperator(condition.name);
      add(found, 'BEGINS_WITH', condition.operands, 'begins_with');
      return;
    case 'compare':
      compare(condition, found);
  }
}

function compare({ operator, left, right }: Extract<Condition, { type: 'compare' }>, found: KeyConditions): void {
  if (operator === '<>') throw invalidOperator(operator);
  if (left.type === 'value' && right.type === 'path') add(found, OPERATORS[TURNED[operator]], [right, left]);
  else add(found, OPERATORS[operator], [left, right]);
}

/** @param firstIsKey the operator that wants the key as its first operand */
function add(found: KeyConditions, operator: string, operands: readonly Operand[], firstIsKey?: string): void {
  const [key, ...values] = operands;
  if (operands.some(({ type }) => type === 'size')) {
    throw validationFault('KeyConditionExpressions cannot contain nested operations');
  }
  if (firstIsKey !== undefined && key?.type !== 'path') {
    throw invalid(`${firstIsKey} operator must have the key attribute as its first operand`);
  }
  if (key?.type !== 'path') throw invalid('No key attribute specified');
  const literals = values.flatMap((value) => (value.type === 'value' ? [value.value] : []));
  if (literals.length < values.length) throw invalid('Multiple attribute names used in one condition');
  if (key.path.length > 1) throw validationFault('KeyConditionExpressions cannot have conditions on nested attributes');
  const name = String(key.path[0]);
  if (Object.hasOwn(found, name))
    throw validationFault('KeyConditionExpressions must only contain one condition per key');
  found[name] = { ComparisonOperator: operator, AttributeValueList: literals };
}

const invalid = (what: string): Error => validationFault(`Invalid condition in KeyConditionExpression: ${what}`);
const invalidOperator = (operator: string): Error =>
  validationFault(`Invalid operator used in KeyConditionExpression: ${operator}`);

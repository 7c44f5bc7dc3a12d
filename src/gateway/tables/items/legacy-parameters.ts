// The parameters from before expressions (developer guide, "Legacy DynamoDB conditional parameters"), as what expressions
// of the same meaning are.

import type { AttributeValue, Fields } from '../dynalite.ts';
import type { ReadCondition } from '../expressions/read-condition.ts';
import type { Comparator, Condition, Operand, Path, UpdateAction } from '../expressions/syntax.ts';
import { typeOf } from '../expressions/syntax.ts';

interface LegacyCondition {
  readonly ComparisonOperator?: string;
  readonly AttributeValueList?: readonly AttributeValue[];
  readonly Value?: AttributeValue;
  readonly Exists?: boolean;
}

const COMPARATORS: Readonly<Record<string, Comparator>> = { EQ: '=', NE: '<>', LT: '<', LE: '<=', GT: '>', GE: '>=' };

/** @param parameter `Expected`, `QueryFilter` or `ScanFilter` */
export function legacyCondition(request: Fields, parameter: string): ReadCondition | undefined {
  const given = request[parameter] as Readonly<Record<string, LegacyCondition>> | undefined;
  const conditions = Object.entries(given ?? {}).map(([name, condition]) => conditionOn([name], condition));
  const [first, ...others] = conditions;
  if (first === undefined) return undefined;
  const type = request['ConditionalOperator'] === 'OR' ? 'or' : 'and';
  const condition = others.reduce<Condition>((left, right) => ({ type, left, right }), first);
  return { condition, paths: Object.keys(given ?? {}).map((name) => [name]) };
}

function conditionOn(
  path: Path,
  { ComparisonOperator, AttributeValueList, Value, Exists }: LegacyCondition,
): Condition {
  const of: Operand = { type: 'path', path };
  const values = (AttributeValueList ?? (Value ? [Value] : [])).map((value): Operand => ({ type: 'value', value }));
  const [first = of, second = of] = values;
  const predicate = (name: 'begins_with' | 'contains'): Condition => ({
    type: 'predicate',
    name,
    operands: [of, first],
  });
  const exists: Condition = { type: 'predicate', name: 'attribute_exists', operands: [of] };
  const operator = ComparisonOperator ?? (Exists === false ? 'NULL' : 'EQ');
  const comparator = COMPARATORS[operator];
  if (comparator !== undefined) return { type: 'compare', operator: comparator, left: of, right: first };
  switch (operator) {
    case 'NOT_NULL':
      return exists;
    case 'NULL':
      return { type: 'not', of: exists };
    case 'CONTAINS':
      return predicate('contains');
    case 'NOT_CONTAINS':
      return { type: 'not', of: predicate('contains') };
    case 'BEGINS_WITH':
      return predicate('begins_with');
    case 'BETWEEN':
      return { type: 'between', of, low: first, high: second };
    default:
      return { type: 'in', of, among: values };
  }
}

/** AttributeUpdates. */
export function legacyUpdate(request: Fields): readonly UpdateAction[] | undefined {
  const given = request['AttributeUpdates'] as
    | Readonly<Record<string, { readonly Action?: string; readonly Value?: AttributeValue }>>
    | undefined;
  return given && Object.entries(given).map(([name, { Action, Value }]) => actionOn([name], Action, Value));
}

function actionOn(path: Path, action: string | undefined, value: AttributeValue | undefined): UpdateAction {
  if (value === undefined) return { type: 'remove', path };
  const to = { type: 'value', value } as const;
  if (action === 'DELETE') return { type: 'delete', path, value };
  if (action !== 'ADD') return { type: 'set', path, to };
  if (typeOf(value) !== 'L') return { type: 'add', path, value };
  const present = { type: 'if_not_exists', path, otherwise: { type: 'value', value: { L: [] } } } as const;
  return { type: 'set', path, to: { type: 'list_append', left: present, right: to } };
}

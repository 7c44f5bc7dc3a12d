// Whether an item fulfils a condition.

import type { AttributeValue, Item } from '../dynalite.ts';
import { areEqual, beginsWith, contains, orderOf, sizeOf } from './compare-values.ts';
import { valueAt } from './paths.ts';
import { type Comparator, type Condition, type Operand, type Predicate, typeOf } from './syntax.ts';

/** @param item absent: there is none, so that no attribute exists */
export function matches(item: Item | undefined, condition: Condition): boolean {
  const value = (operand: Operand | undefined): AttributeValue | undefined => operandIn(operand, item ?? {});
  switch (condition.type) {
    case 'and':
      return matches(item, condition.left) && matches(item, condition.right);
    case 'or':
      return matches(item, condition.left) || matches(item, condition.right);
    case 'not':
      return !matches(item, condition.of);
    case 'compare':
      return compares(value(condition.left), condition.operator, value(condition.right));
    case 'between':
      return (
        compares(value(condition.of), '>=', value(condition.low)) &&
        compares(value(condition.of), '<=', value(condition.high))
      );
    case 'in':
      return condition.among.some((other) => compares(value(condition.of), '=', value(other)));
    case 'predicate':
      return holds(condition.name, value(condition.operands[0]), value(condition.operands[1]));
  }
}

function operandIn(operand: Operand | undefined, item: Item): AttributeValue | undefined {
  if (operand === undefined) return undefined;
  if (operand.type === 'path') return valueAt(item, operand.path);
  if (operand.type === 'value') return operand.value;
  const of = operandIn(operand.of, item);
  const size = of && sizeOf(of);
  return size === undefined ? undefined : { N: String(size) };
}

function compares(left: AttributeValue | undefined, operator: Comparator, right: AttributeValue | undefined): boolean {
  const both = left !== undefined && right !== undefined;
  if (operator === '=') return both && areEqual(left, right);
  if (operator === '<>') return !both || !areEqual(left, right);
  const order = both ? orderOf(left, right) : undefined;
  if (order === undefined) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function holds(name: Predicate, value: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  if (name === 'attribute_exists') return value !== undefined;
  if (name === 'attribute_not_exists') return value === undefined;
  if (value === undefined || other === undefined) return false;
  if (name === 'begins_with') return beginsWith(value, other);
  return name === 'contains' ? contains(value, other) : typeOf(value) === other['S'];
}

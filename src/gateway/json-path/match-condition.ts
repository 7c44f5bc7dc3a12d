// Whether a filter's condition holds of an element. A comparison of different types is false, but a number and a
// text compare by what they print, as in Jayway's library.
import { javaEquals } from '../vtl/java-equality.ts';
import { compareNumbers } from '../vtl/java-math.ts';
import { isJavaNumber, type JavaNumber, numberText, parseDecimal } from '../vtl/java-number.ts';
import { matchesWhole } from '../vtl/java-regex.ts';
import { JavaList, JavaMap, type JavaValue } from '../vtl/java-value.ts';
import type { PathContext } from './path-context.ts';
import type { Condition, Operand } from './path-node.ts';

/** @throws JavaFailure on a pattern that is no regular expression, or when it takes too long. */
export const matchesCondition = (condition: Condition, element: JavaValue, context: PathContext): boolean => {
  context.budget.step();
  switch (condition.type) {
    case 'and':
      return condition.conditions.every((part) => matchesCondition(part, element, context));
    case 'or':
      return condition.conditions.some((part) => matchesCondition(part, element, context));
    case 'not':
      return !matchesCondition(condition.condition, element, context);
    case 'exists':
      return (context.read(condition.path, element) !== undefined) === condition.expected;
    case 'relation':
      return relates(condition, element, context);
  }
};

const operandValue = (operand: Operand, element: JavaValue, context: PathContext): JavaValue | undefined => {
  if (operand.type === 'path') return context.read(operand.path, element);
  return operand.type === 'value' ? operand.value : undefined;
};

const relates = (
  { operator, left, right }: Extract<Condition, { type: 'relation' }>,
  element: JavaValue,
  context: PathContext,
): boolean => {
  const [a, b] = [operandValue(left, element, context), operandValue(right, element, context)];
  switch (operator) {
    case '==':
      return isEqual(a, b, context);
    case '!=':
      return !isEqual(a, b, context);
    case '===':
      return isSameKind(a, b) && isEqual(a, b, context);
    case '!==':
      return !(isSameKind(a, b) && isEqual(a, b, context));
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOrdered(operator, a, b);
    case '=~':
      return right.type === 'pattern' ? matches(right.pattern, a) : left.type === 'pattern' && matches(left.pattern, b);
    default:
      return relatesToList(operator, a, b, context);
  }
};

const relatesToList = (
  operator: string,
  a: JavaValue | undefined,
  b: JavaValue | undefined,
  context: PathContext,
): boolean => {
  const [left, right] = [a instanceof JavaList ? a.items : undefined, b instanceof JavaList ? b.items : undefined];
  const has = (items: readonly JavaValue[] | undefined, value: JavaValue | undefined): boolean =>
    items?.some((item) => isEqual(item, value, context)) ?? false;
  switch (operator) {
    case 'in':
      return has(right, a);
    case 'nin':
      return !has(right, a);
    case 'contains':
      return typeof a === 'string' ? typeof b === 'string' && a.includes(b) : has(left, b);
    case 'all':
      return left === undefined ? a instanceof JavaMap : (right?.every((value) => has(left, value)) ?? false);
    case 'subsetof':
      return left !== undefined && right !== undefined && left.every((value) => has(right, value));
    case 'anyof':
      return left?.some((value) => has(right, value)) ?? false;
    case 'noneof':
      return left !== undefined && right !== undefined && !left.some((value) => has(right, value));
    case 'size':
      return b !== undefined && isJavaNumber(b) && sizeOf(a) === Number(numberText(b));
    default:
      return sizeOf(a) !== undefined && (sizeOf(a) === 0) === (b === true);
  }
};

const sizeOf = (value: JavaValue | undefined): number | undefined => {
  if (typeof value === 'string') return value.length;
  if (value instanceof JavaList) return value.items.length;
  return value instanceof JavaMap ? value.size : undefined;
};

const isEqual = (a: JavaValue | undefined, b: JavaValue | undefined, context: PathContext): boolean => {
  if (a === undefined || b === undefined) return false;
  if (isJavaNumber(a) && isJavaNumber(b)) return compareAsWritten(a, b) === 0;
  if (isJavaNumber(a) && typeof b === 'string') return sameNumber(a, b);
  if (isJavaNumber(b) && typeof a === 'string') return a === numberText(b);
  return javaEquals(a, b, context.budget);
};

const sameNumber = (number: JavaNumber, text: string): boolean => {
  const other = parseDecimal(text);
  return other !== undefined && compareAsWritten(number, other) === 0;
};

/** Jayway compares numbers by what they print, as decimals: 8.95 is "8.95", not the double next to it. */
const compareAsWritten = (a: JavaNumber, b: JavaNumber): number =>
  compareNumbers(parseDecimal(numberText(a)) ?? a, parseDecimal(numberText(b)) ?? b);

const kindOf = (value: JavaValue | undefined): string => {
  if (isJavaNumber(value)) return 'number';
  return value === null ? 'null' : typeof value;
};

const isSameKind = (a: JavaValue | undefined, b: JavaValue | undefined): boolean => kindOf(a) === kindOf(b);

const isOrdered = (operator: string, a: JavaValue | undefined, b: JavaValue | undefined): boolean => {
  let order: number | undefined;
  if (isJavaNumber(a) && isJavaNumber(b)) order = compareAsWritten(a, b);
  else if (typeof a === 'string' && typeof b === 'string') order = a < b ? -1 : a > b ? 1 : 0;
  if (order === undefined) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
};

const matches = (pattern: string, value: JavaValue | undefined): boolean => {
  if (isJavaNumber(value)) return matchesWhole(numberText(value), pattern);
  return matchesWhole(typeof value === 'string' || typeof value === 'boolean' ? String(value) : '', pattern);
};

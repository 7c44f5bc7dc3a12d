// Expressions and references. Whatever reference resolves to nothing is the empty string, not null: AWS renders it as
// nothing, holds it equal to "" and to $null, and takes `#if($missing)` for true.

import type { Evaluation } from './evaluation.ts';
import { locate } from './evaluation.ts';
import { javaEquals } from './java-equality.ts';
import { JavaFailure } from './java-failure.ts';
import { calculate, compareNumbers } from './java-math.ts';
import { int, isJavaNumber, toWhole } from './java-number.ts';
import { callMethod, getIndex, getProperty, setIndex, setProperty } from './java-object.ts';
import { javaText } from './java-text.ts';
import { JavaList, JavaMap, type JavaObject, type JavaValue } from './java-value.ts';
import type { ComparisonOperator, Expression, ReferenceNode, ReferenceStep } from './template-node.ts';
import { TextSink } from './text-sink.ts';

/** What AWS puts in the place of an unresolved reference. */
const UNRESOLVED = '';
const MAX_RANGE = 1_000_000n;

/** @throws TemplateError */
export const evaluate = (expression: Expression, evaluation: Evaluation): JavaValue => {
  evaluation.budget.step();
  switch (expression.type) {
    case 'literal':
      return expression.value;
    case 'interpolation':
      return interpolate(expression, evaluation);
    case 'reference':
      return evaluateReference(expression, evaluation);
    case 'list':
      return new JavaList(expression.items.map((item) => evaluate(item, evaluation)));
    case 'map':
      return new JavaMap(
        expression.pairs.map(([key, value]) => [evaluate(key, evaluation), evaluate(value, evaluation)]),
      );
    case 'range':
      return locate(evaluation, expression.at, () => range(expression, evaluation));
    case 'math':
      return locate(evaluation, expression.at, () => calculateMath(expression, evaluation));
    default:
      return isTrue(expression, evaluation);
  }
};

/** How a condition sees it: true, or any reference that holds no Boolean. Other literals are false in Velocity 1.7. */
export const isTrue = (expression: Expression, evaluation: Evaluation): boolean => {
  switch (expression.type) {
    case 'reference': {
      const value = evaluateReference(expression, evaluation);
      return typeof value === 'boolean' ? value : value !== null;
    }
    case 'literal':
      return expression.value === true;
    case 'not':
      return !isTrue(expression.operand, evaluation);
    case 'and':
      return isTrue(expression.left, evaluation) && isTrue(expression.right, evaluation);
    case 'or':
      return isTrue(expression.left, evaluation) || isTrue(expression.right, evaluation);
    case 'comparison':
      return locate(evaluation, expression.at, () =>
        compare(
          expression.operator,
          evaluate(expression.left, evaluation),
          evaluate(expression.right, evaluation),
          evaluation,
        ),
      );
    default:
      return false;
  }
};

const interpolate = (expression: Extract<Expression, { type: 'interpolation' }>, evaluation: Evaluation): string => {
  const sink = new TextSink(evaluation.budget);
  evaluation.render(expression.body, evaluation, sink);
  return locate(evaluation, expression.at, () => {
    const text = sink.text();
    return expression.dropsLast ? text.slice(0, -1) : text;
  });
};

const range = (expression: Extract<Expression, { type: 'range' }>, evaluation: Evaluation): JavaValue => {
  const [from, to] = [evaluate(expression.from, evaluation), evaluate(expression.to, evaluation)];
  if (!isJavaNumber(from) || !isJavaNumber(to)) return null;
  const [first, last] = [BigInt.asIntN(32, toWhole(from)), BigInt.asIntN(32, toWhole(to))];
  const count = first > last ? first - last : last - first;
  if (count >= MAX_RANGE) throw new JavaFailure(`a range holds more than ${MAX_RANGE} numbers`);
  evaluation.budget.step(Number(count));
  const [start, step] = [Number(first), first >= last ? -1 : 1];
  const items: JavaValue[] = [];
  for (let index = 0; index <= Number(count); index += 1) items.push(int(start + index * step));
  return new JavaList(items);
};

const calculateMath = (expression: Extract<Expression, { type: 'math' }>, evaluation: Evaluation): JavaValue => {
  const [left, right] = [evaluate(expression.left, evaluation), evaluate(expression.right, evaluation)];
  if (expression.operator === '+' && (typeof left === 'string' || typeof right === 'string')) {
    const text = `${javaText(left, evaluation.budget) ?? 'null'}${javaText(right, evaluation.budget) ?? 'null'}`;
    evaluation.budget.text(text.length);
    return text;
  }
  return isJavaNumber(left) && isJavaNumber(right) ? calculate(expression.operator, left, right) : null;
};

const compare = (operator: ComparisonOperator, left: JavaValue, right: JavaValue, evaluation: Evaluation): boolean => {
  if (operator === '==') return isEqual(left, right, evaluation);
  if (operator === '!=') return !isEqual(left, right, evaluation);
  if (!isJavaNumber(left) || !isJavaNumber(right)) return false;
  const order = compareNumbers(left, right);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
};

/** Numbers by value, one type by equals(), different types by what they print. Null is AWS's empty string. */
const isEqual = (left: JavaValue, right: JavaValue, evaluation: Evaluation): boolean => {
  if (isJavaNumber(left) && isJavaNumber(right)) return compareNumbers(left, right) === 0;
  if (isObject(left) && isObject(right) && left.constructor === right.constructor) {
    return javaEquals(left, right, evaluation.budget);
  }
  return (javaText(left, evaluation.budget) ?? UNRESOLVED) === (javaText(right, evaluation.budget) ?? UNRESOLVED);
};

const isObject = (value: JavaValue): value is JavaObject => typeof value === 'object' && value !== null;

/** The value, or the empty string when there is none. @throws TemplateError */
export const evaluateReference = (reference: ReferenceNode, evaluation: Evaluation): JavaValue => {
  let value = evaluation.variables.get(reference.root);
  for (const step of reference.steps) {
    if (value === null) return UNRESOLVED;
    value = follow(value, step, evaluation);
  }
  return value ?? UNRESOLVED;
};

const follow = (value: JavaValue, step: ReferenceStep, evaluation: Evaluation): JavaValue => {
  evaluation.budget.step();
  if (step.type === 'property') return getProperty(value, step.name);
  if (step.type === 'index') {
    const index = evaluate(step.argument, evaluation);
    return locate(evaluation, step.at, () => getIndex(value, index, evaluation.budget));
  }
  const args = step.args.map((argument) => evaluate(argument, evaluation));
  return locate(evaluation, step.at, () => callMethod(value, step.name, args, evaluation.budget) ?? null);
};

/** `#set`: assigning below nothing, or where nothing can be set, does nothing. @throws TemplateError */
export const assign = (reference: ReferenceNode, assigned: JavaValue, evaluation: Evaluation): void => {
  const last = reference.steps.at(-1);
  if (last === undefined) {
    evaluation.variables.put(reference.root, assigned);
    return;
  }
  let owner = evaluation.variables.get(reference.root);
  for (const step of reference.steps.slice(0, -1)) {
    if (owner === null) return;
    owner = follow(owner, step, evaluation);
  }
  if (owner === null) return;
  if (last.type === 'index') {
    const [index, target] = [evaluate(last.argument, evaluation), owner];
    locate(evaluation, last.at, () => setIndex(target, index, assigned, evaluation.budget));
  } else {
    setProperty(owner, last.name, assigned);
  }
};

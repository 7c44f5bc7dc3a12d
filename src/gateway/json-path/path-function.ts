// JsonPath's functions: `length()`, `keys()`, `first()`, `last()`, `concat()` and the aggregates, which give doubles.
// An aggregate of no numbers has no value.
import { int, isJavaNumber, JavaReal, toReal } from '../vtl/java-number.ts';
import { javaText } from '../vtl/java-text.ts';
import { JavaList, JavaMap, type JavaValue } from '../vtl/java-value.ts';
import { PathAborted, type PathContext } from './path-context.ts';
import type { Operand, PathToken } from './path-node.ts';

/** @throws PathAborted when there is nothing to aggregate. */
export const applyFunction = (
  token: Extract<PathToken, { type: 'function' }>,
  value: JavaValue,
  context: PathContext,
): JavaValue => {
  const items = value instanceof JavaList ? value.items : [];
  switch (token.name) {
    case 'length':
    case 'size':
      return value instanceof JavaList ? int(items.length) : value instanceof JavaMap ? int(value.size) : null;
    case 'keys':
      return value instanceof JavaMap
        ? new JavaList(
            value.entries().map(({ key }) => key),
            true,
          )
        : null;
    case 'first':
      return items[0] ?? null;
    case 'last':
      return items.at(-1) ?? null;
    case 'concat':
      return concat(items, token.args, context);
    default:
      return aggregate(token.name, numbersOf([...items, ...argumentsOf(token.args, context)]));
  }
};

const argumentsOf = (args: readonly Operand[], context: PathContext): JavaValue[] =>
  args.flatMap((argument) => {
    const value = argument.type === 'path' ? context.read(argument.path, context.root) : null;
    if (argument.type === 'value') return [argument.value];
    return value instanceof JavaList ? value.items : value === undefined ? [] : [value];
  });

const numbersOf = (values: readonly JavaValue[]): number[] => values.filter(isJavaNumber).map(toReal);

const concat = (items: readonly JavaValue[], args: readonly Operand[], context: PathContext): string => {
  const texts = [...items, ...argumentsOf(args, context)].filter((value) => typeof value === 'string');
  return texts.map((value) => javaText(value, context.budget) ?? '').join('');
};

const aggregate = (name: string, numbers: readonly number[]): JavaValue => {
  if (numbers.length === 0) throw new PathAborted();
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (name) {
    case 'min':
      return new JavaReal(numbers.reduce((a, b) => Math.min(a, b)));
    case 'max':
      return new JavaReal(numbers.reduce((a, b) => Math.max(a, b)));
    case 'avg':
      return new JavaReal(sum / numbers.length);
    case 'sum':
      return new JavaReal(sum);
    default: {
      const squares = numbers.reduce((total, number) => total + number * number, 0);
      return new JavaReal(Math.sqrt(squares / numbers.length - (sum / numbers.length) ** 2));
    }
  }
};

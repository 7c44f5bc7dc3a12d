// How a call finds its method: by name, number of arguments and their Java types, as Velocity's introspector does.
// Only what a table declares exists, so no template reaches anything else.
import type { Budget } from './budget.ts';
import { JavaFailure } from './java-failure.ts';
import { isJavaNumber, JavaInteger, JavaReal, toReal } from './java-number.ts';
import { javaText } from './java-text.ts';
import { itemsOf, JavaChar, JavaList, JavaMap, type JavaValue, JavaView } from './java-value.ts';

/** `text` is String or CharSequence; primitives take no null. `rest` is `Object...`. */
export type ParameterType = 'int' | 'long' | 'double' | 'char' | 'text' | 'any' | 'collection' | 'map' | 'rest';

export interface JavaMethod<Self> {
  readonly name: string;
  readonly parameters: readonly ParameterType[];
  readonly run: (self: Self, args: Arguments) => JavaValue;
}

export type MethodTable<Self> = ReadonlyMap<string, readonly JavaMethod<Self>[]>;

/** A call's arguments, read as the parameter types its method declared. */
export class Arguments {
  readonly values: readonly JavaValue[];
  readonly budget: Budget;

  constructor(values: readonly JavaValue[], budget: Budget) {
    this.values = values;
    this.budget = budget;
  }

  value(index: number): JavaValue {
    return this.values[index] ?? null;
  }

  /** @throws JavaFailure on null, as a NullPointerException. */
  text(index: number): string {
    const value = this.value(index);
    if (value instanceof JavaChar) return value.value;
    return typeof value === 'string' ? value : nullPointer();
  }

  /** An int or a double as a JavaScript number. */
  number(index: number): number {
    const value = this.value(index);
    return isJavaNumber(value) ? toReal(value) : nullPointer();
  }

  items(index: number): readonly JavaValue[] {
    return itemsOf(this.value(index)) ?? nullPointer();
  }

  map(index: number): JavaMap {
    const value = this.value(index);
    return value instanceof JavaMap ? value : nullPointer();
  }

  /** `String.valueOf(value)`. */
  printed(index: number): string {
    return javaText(this.value(index), this.budget) ?? 'null';
  }
}

const nullPointer = (): never => {
  throw new JavaFailure('NullPointerException: an argument is null');
};

/** Methods of one name in the order they are tried: the most specific parameters first. */
export const methodTable = <Self>(methods: readonly JavaMethod<Self>[]): MethodTable<Self> => {
  const table = new Map<string, JavaMethod<Self>[]>();
  for (const method of methods) {
    const overloads = table.get(method.name);
    if (overloads === undefined) table.set(method.name, [method]);
    else overloads.push(method);
  }
  return table;
};

/** Undefined when no method of that name takes these arguments: Velocity then has no value. @throws JavaFailure */
export const invokeMethod = <Self>(
  table: MethodTable<Self>,
  self: Self,
  name: string,
  args: readonly JavaValue[],
  budget: Budget,
): JavaValue | undefined =>
  table
    .get(name)
    ?.find(({ parameters }) => acceptsAll(parameters, args))
    ?.run(self, new Arguments(args, budget));

const acceptsAll = (parameters: readonly ParameterType[], args: readonly JavaValue[]): boolean => {
  if (parameters.at(-1) === 'rest') return args.length >= parameters.length - 1 && acceptsEach(parameters, args);
  return parameters.length === args.length && acceptsEach(parameters, args);
};

const acceptsEach = (parameters: readonly ParameterType[], args: readonly JavaValue[]): boolean =>
  args.every((arg, index) => accepts(parameters[index] ?? 'any', arg));

const accepts = (parameter: ParameterType, arg: JavaValue): boolean => {
  switch (parameter) {
    case 'int':
      return arg instanceof JavaInteger && arg.type === 'Integer';
    case 'long':
      return arg instanceof JavaInteger && arg.type !== 'BigInteger';
    case 'double':
      return arg instanceof JavaReal || (arg instanceof JavaInteger && arg.type !== 'BigInteger');
    case 'char':
      return arg instanceof JavaChar;
    case 'text':
      return typeof arg === 'string' || arg === null;
    case 'map':
      return arg instanceof JavaMap || arg === null;
    case 'collection':
      return arg instanceof JavaList || arg instanceof JavaView || arg === null;
    case 'any':
    case 'rest':
      return true;
  }
};

// Lists, arrays and iterators as templates call them, and what all collections answer. A method that Java declares
// void gives the empty string, which Velocity prints for it; an index out of range or an unsupported change fails.
import type { Budget } from './budget.ts';
import { javaEquals } from './java-equality.ts';
import { JavaFailure } from './java-failure.ts';
import { type Arguments, type JavaMethod, methodTable, type ParameterType } from './java-method.ts';
import { int, JavaInteger } from './java-number.ts';
import { javaText } from './java-text.ts';
import { JavaArray, JavaIterator, JavaList, type JavaValue, type JavaView } from './java-value.ts';

type Run<Self> = (self: Self, args: Arguments) => JavaValue;

export const method = <Self>(name: string, parameters: readonly ParameterType[], run: Run<Self>): JavaMethod<Self> => ({
  name,
  parameters,
  run,
});

export const VOID = '';
/** What one list of a template may hold. */
export const MAX_ITEMS = 1_000_000;

const itemAt = (items: readonly JavaValue[], index: number): JavaValue => {
  const item = items[index];
  if (item !== undefined) return item;
  throw new JavaFailure(`IndexOutOfBoundsException: Index: ${index}, Size: ${items.length}`);
};

const setAt = (items: JavaValue[], index: number, value: JavaValue): JavaValue => {
  const before = itemAt(items, index);
  items[index] = value;
  return before;
};

const find = (items: readonly JavaValue[], value: JavaValue, budget: Budget): number =>
  items.findIndex((item) => javaEquals(item, value, budget));

export const has = (items: readonly JavaValue[], value: JavaValue, budget: Budget): boolean =>
  find(items, value, budget) !== -1;

const insert = (list: JavaList, index: number, values: readonly JavaValue[], budget: Budget): boolean => {
  if (index < 0 || index > list.items.length) itemAt([], index);
  if (list.items.length + values.length > MAX_ITEMS) throw new JavaFailure('a list holds too many elements');
  budget.step(values.length);
  const rest = list.items.splice(index);
  for (const value of values) list.items.push(value);
  for (const value of rest) list.items.push(value);
  return values.length > 0;
};

const keep = (items: JavaValue[], keeps: (item: JavaValue) => boolean): boolean => {
  const kept = items.filter(keeps);
  const changed = kept.length !== items.length;
  items.length = 0;
  for (const item of kept) items.push(item);
  return changed;
};

const subList = (list: JavaList, from: number, to: number): JavaList => {
  if (from < 0 || to > list.items.length || from > to) itemAt([], from < 0 ? from : to);
  return new JavaList(list.items.slice(from, to));
};

interface Collection {
  readonly items: JavaValue[];
}

/** What every collection answers, arrays included, which Velocity wraps. */
export const READING: readonly JavaMethod<Collection & (JavaList | JavaView | JavaArray)>[] = [
  method('size', [], (self) => int(self.items.length)),
  method('isEmpty', [], (self) => self.items.length === 0),
  method('contains', ['any'], (self, args) => has(self.items, args.value(0), args.budget)),
  method('containsAll', ['collection'], (self, args) => {
    const items = self.items;
    return args.items(0).every((value) => has(items, value, args.budget));
  }),
  method('iterator', [], (self) => new JavaIterator([...self.items])),
  method('equals', ['any'], (self, args) => javaEquals(self, args.value(0), args.budget)),
  method('toString', [], (self, args) => javaText(self, args.budget)),
];

const INDEXED: readonly JavaMethod<JavaList | JavaArray>[] = [
  method('get', ['int'], (self, args) => itemAt(self.items, args.number(0))),
  method('set', ['int', 'any'], (self, args) => setAt(self.items, args.number(0), args.value(1))),
  method('indexOf', ['any'], (self, args) => int(find(self.items, args.value(0), args.budget))),
  method('lastIndexOf', ['any'], (self, args) =>
    int(self.items.findLastIndex((item) => javaEquals(item, args.value(0), args.budget))),
  ),
];

export const unsupported = (): never => {
  throw new JavaFailure('UnsupportedOperationException: neither an array nor a view of a map takes elements');
};

/** Velocity wraps an array as a list of fixed size. */
export const ARRAY_METHODS = methodTable<JavaArray>([
  ...READING,
  ...INDEXED,
  method('add', ['any'], unsupported),
  method('addAll', ['collection'], unsupported),
  method('remove', ['any'], unsupported),
  method('clear', [], unsupported),
]);

export const LIST_METHODS = methodTable<JavaList>([
  ...READING,
  ...INDEXED,
  method('add', ['any'], (self, args) => insert(self, self.items.length, [args.value(0)], args.budget)),
  method('add', ['int', 'any'], (self, args) => {
    insert(self, args.number(0), [args.value(1)], args.budget);
    return VOID;
  }),
  method('addAll', ['collection'], (self, args) => insert(self, self.items.length, [...args.items(0)], args.budget)),
  method('addAll', ['int', 'collection'], (self, args) =>
    insert(self, args.number(0), [...args.items(1)], args.budget),
  ),
  method('remove', ['int'], (self, args) => {
    const before = itemAt(self.items, args.number(0));
    self.items.splice(args.number(0), 1);
    return before;
  }),
  method('remove', ['any'], (self, args) => {
    const index = find(self.items, args.value(0), args.budget);
    if (index !== -1) self.items.splice(index, 1);
    return index !== -1;
  }),
  method('removeAll', ['collection'], (self, args) => {
    const others = [...args.items(0)];
    return keep(self.items, (item) => !has(others, item, args.budget));
  }),
  method('retainAll', ['collection'], (self, args) => {
    const others = [...args.items(0)];
    return keep(self.items, (item) => has(others, item, args.budget));
  }),
  method('clear', [], (self) => {
    self.items.length = 0;
    return VOID;
  }),
  method('subList', ['int', 'int'], (self, args) => subList(self, args.number(0), args.number(1))),
  method('toArray', [], (self) => new JavaArray([...self.items], '[Ljava.lang.Object;')),
  method('toJSONString', [], (self, args) => (self.isJson ? javaText(self, args.budget) : null)),
]);

export const ITERATOR_METHODS = methodTable<JavaIterator>([
  method('hasNext', [], (self) => self.hasNext),
  method('next', [], (self) => {
    const item = self.next();
    if (item === undefined) throw new JavaFailure('NoSuchElementException');
    return item;
  }),
]);

/** The index Velocity uses for `$list[-1]`: from the end when negative. */
export const indexFromEnd = (argument: JavaValue, size: number): JavaValue =>
  argument instanceof JavaInteger && argument.type === 'Integer' && argument.value < 0n
    ? int(size + Number(argument.value))
    : argument;

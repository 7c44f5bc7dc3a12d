// Maps, lists, arrays and their views as templates call them. A method that Java declares void gives the empty
// string, which Velocity prints for it; an index out of range or an unsupported change fails.
import type { Budget } from './budget.ts';
import { javaEquals } from './java-equality.ts';
import { JavaFailure } from './java-failure.ts';
import { type Arguments, type JavaMethod, methodTable, type ParameterType } from './java-method.ts';
import { int, JavaInteger } from './java-number.ts';
import { javaText, jsonText } from './java-text.ts';
import {
  JavaArray,
  type JavaEntry,
  JavaIterator,
  JavaList,
  type JavaMap,
  type JavaValue,
  JavaView,
} from './java-value.ts';

type Run<Self> = (self: Self, args: Arguments) => JavaValue;

const method = <Self>(name: string, parameters: readonly ParameterType[], run: Run<Self>): JavaMethod<Self> => ({
  name,
  parameters,
  run,
});

const VOID = '';
/** What one list of a template may hold. */
const MAX_ITEMS = 1_000_000;

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

const has = (items: readonly JavaValue[], value: JavaValue, budget: Budget): boolean =>
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
const READING: readonly JavaMethod<Collection & (JavaList | JavaView | JavaArray)>[] = [
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

export const ARRAY_METHODS = methodTable<JavaArray>([...READING, ...INDEXED]);

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
  method('toJSONString', [], (self, args) => (self.isJson ? jsonText(self, args.budget) : null)),
]);

export const VIEW_METHODS = methodTable<JavaView>([
  ...READING,
  method('toArray', [], (self) => new JavaArray([...self.items], '[Ljava.lang.Object;')),
  method('remove', ['any'], (self, args) => {
    const entry = self.map
      .entries()
      .find((candidate) => javaEquals(viewed(self, candidate), args.value(0), args.budget));
    if (entry !== undefined) self.map.remove(entry.key);
    return entry !== undefined;
  }),
  method('clear', [], (self) => {
    self.map.clear();
    return VOID;
  }),
  method('add', ['any'], () => {
    throw new JavaFailure('UnsupportedOperationException: a view of a map takes no elements');
  }),
]);

const viewed = (view: JavaView, entry: JavaEntry): JavaValue =>
  view.part === 'entries' ? entry : view.part === 'keys' ? entry.key : entry.value;

const put = (map: JavaMap, key: JavaValue, value: JavaValue, budget: Budget): JavaValue => {
  budget.step();
  if (map.size >= MAX_ITEMS && !map.has(key)) throw new JavaFailure('a map holds too many entries');
  return map.put(key, value);
};

export const MAP_METHODS = methodTable<JavaMap>([
  method('get', ['any'], (self, args) => self.get(args.value(0))),
  method('getOrDefault', ['any', 'any'], (self, args) =>
    self.has(args.value(0)) ? self.get(args.value(0)) : args.value(1),
  ),
  method('put', ['any', 'any'], (self, args) => put(self, args.value(0), args.value(1), args.budget)),
  method('putIfAbsent', ['any', 'any'], (self, args) => {
    const before = self.get(args.value(0));
    if (before === null) put(self, args.value(0), args.value(1), args.budget);
    return before;
  }),
  method('putAll', ['map'], (self, args) => {
    for (const { key, value } of args.map(0).entries()) put(self, key, value, args.budget);
    return VOID;
  }),
  method('replace', ['any', 'any'], (self, args) =>
    self.has(args.value(0)) ? self.put(args.value(0), args.value(1)) : null,
  ),
  method('remove', ['any'], (self, args) => self.remove(args.value(0))),
  method('containsKey', ['any'], (self, args) => self.has(args.value(0))),
  method('containsValue', ['any'], (self, args) =>
    has(
      self.entries().map(({ value }) => value),
      args.value(0),
      args.budget,
    ),
  ),
  method('keySet', [], (self) => new JavaView(self, 'keys')),
  method('values', [], (self) => new JavaView(self, 'values')),
  method('entrySet', [], (self) => new JavaView(self, 'entries')),
  method('size', [], (self) => int(self.size)),
  method('isEmpty', [], (self) => self.size === 0),
  method('clear', [], (self) => {
    self.clear();
    return VOID;
  }),
  method('equals', ['any'], (self, args) => javaEquals(self, args.value(0), args.budget)),
  method('toString', [], (self, args) => javaText(self, args.budget)),
]);

export const ENTRY_METHODS = methodTable<JavaEntry>([
  method('getKey', [], (self) => self.key),
  method('getValue', [], (self) => self.value),
  method('setValue', ['any'], (self, args) => {
    const before = self.value;
    self.value = args.value(0);
    return before;
  }),
  method('equals', ['any'], (self, args) => javaEquals(self, args.value(0), args.budget)),
  method('toString', [], (self, args) => javaText(self, args.budget)),
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

// Maps, their entries and the views `keySet()`, `values()` and `entrySet()`, which follow their map.
import type { Budget } from './budget.ts';
import { has, MAX_ITEMS, method, READING, unsupported, VOID } from './collection-methods.ts';
import { javaEquals } from './java-equality.ts';
import { JavaFailure } from './java-failure.ts';
import { methodTable } from './java-method.ts';
import { int } from './java-number.ts';
import { javaText } from './java-text.ts';
import { JavaArray, type JavaEntry, type JavaMap, type JavaValue, JavaView } from './java-value.ts';

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
  method('removeAll', ['collection'], (self, args) => {
    const others = [...args.items(0)];
    return keepViewed(self, (item) => !has(others, item, args.budget));
  }),
  method('retainAll', ['collection'], (self, args) => {
    const others = [...args.items(0)];
    return keepViewed(self, (item) => has(others, item, args.budget));
  }),
  method('add', ['any'], unsupported),
  method('addAll', ['collection'], unsupported),
]);

const viewed = (view: JavaView, entry: JavaEntry): JavaValue =>
  view.part === 'entries' ? entry : view.part === 'keys' ? entry.key : entry.value;

const keepViewed = (view: JavaView, keeps: (item: JavaValue) => boolean): boolean => {
  const before = view.map.size;
  for (const entry of view.map.entries()) if (!keeps(viewed(view, entry))) view.map.remove(entry.key);
  return view.map.size !== before;
};

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

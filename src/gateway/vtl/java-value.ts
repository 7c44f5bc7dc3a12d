// Every value a template can hold. Templates never touch a JavaScript object: what they read is null, a boolean, a
// string, one of Java's numbers, or an instance of the classes here, and only their declared methods answer.
import { JavaDecimal, JavaInteger, type JavaNumber, JavaReal } from './java-number.ts';

export type JavaValue = null | boolean | string | JavaNumber | JavaChar | JavaObject;

export type JavaObject = JavaMap | JavaList | JavaView | JavaArray | JavaEntry | JavaIterator | JavaHost;

/** `java.lang.Character`: equals no String in Java, although Velocity's `==` compares their texts. */
export class JavaChar {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

/** `Map.Entry`; it is also how a JavaMap stores an entry, so that setting its value reaches the map. */
export class JavaEntry {
  readonly key: JavaValue;
  value: JavaValue;

  constructor(key: JavaValue, value: JavaValue) {
    this.key = key;
    this.value = value;
  }
}

/** `LinkedHashMap`: any value may be a key, and 1 is not "1". */
export class JavaMap {
  /** Renders as nothing, as the maps inside `$context` do on AWS. */
  readonly silent: boolean;
  readonly #entries = new Map<unknown, JavaEntry>();

  constructor(entries: Iterable<readonly [JavaValue, JavaValue]> = [], silent = false) {
    this.silent = silent;
    for (const [key, value] of entries) this.put(key, value);
  }

  get size(): number {
    return this.#entries.size;
  }

  has(key: JavaValue): boolean {
    return this.#entries.has(identity(key));
  }

  /** Null when absent, as in Java. */
  get(key: JavaValue): JavaValue {
    return this.#entries.get(identity(key))?.value ?? null;
  }

  /** The value it replaces, or null. */
  put(key: JavaValue, value: JavaValue): JavaValue {
    const known = this.#entries.get(identity(key));
    if (known === undefined) {
      this.#entries.set(identity(key), new JavaEntry(key, value));
      return null;
    }
    const before = known.value;
    known.value = value;
    return before;
  }

  remove(key: JavaValue): JavaValue {
    const before = this.get(key);
    this.#entries.delete(identity(key));
    return before;
  }

  clear(): void {
    this.#entries.clear();
  }

  entries(): JavaEntry[] {
    return [...this.#entries.values()];
  }
}

/** What makes two map keys one: type and value for scalars, the object itself otherwise. */
const identity = (key: JavaValue): unknown => {
  if (key instanceof JavaInteger) return `${key.type} ${key.value}`;
  if (key instanceof JavaReal) return `Double ${key.value}`;
  if (key instanceof JavaDecimal) return `BigDecimal ${key.unscaled} ${key.scale}`;
  if (key instanceof JavaChar) return `Character ${key.value}`;
  return typeof key === 'string' ? `String ${key}` : key;
};

/** `ArrayList`, or the array of a JSON document, which prints as JSON. */
export class JavaList {
  readonly items: JavaValue[];
  readonly isJson: boolean;

  constructor(items: JavaValue[], isJson = false) {
    this.items = items;
    this.isJson = isJson;
  }
}

/** What `keySet()`, `values()` and `entrySet()` return: it follows its map, and removing from it removes there. */
export class JavaView {
  readonly map: JavaMap;
  readonly part: 'keys' | 'values' | 'entries';

  constructor(map: JavaMap, part: 'keys' | 'values' | 'entries') {
    this.map = map;
    this.part = part;
  }

  get items(): JavaValue[] {
    const entries = this.map.entries();
    if (this.part === 'entries') return entries;
    return entries.map(({ key, value }) => (this.part === 'keys' ? key : value));
  }
}

/** A Java array, as `split` returns it: Velocity lets it answer a list's methods. */
export class JavaArray {
  readonly items: JavaValue[];
  /** As Java names it: `[Ljava.lang.String;`. */
  readonly className: string;

  constructor(items: JavaValue[], className = '[Ljava.lang.String;') {
    this.items = items;
    this.className = className;
  }
}

export class JavaIterator {
  readonly #items: readonly JavaValue[];
  #next = 0;

  constructor(items: readonly JavaValue[]) {
    this.#items = items;
  }

  get hasNext(): boolean {
    return this.#next < this.#items.length;
  }

  /** Undefined past the end. */
  next(): JavaValue | undefined {
    const item = this.#items[this.#next];
    this.#next += 1;
    return item;
  }
}

/** An object the engine gives to templates: `$input`, `$util`, `$foreach`, a `#define` block. */
export abstract class JavaHost {
  /** A property's value; null when there is none. */
  property(_name: string): JavaValue {
    return null;
  }

  /** Whether the property could be set. */
  setProperty(_name: string, _value: JavaValue): boolean {
    return false;
  }

  /** Undefined when there is no such method for these arguments. @throws JavaFailure when the method throws. */
  call(_method: string, _args: readonly JavaValue[]): JavaValue | undefined {
    return undefined;
  }

  /** `toString()`; null renders as nothing. */
  text(): string | null {
    return null;
  }
}

/** A collection's elements; undefined for anything else. */
export const itemsOf = (value: JavaValue): readonly JavaValue[] | undefined =>
  value instanceof JavaList || value instanceof JavaView || value instanceof JavaArray ? value.items : undefined;

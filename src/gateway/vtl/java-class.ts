// `$value.class.name`: the only thing of Java's reflection that templates are known to ask on API Gateway, to tell
// texts, numbers, lists and maps apart. Nothing can be made or called through it.
import { JavaDecimal, JavaInteger, JavaReal } from './java-number.ts';
import { JavaArray, JavaChar, JavaEntry, JavaHost, JavaList, JavaMap, type JavaValue, JavaView } from './java-value.ts';

const VIEWS = { keys: 'LinkedKeySet', values: 'LinkedValues', entries: 'LinkedEntrySet' } as const;

export class JavaClass extends JavaHost {
  readonly #name: string;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  override property(name: string): JavaValue {
    if (name === 'name') return this.#name;
    return name === 'simpleName' ? this.#name.replace(/^.*[.$]/, '') : null;
  }

  override call(method: string, args: readonly JavaValue[]): JavaValue | undefined {
    if (args.length > 0) return undefined;
    if (method === 'toString') return this.text();
    return method === 'getName' || method === 'getSimpleName'
      ? this.property(method.charAt(3).toLowerCase() + method.slice(4))
      : undefined;
  }

  override text(): string {
    return `class ${this.#name}`;
  }
}

/** The class of a value; undefined for what the engine itself gives to templates. */
export const classOf = (value: JavaValue): JavaClass | undefined => {
  const name = nameOf(value);
  return name === undefined ? undefined : new JavaClass(name);
};

const nameOf = (value: JavaValue): string | undefined => {
  if (typeof value === 'string') return 'java.lang.String';
  if (typeof value === 'boolean') return 'java.lang.Boolean';
  if (value instanceof JavaInteger) return `java.${value.type === 'BigInteger' ? 'math' : 'lang'}.${value.type}`;
  if (value instanceof JavaReal) return 'java.lang.Double';
  if (value instanceof JavaDecimal) return 'java.math.BigDecimal';
  if (value instanceof JavaChar) return 'java.lang.Character';
  if (value instanceof JavaMap) return 'java.util.LinkedHashMap';
  if (value instanceof JavaList) return value.isJson ? 'net.minidev.json.JSONArray' : 'java.util.ArrayList';
  if (value instanceof JavaArray) return value.className;
  if (value instanceof JavaEntry) return 'java.util.LinkedHashMap$Entry';
  return value instanceof JavaView ? `java.util.LinkedHashMap$${VIEWS[value.part]}` : undefined;
};

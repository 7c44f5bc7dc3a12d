// `$foreach`: the loop's index, count and neighbours, and a place for the loop's own properties.
import { int } from './java-number.ts';
import { JavaHost, JavaMap, type JavaValue } from './java-value.ts';

export class LoopScope extends JavaHost {
  /** What `$foreach` was before: the outer loop's scope or a value of the template. */
  readonly replaced: JavaValue;
  readonly #own = new JavaMap();
  #index = 0;
  #hasNext = false;

  constructor(replaced: JavaValue) {
    super();
    this.replaced = replaced;
  }

  move(index: number, hasNext: boolean): void {
    this.#index = index;
    this.#hasNext = hasNext;
  }

  override property(name: string): JavaValue {
    switch (name) {
      case 'index':
        return int(this.#index);
      case 'count':
        return int(this.#index + 1);
      case 'hasNext':
        return this.#hasNext;
      case 'first':
        return this.#index === 0;
      case 'last':
        return !this.#hasNext;
      case 'parent':
        return this.replaced instanceof LoopScope ? this.replaced : null;
      case 'topmost':
        return this.#topmost();
      default:
        return this.#owned(name);
    }
  }

  #topmost(): LoopScope {
    let scope: LoopScope = this;
    while (scope.replaced instanceof LoopScope) scope = scope.replaced;
    return scope;
  }

  #owned(name: string): JavaValue {
    if (this.#own.has(name)) return this.#own.get(name);
    return this.replaced instanceof LoopScope ? this.replaced.#owned(name) : null;
  }

  override setProperty(name: string, value: JavaValue): boolean {
    this.#own.put(name, value);
    return true;
  }

  override call(method: string, args: readonly JavaValue[]): JavaValue | undefined {
    const [key = null, value = null] = args;
    if (args.length === 0) return this.#accessor(method);
    if (method === 'get' && args.length === 1) return typeof key === 'string' ? this.#owned(key) : null;
    return method === 'put' && args.length === 2 ? this.#own.put(key, value) : undefined;
  }

  /** `hasNext()`, `isLast()`, `getIndex()`. */
  #accessor(method: string): JavaValue | undefined {
    const name = method.replace(/^(?:get|is)(?=[A-Z])/, '');
    const property = name.charAt(0).toLowerCase() + name.slice(1);
    const known = ['index', 'count', 'hasNext', 'first', 'last', 'parent', 'topmost'];
    return known.includes(property) && (name !== method || method === 'hasNext') ? this.property(property) : undefined;
  }
}

// Fills {{apiId}}, {{backend:x}}, {{jwt:name}} and the like anywhere in a case, keys included.

import type { Json } from './case-format.ts';

/** Gives the text of a placeholder: `backend` and `x` for `{{backend:x}}`; undefined when it names nothing. */
export type Resolve = (name: string, argument: string | undefined) => string | undefined;

/**
 * A copy of `value` with every placeholder replaced.
 * @throws Error for a placeholder that resolves to nothing.
 */
export function fill<T>(value: T, resolve: Resolve): T {
  return fillAny(value as Json, resolve) as T;
}

function fillAny(value: Json, resolve: Resolve): Json {
  if (typeof value === 'string') return fillText(value, resolve);
  if (Array.isArray(value)) return value.map((item) => fillAny(item, resolve));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [fillText(key, resolve), fillAny(item, resolve)]),
    );
  }
  return value;
}

function fillText(text: string, resolve: Resolve): string {
  return text.replace(/\{\{([A-Za-z]+)(?::([^{}]*))?\}\}/g, (whole, name: string, argument: string | undefined) => {
    const found = resolve(name, argument);
    if (found === undefined) throw new Error(`the case names ${whole}, which stands for nothing here`);
    return found;
  });
}

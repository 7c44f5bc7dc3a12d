// Query strings as API Gateway reads them: form-encoded, order and duplicates kept, a broken escape left as it came.

export type QueryList = readonly (readonly [name: string, value: string])[];

/** Names and values, form-decoded. A name without `=` has the empty value. */
export function parseQuery(rawQuery: string): QueryList {
  if (rawQuery === '') return [];
  const list: [string, string][] = [];
  for (const part of rawQuery.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    list.push(
      equals === -1 ? [formDecode(part), ''] : [formDecode(part.slice(0, equals)), formDecode(part.slice(equals + 1))],
    );
  }
  return list;
}

/** Decodes `+` and percent escapes as UTF-8; bytes that are no UTF-8 become U+FFFD, broken escapes stay. */
export function formDecode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return percentDecode(spaced);
}

/** Percent escapes decoded as UTF-8; never throws. */
export function percentDecode(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

/** Percent-encodes a name or value; lone surrogates become U+FFFD instead of throwing. */
export function encodeComponent(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

/** One value per name, the last one: the single-value maps of events. */
export function lastValues(list: QueryList): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of list) setOwn(values, name, value);
  return values;
}

/** All values per name, in order: the multi-value maps of events. */
export function allValues(list: QueryList): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of list) {
    const known = Object.hasOwn(values, name) ? values[name] : undefined;
    if (known === undefined) setOwn(values, name, [value]);
    else known.push(value);
  }
  return values;
}

/** The values of each name in order, joined by commas: the maps of payload format 2.0. */
export function joinedValues(list: QueryList): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of list) {
    const known = Object.hasOwn(values, name) ? values[name] : undefined;
    setOwn(values, name, known === undefined ? value : `${known},${value}`);
  }
  return values;
}

/** Sets a property that a client named: `__proto__` too must become an own one, never the prototype. */
export function setOwn<T>(target: Record<string, T>, name: string, value: T): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}

// From JSON to what Dynamoose stores: dates become Date, sets Set, base64 Buffer. Stricter than Dynamoose in one thing:
// an attribute that the schema does not name is refused, where Dynamoose would drop it without a word. It imports
// nothing at run time, so that the same file serves the CLI and, copied by `apigen types`, the project's handlers.

import type { AttributeSpec, AttributeType, SchemaSpec, ValueSpec } from '../attribute-spec.ts';

/** What is wrong with one value: `{ path: 'maker.country', message: 'must be a string' }`. */
export interface DecodeProblem {
  /** Attributes and list positions from the item's root, joined by dots; empty for the item itself. */
  readonly path: string;
  /** Goes on from the path. */
  readonly message: string;
}

export type Decoded =
  | { readonly item: Readonly<Record<string, unknown>>; readonly problems?: never }
  | { readonly problems: readonly DecodeProblem[]; readonly item?: never };

export interface DecodeOptions {
  /** Required attributes may be missing, as in the body of a PATCH. */
  readonly partial?: boolean;
}

/**
 * Decodes one item.
 *
 * @param schemas of one model; the item need match only one of several
 * @param json as JSON.parse gives it
 */
export function decodeItem(schemas: readonly SchemaSpec[], json: unknown, options: DecodeOptions = {}): Decoded {
  let fewest: readonly DecodeProblem[] | undefined;
  for (const { attributes, open } of schemas) {
    const problems: DecodeProblem[] = [];
    const item = decodeObject(attributes, open, json, '', problems, options.partial === true);
    if (problems.length === 0) return { item: item as Readonly<Record<string, unknown>> };
    if (fewest === undefined || problems.length < fewest.length) fewest = problems;
  }
  return { problems: fewest ?? [{ path: '', message: 'has no schema' }] };
}

type Problems = DecodeProblem[];

function decodeObject(
  attributes: readonly AttributeSpec[],
  open: boolean,
  json: unknown,
  path: string,
  problems: Problems,
  partial = false,
): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return refuse(problems, path, `must be an object, not ${shown(json)}`);
  }
  const given = new Map(Object.entries(json));
  const item: Record<string, unknown> = {};
  for (const attribute of attributes) {
    const at = path === '' ? attribute.name : `${path}.${attribute.name}`;
    if (given.has(attribute.name))
      put(item, attribute.name, decodeAttribute(attribute, given.get(attribute.name), at, problems));
    else if (!partial && isRequired(attribute)) problems.push({ path: at, message: 'is required' });
    given.delete(attribute.name);
  }
  for (const [name, value] of given) {
    if (open) put(item, name, value);
    else problems.push({ path: path === '' ? name : `${path}.${name}`, message: 'is no attribute of the model' });
  }
  return item;
}

/** `__proto__` is a name as any other. */
function put(item: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(item, name, { value, enumerable: true, writable: true, configurable: true });
}

const isRequired = ({ required, key }: AttributeSpec): boolean => required || key === 'hash' || key === 'range';

function decodeAttribute(attribute: AttributeSpec, json: unknown, path: string, problems: Problems): unknown {
  return decodeOneOf(attribute.values, json, path, problems, attribute.key !== undefined);
}

/** The first of several types that takes the value; the problems of the last where none does. */
function decodeOneOf(
  values: readonly ValueSpec[],
  json: unknown,
  path: string,
  problems: Problems,
  isKey = false,
): unknown {
  let last: Problems = [];
  for (const value of values) {
    const mine: Problems = [];
    const decoded = decodeValue(value, json, path, mine, isKey);
    if (mine.length === 0) return decoded;
    last = mine;
  }
  problems.push(...last);
  return undefined;
}

function decodeValue(value: ValueSpec, json: unknown, path: string, problems: Problems, isKey: boolean): unknown {
  const before = problems.length;
  const decoded = decodeType(value.type, json, path, problems);
  if (problems.length > before) return undefined;
  if (isKey && json === '') return refuse(problems, path, 'must not be empty: it is part of a key');
  if (value.enum !== undefined && !value.enum.includes(json as never)) {
    return refuse(problems, path, `must be one of ${value.enum.map((one) => JSON.stringify(one)).join(', ')}`);
  }
  if (value.pattern !== undefined && typeof json === 'string' && !new RegExp(value.pattern, 'u').test(json)) {
    return refuse(problems, path, `must match ${value.pattern}`);
  }
  return decoded;
}

function decodeType(type: AttributeType, json: unknown, path: string, problems: Problems): unknown {
  switch (type.kind) {
    case 'string':
    case 'combine':
      return typeof json === 'string' ? json : refuse(problems, path, `must be a string, not ${shown(json)}`);
    case 'number':
      return typeof json === 'number' && Number.isFinite(json)
        ? json
        : refuse(problems, path, `must be a number, not ${shown(json)}`);
    case 'boolean':
      return typeof json === 'boolean' ? json : refuse(problems, path, `must be true or false, not ${shown(json)}`);
    case 'null':
      return json === null ? null : refuse(problems, path, `must be null, not ${shown(json)}`);
    case 'constant':
      return json === type.value ? json : refuse(problems, path, `must be ${JSON.stringify(type.value)}`);
    case 'date':
      return decodeDate(json, path, problems);
    case 'binary':
      return decodeBinary(json, path, problems);
    case 'any':
      return type.deep || ['string', 'number', 'boolean'].includes(typeof json)
        ? json
        : refuse(problems, path, `must be a string, a number or a boolean, not ${shown(json)}`);
    case 'set':
      return decodeSet(type.of, json, path, problems);
    case 'array':
      return decodeArray(type.items, json, path, problems);
    case 'object':
      return decodeObject(type.attributes, type.open, json, path, problems);
    case 'reference':
      return decodeReference(type.key, json, path, problems);
  }
}

/** RFC 3339, as JSON Schema's `date-time`. */
const dateTime =
  /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

function decodeDate(json: unknown, path: string, problems: Problems): unknown {
  const date = typeof json === 'string' && dateTime.test(json) ? new Date(json.toUpperCase()) : undefined;
  // 31 February has the form of a date, and JavaScript would take it for a day of March.
  const isOnCalendar = date !== undefined && !Number.isNaN(date.getTime()) && isDayOf(String(json));
  return isOnCalendar ? date : refuse(problems, path, `must be a time as 2026-01-31T12:00:00Z, not ${shown(json)}`);
}

function isDayOf(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decodeBinary(json: unknown, path: string, problems: Problems): unknown {
  if (typeof json === 'string' && base64.test(json)) return Buffer.from(json, 'base64');
  return refuse(problems, path, `must be base64, not ${shown(json)}`);
}

function decodeSet(of: AttributeType, json: unknown, path: string, problems: Problems): unknown {
  if (!Array.isArray(json)) return refuse(problems, path, `must be a list, not ${shown(json)}`);
  if (json.length === 0) return refuse(problems, path, 'must not be empty: DynamoDB has no empty sets');
  if (new Set(json.map((one) => JSON.stringify(one))).size < json.length) {
    return refuse(problems, path, 'must hold each value once: it is a set');
  }
  return new Set(json.map((one, index) => decodeType(of, one, `${path}.${index}`, problems)));
}

/** Without a schema Dynamoose stores an empty list, whatever it was given. */
function decodeArray(
  items: readonly ValueSpec[] | undefined,
  json: unknown,
  path: string,
  problems: Problems,
): unknown {
  if (!Array.isArray(json)) return refuse(problems, path, `must be a list, not ${shown(json)}`);
  if (items !== undefined) return json.map((one, index) => decodeOneOf(items, one, `${path}.${index}`, problems));
  return json.length === 0 ? json : refuse(problems, path, 'must be empty: the model says nothing of what it holds');
}

/** An item of another model is stored as its key: the hash key alone, or an object of hash and range key. */
function decodeReference(key: readonly AttributeSpec[], json: unknown, path: string, problems: Problems): unknown {
  const [hash, range] = key;
  if (hash === undefined) return json;
  return range === undefined
    ? decodeAttribute(hash, json, path, problems)
    : decodeObject(key, false, json, path, problems);
}

function refuse(problems: Problems, path: string, message: string): undefined {
  problems.push({ path, message });
  return undefined;
}

function shown(json: unknown): string {
  if (Array.isArray(json)) return 'a list';
  if (typeof json === 'object' && json !== null) return 'an object';
  const text = JSON.stringify(json) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

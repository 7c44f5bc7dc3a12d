// Written by `apigen types`. Do not edit: change apigen.yml or a model and run it again.
/* eslint-disable */
// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated

/** A value that JSON can hold. */
export type Literal = string | number | boolean;

export type AttributeType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'binary' | 'null' }
  /** `deep`: what objects and lists hold is kept; otherwise Dynamoose stores them empty. */
  | { readonly kind: 'any'; readonly deep: boolean }
  | { readonly kind: 'date'; readonly storage: 'milliseconds' | 'seconds' | 'iso' }
  | { readonly kind: 'constant'; readonly value: Literal }
  /** Computed from other attributes on every save. */
  | { readonly kind: 'combine'; readonly attributes: readonly string[]; readonly separator: string }
  | { readonly kind: 'set'; readonly of: AttributeType }
  /** Without `items` Dynamoose stores an empty list. */
  | { readonly kind: 'array'; readonly items?: readonly ValueSpec[] }
  /** `open`: attributes that the schema does not name are kept (`saveUnknown`). */
  | { readonly kind: 'object'; readonly attributes: readonly AttributeSpec[]; readonly open: boolean }
  /** The key of an item of another model, or of this one. */
  | { readonly kind: 'reference'; readonly model: string; readonly key: readonly AttributeSpec[] };

/** One of the types that a value may have, with what is asked of it then. */
export interface ValueSpec {
  readonly type: AttributeType;
  readonly enum?: readonly Literal[];
  /** From `validate` with a regular expression that has no flags. */
  readonly pattern?: string;
}

export interface AttributeSpec {
  readonly name: string;
  /** One, or several for an attribute that may have any of some types. */
  readonly values: readonly ValueSpec[];
  readonly required: boolean;
  /** `hash` and `range` of the table; `index` of a secondary index alone. */
  readonly key?: 'hash' | 'range' | 'index';
  /** Set when the model fills the attribute in; `value` where it is known without running anything. */
  readonly default?: { readonly value?: Literal };
  /** Written by Dynamoose: the time of creation, of the last update, or of expiry. */
  readonly role?: 'createdAt' | 'updatedAt' | 'expiresAt';
  /** Other names that Dynamoose takes for it. */
  readonly aliases?: readonly string[];
  readonly description?: string;
}

/** One schema of a model; single-table models have several. */
export interface SchemaSpec {
  readonly attributes: readonly AttributeSpec[];
  /** Attributes that the schema does not name are kept (`saveUnknown: true`). */
  readonly open: boolean;
}

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

/** What is looked at of a request; the events of every type of API have it. */
export interface SentBody {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** What a route takes of a model. */
export interface BodyRule {
  /** The attributes that are taken, of each of the model's schemas. */
  readonly attributes: readonly (readonly string[])[];
  /** Nothing is required. */
  readonly partial: boolean;
  /** Required by the model, and not of a body. */
  readonly optional?: readonly string[] | undefined;
}

/** A body that is not what its route asks for. Its name and status let `answering` make a 400 of it. */
export class InvalidBody extends Error {
  readonly statusCode = 400;
  readonly problems: readonly DecodeProblem[];

  constructor(problems: readonly DecodeProblem[]) {
    super(problems.map(({ path, message }) => `${path === '' ? 'The body' : path} ${message}`).join('; '));
    this.name = 'ValidationError';
    this.problems = problems;
  }
}

/**
 * The body as JSON, or decoded where its model is given. An empty body is an empty object, as for API Gateway.
 *
 * @throws InvalidBody
 */
export function bodyOf(request: SentBody, schemas?: readonly SchemaSpec[], rule?: BodyRule): unknown {
  const json = jsonOf(request);
  if (schemas === undefined || rule === undefined) return json;
  const taken = schemas.map(({ attributes, open }, index) => ({
    attributes: attributes
      .filter(({ name }) => rule.attributes[index]?.includes(name) === true)
      .map((one) => (rule.optional?.includes(one.name) === true ? loosened(one) : one)),
    open,
  }));
  const { item, problems } = decodeItem(taken, json, { partial: rule.partial });
  if (problems !== undefined) throw new InvalidBody(problems.map((problem) => explained(problem, schemas)));
  return item;
}

/** An attribute of the model that its route does not take. */
function explained(problem: DecodeProblem, schemas: readonly SchemaSpec[]): DecodeProblem {
  const isKnown = schemas.some(({ attributes }) => attributes.some(({ name }) => name === problem.path));
  const isSurplus = isKnown && problem.message === 'is no attribute of the model';
  return isSurplus ? { ...problem, message: 'is not taken here: the route leaves it out' } : problem;
}

/** A key stays one in what it may hold. */
function loosened({ key, ...attribute }: AttributeSpec): AttributeSpec {
  return { ...attribute, required: false, ...(key !== undefined && { key: 'index' }) };
}

function jsonOf({ body, isBase64Encoded }: SentBody): unknown {
  const text = isBase64Encoded === true ? Buffer.from(body ?? '', 'base64').toString() : (body ?? '');
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidBody([{ path: '', message: 'must be JSON' }]);
  }
}

// What a keyword of JSON Schema draft 4 says of a value that breaks it, in the words of the validator that API
// Gateway uses, which stand in `$context.error.validationErrorString`.
import type { ErrorObject } from 'ajv';
import { FORMATS } from './formats.ts';

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** A value as JSON; very long ones are cut, as nobody reads on. */
const shown = (value: unknown): string => JSON.stringify(value).slice(0, 1000);

const sorted = (names: readonly unknown[]): string => JSON.stringify([...names].sort());

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

/** The types that a schema allows: every integer is a number too. */
const allowed = (type: unknown): string => {
  const wanted: unknown[] = Array.isArray(type) ? type : [type];
  return JSON.stringify(
    TYPES.filter((one) => wanted.includes(one) || (one === 'integer' && wanted.includes('number'))),
  );
};

const sizeOf = (value: unknown): number =>
  typeof value === 'string' ? [...value].length : Object.keys(value as object).length;

/** `limit` is the keyword's value; `names` are the properties that are missing, or too many. */
type Words = (value: unknown, limit: unknown, names: readonly unknown[], error: ErrorObject) => string;

const WORDS: Readonly<Record<string, Words>> = {
  type: (value, type) =>
    `instance type (${typeOf(value)}) does not match any allowed primitive type (allowed: ${allowed(type)})`,
  enum: (value, possible) => `instance value (${shown(value)}) not found in enum (possible values: ${shown(possible)})`,
  required: (_, __, missing) => `object has missing required properties (${sorted(missing)})`,
  additionalProperties: (_, __, unwanted) =>
    `object instance has properties which are not allowed by the schema: ${sorted(unwanted)}`,
  dependencies: (_, __, missing, { params }) =>
    `property ${shown(params['property'])} of object has missing property dependencies (schema requires ${sorted(String(params['deps']).split(', '))}; missing: ${sorted(missing)})`,
  minLength: (value, limit) =>
    `string ${shown(value)} is too short (length: ${sizeOf(value)}, required minimum: ${limit})`,
  maxLength: (value, limit) =>
    `string ${shown(value)} is too long (length: ${sizeOf(value)}, maximum allowed: ${limit})`,
  pattern: (value, pattern) => `ECMA 262 regex ${shown(pattern)} does not match input string ${shown(value)}`,
  format: (value, name) => FORMATS.get(String(name))?.words(shown(value)) ?? `string is no ${name}`,
  minimum: (value, limit, _, { parentSchema }) =>
    parentSchema?.['exclusiveMinimum'] === true && value === limit
      ? `numeric instance is not strictly greater than the required minimum ${limit}`
      : `numeric instance is lower than the required minimum (minimum: ${limit}, found: ${value})`,
  maximum: (value, limit, _, { parentSchema }) =>
    parentSchema?.['exclusiveMaximum'] === true && value === limit
      ? `numeric instance is not strictly lower than the required maximum ${limit}`
      : `numeric instance is greater than the required maximum (maximum: ${limit}, found: ${value})`,
  multipleOf: (value, divisor) => `remainder of division is not zero (${value} / ${divisor})`,
  minItems: (value, limit) =>
    `array is too short: must have at least ${limit} elements but instance has ${sizeOf(value)} elements`,
  maxItems: (value, limit) =>
    `array is too long: must have at most ${limit} elements but instance has ${sizeOf(value)} elements`,
  uniqueItems: () => 'array must not contain duplicate elements',
  additionalItems: (value, _, __, { params }) =>
    `schema only allows ${params['limit']} elements in array but instance has ${sizeOf(value)} elements`,
  minProperties: (value, limit) =>
    `object has too few properties (found ${sizeOf(value)} but schema requires at least ${limit})`,
  maxProperties: (value, limit) =>
    `object has too many properties (found ${sizeOf(value)} but schema requires at most ${limit})`,
  anyOf: (_, schemas) => `instance failed to match at least one required schema among ${sizeOf(schemas)}`,
  oneOf: (_, schemas, __, { params }) =>
    `instance failed to match exactly one schema (matched ${Array.isArray(params['passingSchemas']) ? params['passingSchemas'].length : 0} out of ${sizeOf(schemas)})`,
  not: () => 'instance matched a schema which it should not have',
};

/** The words for one broken keyword of one value. */
export function wordsOf(error: ErrorObject, names: readonly unknown[]): string {
  const limit = error.parentSchema?.[error.keyword] as unknown;
  return WORDS[error.keyword]?.(error.data, limit, names, error) ?? error.message ?? error.keyword;
}

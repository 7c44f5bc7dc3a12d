// From JSON to what Dynamoose stores: JSON has no times, sets and bytes, and says them as text and as lists.
import { Refusal, timeOf } from './http.js';

/** The attributes of a body, those that are named read as they say and the others left as they are. */
export function fromJson(body, readings) {
  const read = Object.entries(body).map(([name, value]) => {
    const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
    return [name, reading === undefined ? value : reading(value, name)];
  });
  return Object.fromEntries(read);
}

/** `2026-01-31T12:00:00Z` */
export const asDate = (value, name) => {
  const date = typeof value === 'string' ? timeOf(value) : undefined;
  if (date !== undefined) return date;
  throw new Refusal(400, `${name} must be a time as 2026-01-31T12:00:00Z`);
};

/** Base64. */
export const asBytes = (value, name) => {
  if (typeof value === 'string' && /^[\w+/-]*={0,2}$/.test(value)) return Buffer.from(value, 'base64');
  throw new Refusal(400, `${name} must be base64`);
};

/** A list, each value read in the same way. */
export function asList(reading) {
  return (value, name) => listOf(value, name).map((one, index) => reading(one, `${name}.${index}`));
}

/** A set, which JSON has as a list. */
export function asSet(reading = (value) => value) {
  return (value, name) => new Set(listOf(value, name).map((one, index) => reading(one, `${name}.${index}`)));
}

/** An object within an item. */
export function asObject(readings) {
  return (value, name) => {
    if (typeof value !== 'object' || value === null) throw new Refusal(400, `${name} must be an object`);
    return fromJson(value, readings);
  };
}

function listOf(value, name) {
  if (Array.isArray(value)) return value;
  throw new Refusal(400, `${name} must be a list`);
}

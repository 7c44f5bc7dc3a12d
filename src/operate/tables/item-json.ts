// Stored items as JSON, the inverse of decoding: sets become lists, bytes base64, dates (where the model has them) RFC
// 3339. What `scan` prints, `seed` takes.

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** An attribute that holds a date, by path (`maker.since`, `days.0`), and how it is stored. */
export type DatePaths = ReadonlyMap<string, 'milliseconds' | 'seconds' | 'iso'>;

export type StoredItem = Record<string, AttributeValue>;

/** @param dates of the item's model; empty where it is not known */
export function itemJson(item: StoredItem, dates: DatePaths): Readonly<Record<string, unknown>> {
  // Numbers beyond what JavaScript holds exactly stay text.
  const native = unmarshall(item, { wrapNumbers: exactNumber as never });
  return Object.fromEntries(Object.entries(native).map(([name, value]) => [name, plain(value, name, dates)]));
}

function exactNumber(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(text) ? number : text;
}

function plain(value: unknown, path: string, dates: DatePaths): unknown {
  const storage = dates.get(path);
  if (storage !== undefined) return dateText(value, storage);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Set) return [...value].map((one) => plain(one, `${path}.0`, dates));
  if (Array.isArray(value)) return value.map((one) => plain(one, `${path}.0`, dates));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one, `${path}.${name}`, dates)]));
}

function dateText(value: unknown, storage: 'milliseconds' | 'seconds' | 'iso'): unknown {
  if (storage === 'iso' || typeof value !== 'number') return value;
  const date = new Date(storage === 'seconds' ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
}

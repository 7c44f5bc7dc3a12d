// The type of a JSON value that is known, as far as another value of its kind would have it too: `{ full: true }` is
// `{ full: boolean }`.

import { arrayType, objectType, unionType } from './type-text.ts';

export function jsonValueType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'unknown[]' : arrayType(unionType(value.map(jsonValueType)));
  if (typeof value === 'object') {
    return objectType(Object.entries(value).map(([name, inner]) => ({ name, type: jsonValueType(inner) })));
  }
  return ['string', 'number', 'boolean'].includes(typeof value) ? typeof value : 'unknown';
}

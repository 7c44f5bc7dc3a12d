// Equality, order and containment of attribute values. Numbers are kept in one way of writing, so equal ones are equal
// texts. Texts are ordered by their bytes in UTF-8.

import { type AttributeValue, arithmetic } from '../dynalite.ts';
import { typeOf } from './syntax.ts';

/** Of sets whatever their order, of lists and maps down to the last value. */
export function areEqual(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  const [x, y] = [a[type], b[type]];
  if (type === 'L') return listsEqual(x as readonly AttributeValue[], y as readonly AttributeValue[]);
  if (type === 'M') return mapsEqual(x as MapValue, y as MapValue);
  if (Array.isArray(x) && Array.isArray(y)) return x.length === y.length && x.every((value) => y.includes(value));
  return x === y;
}

type MapValue = Readonly<Record<string, AttributeValue>>;

const listsEqual = (a: readonly AttributeValue[], b: readonly AttributeValue[]): boolean =>
  a.length === b.length &&
  a.every((value, index) => {
    const other = b[index];
    return other !== undefined && areEqual(value, other);
  });

function mapsEqual(a: MapValue, b: MapValue): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const [x, y] = [a[name], Object.hasOwn(b, name) ? b[name] : undefined];
      return x !== undefined && y !== undefined && areEqual(x, y);
    })
  );
}

/** Negative, zero or positive; `undefined`: of other types, or of one that has no order. */
export function orderOf(a: AttributeValue, b: AttributeValue): number | undefined {
  const type = typeOf(a);
  if (type !== typeOf(b)) return undefined;
  if (type === 'S' || type === 'B') return Buffer.compare(bytesOf(a), bytesOf(b));
  if (type !== 'N') return undefined;
  const [x, y] = [arithmetic.toLexiStr(String(a['N']), 'N'), arithmetic.toLexiStr(String(b['N']), 'N')];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The bytes of a text or of bytes. */
export const bytesOf = (value: AttributeValue): Buffer =>
  value['B'] === undefined ? Buffer.from(String(value['S']), 'utf8') : Buffer.from(String(value['B']), 'base64');

export function beginsWith(value: AttributeValue, start: AttributeValue): boolean {
  const type = typeOf(value);
  if (type !== typeOf(start) || (type !== 'S' && type !== 'B')) return false;
  const wanted = bytesOf(start);
  return bytesOf(value).subarray(0, wanted.length).equals(wanted);
}

/** A text in a text, bytes in bytes, a member of a set, a value of a list. */
export function contains(value: AttributeValue, wanted: AttributeValue): boolean {
  const type = typeOf(value);
  const wantedType = typeOf(wanted);
  if (type === 'L') return (value['L'] as readonly AttributeValue[]).some((member) => areEqual(member, wanted));
  if (type === wantedType && (type === 'S' || type === 'B')) return bytesOf(value).includes(bytesOf(wanted));
  return type === `${wantedType}S` && (value[type] as readonly unknown[]).includes(wanted[wantedType]);
}

/** What `size()` says of it; `undefined`: it has none. */
export function sizeOf(value: AttributeValue): number | undefined {
  const type = typeOf(value);
  const content = value[type];
  if (type === 'S') return String(content).length;
  if (type === 'B') return bytesOf(value).length;
  if (Array.isArray(content)) return content.length;
  return type === 'M' ? Object.keys(content as object).length : undefined;
}

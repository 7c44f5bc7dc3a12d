// The size of an item as DynamoDB counts it, which may be 400 KB.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { StoredItem } from './item-json.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const LARGEST_ITEM_BYTES = 400 * 1024;

/** Bytes; of numbers an upper bound, since DynamoDB's own figure is an approximation too. */
export const itemBytes = (item: StoredItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + utf8(name) + valueBytes(value), 0);

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return utf8(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.SS !== undefined) return total(value.SS, utf8);
  if (value.NS !== undefined) return total(value.NS, numberBytes);
  if (value.BS !== undefined) return total(value.BS, ({ byteLength }) => byteLength);
  // A list or map takes 3 bytes, and 1 for each of what it holds.
  if (value.L !== undefined) return 3 + total(value.L, (one) => 1 + valueBytes(one));
  if (value.M !== undefined) {
    return 3 + total(Object.entries(value.M), ([name, one]) => 1 + utf8(name) + valueBytes(one));
  }
  return 1;
}

const utf8 = (text: string): number => Buffer.byteLength(text, 'utf8');

const numberBytes = (text: string): number => Math.ceil(text.replace(/[^0-9]/g, '').length / 2) + 1;

const total = <T>(list: readonly T[], bytes: (one: T) => number): number =>
  list.reduce((sum, one) => sum + bytes(one), 0);

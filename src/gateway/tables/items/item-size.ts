// The size of an item as DynamoDB counts it (developer guide, "DynamoDB item sizes and formats"): names and texts by their
// bytes in UTF-8.

import { type AttributeValue, arithmetic, type Item } from '../dynalite.ts';
import { typeOf } from '../expressions/syntax.ts';

/** Bytes. */
export function itemSize(item: Item): number {
  let size = 0;
  for (const [name, value] of Object.entries(item)) size += Buffer.byteLength(name) + valueSize(value);
  return size;
}

function valueSize(value: AttributeValue): number {
  const type = typeOf(value);
  const content = value[type];
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'B':
      return Buffer.byteLength(String(content), 'base64');
    case 'N':
      // Of numbers dynalite's own count, which was measured on AWS.
      return arithmetic.itemSize({ '': value });
    case 'SS':
    case 'NS':
    case 'BS':
      return (content as readonly string[]).reduce((sum, member) => sum + valueSize({ [type.charAt(0)]: member }), 0);
    case 'L':
      return (content as readonly AttributeValue[]).reduce((sum, member) => sum + 1 + valueSize(member), 3);
    case 'M':
      return 3 + Object.keys(content as object).length + itemSize(content as Item);
    default:
      return 1;
  }
}

// The bounds of BETWEEN, as far as they are known before there is an item.

import { orderOf } from './compare-values.ts';
import { type Operand, typeOf } from './syntax.ts';

/** What is wrong with them, if anything, in DynamoDB's words. */
export function wrongBounds(low: Operand, high: Operand): string | undefined {
  if (low.type !== 'value' || high.type !== 'value') return undefined;
  const [lowType, highType] = [typeOf(low.value), typeOf(high.value)];
  const order = orderOf(low.value, high.value);
  if (lowType === highType && (order === undefined || order <= 0)) return undefined;
  const rule =
    lowType === highType
      ? 'upper bound to be greater than or equal to lower bound'
      : 'same data type for lower and upper bounds';
  return `The BETWEEN operator requires ${rule}; lower bound operand: AttributeValue: {${lowType}:${String(low.value[lowType])}}, upper bound operand: AttributeValue: {${highType}:${String(high.value[highType])}}`;
}

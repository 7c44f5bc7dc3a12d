// How long a month is. AWS's own calculators say 730 hours; its pricing pages say 720 or 744. The estimate says which.

import { Decimal } from './decimal.ts';
import { parseDuration, QuantityError } from './quantity.ts';

export interface Month {
  readonly hours: Decimal;
}

/** 730 hours: a year of 8,760 hours in twelve, as AWS's pricing calculator has it. */
export const AVERAGE_MONTH: Month = { hours: new Decimal(730) };

/** `730h`, `30d`; up to 31 days, and a part of a month is welcome (`24h`). */
export function parseMonth(written: string | number): Month {
  const hours = parseDuration(written).div(3_600_000);
  if (hours.gt(744) || hours.isZero()) {
    throw new QuantityError(`"${written}" is not the length of a month.`, 'Write 730h, 30d or at most 31d.');
  }
  return { hours };
}

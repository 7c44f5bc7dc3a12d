// How the numbers of a usage file are checked: each has its own reader, and says in its own words what is wrong.

import * as z from 'zod';
import type { Decimal } from '../../pricing/decimal.ts';
import {
  parseCount,
  parseDuration,
  parseMemory,
  parseRate,
  parseShare,
  parseSize,
  QuantityError,
} from '../../pricing/quantity.ts';

type Parse<T> = (written: string | number) => T;

/** Refuses a value that is read, and says why. */
type Judge<T> = (value: T) => string | undefined;

export function quantity<T>(parse: Parse<T>, what: string, judge: Judge<T> = () => undefined) {
  return z.unknown().transform((value, context): T => {
    if (typeof value !== 'string' && typeof value !== 'number') {
      context.addIssue({ code: 'custom', message: `must be ${what}`, params: { hint: undefined } });
      return z.NEVER;
    }
    try {
      const parsed = parse(value);
      const fault = judge(parsed);
      if (fault === undefined) return parsed;
      context.addIssue({ code: 'custom', message: `${JSON.stringify(value)} ${fault}`, params: { hint: undefined } });
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error;
      context.addIssue({ code: 'custom', message: error.message.replace(/\.$/, ''), params: { hint: error.hint } });
    }
    return z.NEVER;
  });
}

export const count = quantity(parseCount, 'a number, as 10M');
export const size = quantity(parseSize, 'a size, as 4KB');
export const share = quantity(parseShare, 'a share, as 80%');
export const rate = quantity(parseRate, 'a rate, as 5%');

/** A whole number of at least one. */
export const positive = quantity(parseCount, 'a number', (value: Decimal) =>
  value.gte(1) && value.isInteger() ? undefined : 'must be a whole number of at least 1',
);

/** Hours, a month's at most. */
export const hours = quantity(parseCount, 'a number of hours', (value: Decimal) =>
  value.lte(744) ? undefined : 'is more hours than a month has',
);

/** A function's duration: 15 minutes at most (Lambda's limit). */
export const functionDuration = quantity(parseDuration, 'a duration, as 120ms', (value: Decimal) =>
  value.lte(900_000) ? undefined : 'is longer than a function may run (15min)',
);

/** How long something else takes: a connection, a month. */
export const duration = quantity(parseDuration, 'a duration, as 30min');

/** Whole MB within a range of Lambda's. */
export function memory(least: number) {
  return quantity(parseMemory, 'a memory size, as 256MB', (value: number) =>
    Number.isInteger(value) && value >= least && value <= 10_240
      ? undefined
      : `must be a whole number of MB from ${least} to 10,240`,
  );
}

/** Bytes up to one of AWS's limits. */
export function sizeUpTo(limit: string, what: string) {
  const most = parseSize(limit);
  return quantity(parseSize, 'a size, as 4KB', (value: Decimal) =>
    value.lte(most) ? undefined : `is more than ${what} may have (${limit})`,
  );
}

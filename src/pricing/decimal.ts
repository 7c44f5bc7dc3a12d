// The exact numbers of the estimator. 80 digits are far more than any product of a price and a quantity has, so
// nothing is rounded before it is shown; only a division that never ends (a third) is cut, at the 80th digit.

import { Decimal as Base } from 'decimal.js';

export const Decimal = Base.clone({ precision: 80, rounding: Base.ROUND_HALF_UP, toExpNeg: -1000, toExpPos: 1000 });
export type Decimal = Base;

export const ZERO: Decimal = new Decimal(0);
export const ONE: Decimal = new Decimal(1);

/** The sum, 0 of nothing. */
export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}

/** `⌈amount / step⌉`: how many increments AWS bills for an amount. */
export function increments(amount: Decimal, step: Decimal | number): Decimal {
  return amount.div(step).ceil();
}

/**
 * Splits a total by weights into whole numbers whose sum is the total again: what rounding down leaves over goes to
 * the first parts, one each, and the fraction of a total that is not whole to the first. Equal weights split evenly.
 */
export function splitByWeight(total: Decimal, weights: readonly Decimal[]): Decimal[] {
  const whole = sum(weights);
  if (weights.length === 0) return [];
  if (whole.isZero()) return weights.map((_, index) => (index === 0 ? total : ZERO));
  const parts = weights.map((weight) => total.times(weight).div(whole).floor());
  let left = total.minus(sum(parts));
  for (let index = 0; index < parts.length && left.gte(1); index++) {
    if (weights[index]?.isZero()) continue;
    parts[index] = (parts[index] ?? ZERO).plus(1);
    left = left.minus(1);
  }
  const first = weights.findIndex((weight) => !weight.isZero());
  parts[first] = (parts[first] ?? ZERO).plus(left);
  return parts;
}

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal, splitByWeight, sum } from '../../src/pricing/decimal.ts';
import { METER_IDS } from '../../src/pricing/meters.ts';
import { type Price, priceOf } from '../../src/pricing/price-list.ts';
import { costOf } from '../../src/pricing/tiers.ts';

const prices: readonly Price[] = METER_IDS.flatMap((meter) => priceOf(meter, 'us-east-1') ?? []);
const anyPrice = fc.constantFrom(...prices);
const quantity = fc
  .bigInt({ min: 0n, max: 100_000_000_000n })
  .map((value) => new Decimal(value.toString()).div(7).toDecimalPlaces(6));

describe('a quantity through tiers', () => {
  it('never costs less when there is more of it', () => {
    fc.assert(
      fc.property(anyPrice, quantity, quantity, quantity, (price, a, b, free) => {
        const [less, more] = a.lte(b) ? [a, b] : [b, a];
        expect(costOf(less, price, free).known.lte(costOf(more, price, free).known)).toBe(true);
      }),
    );
  });

  it('costs at a boundary what the tier below comes to: no jump', () => {
    for (const price of prices) {
      for (const tier of price.tiers.slice(1)) {
        const step = new Decimal('0.000001');
        const below = costOf(tier.from.minus(step), price).known;
        const above = costOf(tier.from.plus(step), price).known;
        const dearest = Decimal.max(...price.tiers.map((one) => one.price)).div(price.per);
        expect(above.minus(below).lte(dearest.times(step).times(2))).toBe(true);
      }
    }
  });

  it('is the sum of its tiers, and of what is free', () => {
    fc.assert(
      fc.property(anyPrice, quantity, quantity, (price, amount, free) => {
        const { tiers, known, unpriced } = costOf(amount, price, free);
        expect(sum(tiers.map((tier) => tier.quantity)).eq(amount)).toBe(true);
        expect(sum(tiers.flatMap((tier) => tier.cost ?? [])).eq(known)).toBe(true);
        expect(sum(tiers.filter((tier) => tier.price === null).map((tier) => tier.quantity)).eq(unpriced)).toBe(true);
      }),
    );
  });

  it('is wholly unpriced without a price, but for what is free', () => {
    const { known, unpriced } = costOf(new Decimal(10), undefined, new Decimal(3));
    expect([known.toFixed(), unpriced.toFixed()]).toEqual(['0', '7']);
  });
});

describe('splitting by weight', () => {
  it('gives whole parts that add up to the total again', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), weights, (total, given) => {
        const parts = splitByWeight(
          new Decimal(total),
          given.map((weight) => new Decimal(weight)),
        );
        expect(sum(parts).toNumber()).toBe(total);
        expect(parts.every((part) => part.isInteger() && !part.isNegative())).toBe(true);
      }),
    );
  });
});

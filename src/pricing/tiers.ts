// A quantity through the tiers of a price. Each part of the quantity is billed at the price of the tier it falls in,
// so cost grows without jumps; what falls beyond the last known tier has no price, and stays apart.

import { Decimal, ZERO } from './decimal.ts';
import type { Price } from './price-list.ts';

/** The part of a quantity that falls in one tier. */
export interface TierCost {
  readonly from: Decimal;
  readonly to: Decimal | null;
  readonly quantity: Decimal;
  /** Dollars for `per` units; null: unknown; zero with `free` set: given away. */
  readonly price: Decimal | null;
  readonly per: Decimal;
  readonly cost: Decimal | null;
  readonly free: boolean;
  readonly confidence: string;
}

export interface TieredCost {
  readonly tiers: readonly TierCost[];
  /** What the priced parts cost. */
  readonly known: Decimal;
  /** Units without a price. */
  readonly unpriced: Decimal;
}

/**
 * What a quantity costs. `free` units are given away first; the paid tiers count from there.
 *
 * @param price undefined where the region has no price: then all of it is unpriced.
 */
export function costOf(quantity: Decimal, price: Price | undefined, free: Decimal = ZERO): TieredCost {
  const per = price?.per ?? new Decimal(1);
  const given = Decimal.min(quantity, free);
  const billed = quantity.minus(given);
  const tiers: TierCost[] = [];
  if (given.gt(0)) {
    const gift = { from: ZERO, to: free, quantity: given, price: ZERO, per, cost: ZERO };
    tiers.push({ ...gift, free: true, confidence: 'verified' });
  }
  let end: Decimal = ZERO;
  for (const tier of price?.tiers ?? []) {
    end = tier.to ?? billed;
    const part = Decimal.min(billed, end).minus(tier.from);
    if (part.lte(0)) continue;
    const cost = part.times(tier.price).div(per);
    const { from, to, confidence } = tier;
    tiers.push({ from, to, quantity: part, price: tier.price, per, cost, free: false, confidence });
  }
  const unpriced = Decimal.max(billed.minus(end), ZERO);
  if (unpriced.gt(0)) {
    const beyond = { from: end, to: null, quantity: unpriced, price: null, per, cost: null };
    tiers.push({ ...beyond, free: false, confidence: 'unknown' });
  }
  const known = tiers.reduce((total, { cost }) => total.plus(cost ?? ZERO), ZERO);
  return { tiers, known, unpriced };
}

// One quantity that AWS bills, and whose it is. Metering makes a list of these; tiers are applied only after all of
// an account's have been added up.

import { Decimal } from '../decimal.ts';
import type { MeterId } from '../meters.ts';

/** What a quantity is for: the parts of an estimate's breakdown. */
export interface Owner {
  readonly api?: string;
  readonly route?: string;
  readonly function?: string;
  readonly table?: string;
  readonly topic?: string;
  readonly queue?: string;
}

export interface Metered {
  readonly meter: MeterId;
  readonly region: string;
  readonly quantity: Decimal;
  readonly owner: Owner;
}

export const KB: Decimal = new Decimal(1024);
export const MB: Decimal = KB.times(1024);
export const GB: Decimal = MB.times(1024);

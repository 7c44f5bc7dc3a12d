// Numbers as people read them. This is the only place that rounds, and it rounds half up to the cent.

import { Decimal } from './decimal.ts';

const CENT = new Decimal('0.005');

/** `$1,234.50`; less than half a cent, yet not nothing: `<$0.01`. */
export function formatMoney(dollars: Decimal): string {
  const amount = dollars.abs();
  if (amount.gt(0) && amount.lt(CENT)) return dollars.isNegative() ? '>−$0.01' : '<$0.01';
  return `${dollars.isNegative() && !amount.isZero() ? '−' : ''}$${grouped(amount.toFixed(2))}`;
}

/** With its sign: `+$10.00`, `−$2.50`, `±$0.00`. */
export function formatChange(dollars: Decimal): string {
  if (dollars.isZero()) return '±$0.00';
  return dollars.isNegative() ? formatMoney(dollars) : `+${formatMoney(dollars)}`;
}

/** A unit price in full: `$0.0000133334`, `$3.50`. */
export function formatPrice(dollars: Decimal): string {
  return `$${grouped(dollars.decimalPlaces() < 2 ? dollars.toFixed(2) : dollars.toFixed())}`;
}

/** `10,000,000`, `14.31`: at most two places, more where there is nothing before the point. */
export function formatQuantity(quantity: Decimal): string {
  const shown = quantity.gte(1) || quantity.isZero() ? quantity.toDecimalPlaces(2) : quantity.toSignificantDigits(2);
  return grouped(shown.toFixed());
}

/** `10M`, `2.5k`, `333M`: at most three digits. */
export function formatShort(quantity: Decimal): string {
  for (const [suffix, size] of [
    ['T', 1e12],
    ['B', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const) {
    if (quantity.gte(size)) return `${quantity.div(size).toSignificantDigits(3).toFixed()}${suffix}`;
  }
  return quantity.toSignificantDigits(3).toFixed();
}

/** `28.9 %`. */
export function formatShare(share: Decimal): string {
  return `${share.times(100).toDecimalPlaces(1).toFixed()} %`;
}

/** Money for a document: exact, at least two places. */
export function exactMoney(dollars: Decimal): string {
  return dollars.decimalPlaces() < 2 ? dollars.toFixed(2) : dollars.toFixed();
}

function grouped(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const separated = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? separated : `${separated}.${fraction}`;
}

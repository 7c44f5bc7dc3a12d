// Sums of DynamoDB's numbers: exact, 38 digits, magnitudes from 1E-130 to 9.99E+125 (developer guide, "Data types").

import { validationFault } from '../fault.ts';

const MAX_DIGITS = 38;
const MAX_MAGNITUDE = 125;
const MIN_MAGNITUDE = -130;

/** @param left, right decimals without exponents, as they are kept */
export function sum(left: string, operator: '+' | '-', right: string): string {
  const [a, b] = [parsed(left), parsed(right)];
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [a, b].map((number) => number.digits * 10n ** BigInt(scale - number.scale)) as [bigint, bigint];
  return written(operator === '+' ? x + y : x - y, scale);
}

interface Decimal {
  /** The number times ten to the power of `scale`. */
  readonly digits: bigint;
  readonly scale: number;
}

function parsed(text: string): Decimal {
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

function written(value: bigint, scale: number): string {
  if (value === 0n) return '0';
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  checkRange(whole, fraction);
  return `${sign}${whole}${fraction && `.${fraction}`}`;
}

function checkRange(whole: string, fraction: string): void {
  const magnitude = whole === '0' ? -(/^0*/.exec(fraction)?.[0].length ?? 0) - 1 : whole.length - 1;
  if (magnitude > MAX_MAGNITUDE) {
    throw validationFault('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (magnitude < MIN_MAGNITUDE) {
    throw validationFault('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (`${whole}${fraction}`.replace(/^0+|0+$/g, '').length > MAX_DIGITS) {
    throw validationFault('Attempting to store more than 38 significant digits in a Number');
  }
}

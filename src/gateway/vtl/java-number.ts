// Java's numbers as templates meet them: Integer, Long and BigInteger as bigint, Double as number, BigDecimal as an
// unscaled bigint and a scale. Nothing is ever rounded to a JavaScript number on its way through.
import { JavaFailure } from './java-failure.ts';

export type IntegerType = 'Integer' | 'Long' | 'BigInteger';

const INT_MAX = 2n ** 31n - 1n;
const LONG_MAX = 2n ** 63n - 1n;
/** Far beyond any document; a template that squares in a loop stops here. */
const MAX_MAGNITUDE = 2n ** 65_536n;
const MAX_SCALE = 100_000;

export class JavaInteger {
  readonly type: IntegerType;
  readonly value: bigint;

  constructor(type: IntegerType, value: bigint) {
    if (value > MAX_MAGNITUDE || value < -MAX_MAGNITUDE) throw new JavaFailure('the number is too large');
    this.type = type;
    this.value = value;
  }
}

export class JavaReal {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

export class JavaDecimal {
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    if (unscaled > MAX_MAGNITUDE || unscaled < -MAX_MAGNITUDE) throw new JavaFailure('the number is too large');
    this.unscaled = unscaled;
    this.scale = scale;
  }
}

export type JavaNumber = JavaInteger | JavaReal | JavaDecimal;

export const isJavaNumber = (value: unknown): value is JavaNumber =>
  value instanceof JavaInteger || value instanceof JavaReal || value instanceof JavaDecimal;

const SMALL_INTS = Array.from({ length: 1001 }, (_item, value) => new JavaInteger('Integer', BigInt(value)));

/** An int. `value` must be a safe integer within 32 bits. Small ones are shared, for loops make many. */
export const int = (value: number): JavaInteger => SMALL_INTS[value] ?? new JavaInteger('Integer', BigInt(value));

/** The smallest type from `type` upwards that holds the value. */
export const fitInteger = (value: bigint, type: IntegerType = 'Integer'): JavaInteger => {
  if (type === 'Integer' && value <= INT_MAX && value >= -INT_MAX - 1n) return new JavaInteger('Integer', value);
  if (type !== 'BigInteger' && value <= LONG_MAX && value >= -LONG_MAX - 1n) return new JavaInteger('Long', value);
  return new JavaInteger('BigInteger', value);
};

/** `new BigDecimal(text)`; undefined when the text is no number. */
export const parseDecimal = (text: string): JavaDecimal | undefined => {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,10}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  return new JavaDecimal(sign === '-' ? -digits : digits, fraction.length - Number(exponent));
};

/** `new BigDecimal(double)`: the exact binary value. */
const decimalOfReal = (value: number): JavaDecimal => {
  if (!Number.isFinite(value)) throw new JavaFailure('Infinite or NaN');
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const exponentBits = Number((raw >> 52n) & 0x7ffn);
  const mantissa = exponentBits === 0 ? (raw & (2n ** 52n - 1n)) << 1n : (raw & (2n ** 52n - 1n)) | (1n << 52n);
  const signed = value < 0 ? -mantissa : mantissa;
  let exponent = exponentBits - 1075;
  if (signed === 0n) return new JavaDecimal(0n, 0);
  let reduced = signed;
  while (exponent < 0 && reduced % 2n === 0n) {
    reduced /= 2n;
    exponent += 1;
  }
  if (exponent >= 0) return new JavaDecimal(reduced << BigInt(exponent), 0);
  return new JavaDecimal(reduced * 5n ** BigInt(-exponent), -exponent);
};

/** Velocity's conversion: anything but BigDecimal and BigInteger passes through a double. */
export const toDecimal = (number: JavaNumber): JavaDecimal => {
  if (number instanceof JavaDecimal) return number;
  if (number instanceof JavaInteger && number.type === 'BigInteger') return new JavaDecimal(number.value, 0);
  return decimalOfReal(toReal(number));
};

/** `doubleValue()`. */
export const toReal = (number: JavaNumber): number => {
  if (number instanceof JavaReal) return number.value;
  if (number instanceof JavaInteger) return Number(number.value);
  return Number(`${number.unscaled}e${-number.scale}`);
};

/** The whole part, unbounded: what `longValue()` and `toBigInteger()` start from. */
export const toWhole = (number: JavaNumber): bigint => {
  if (number instanceof JavaInteger) return number.value;
  if (number instanceof JavaDecimal) return rescale(number, 0).unscaled;
  if (Number.isNaN(number.value)) return 0n;
  if (number.value >= 2 ** 63) return LONG_MAX;
  if (number.value <= -(2 ** 63)) return -LONG_MAX - 1n;
  return BigInt(Math.trunc(number.value));
};

/** The same number at another scale; digits that do not fit are cut off. */
export const rescale = (number: JavaDecimal, scale: number): JavaDecimal => {
  const shift = scale - number.scale;
  if (Math.abs(shift) > MAX_SCALE) throw new JavaFailure('the number has too many digits');
  const factor = 10n ** BigInt(Math.abs(shift));
  return new JavaDecimal(shift >= 0 ? number.unscaled * factor : number.unscaled / factor, scale);
};

/** `toString()` of each type. */
export const numberText = (number: JavaNumber): string => {
  if (number instanceof JavaInteger) return number.value.toString();
  return number instanceof JavaReal ? realText(number.value) : decimalText(number);
};

const realText = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = Math.abs(value).toExponential().split('e');
  const sign = value < 0 ? '-' : '';
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  if (exponent < -3 || exponent >= 7) return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, '0');
  return `${sign}${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || '0'}`;
};

const decimalText = ({ unscaled, scale }: JavaDecimal): string => {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  const exponent = digits.length - 1 - scale;
  if (scale >= 0 && exponent >= -6) {
    if (scale === 0) return sign + digits;
    const padded = digits.padStart(scale + 1, '0');
    return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${sign}${digits[0]}${fraction}E${exponent >= 0 ? '+' : ''}${exponent}`;
};

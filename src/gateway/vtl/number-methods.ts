// Integer, Long, BigInteger, Double, BigDecimal, Boolean and Character as templates call them. Static methods answer
// on any value of the type: `#set($n = 0)$n.parseInt("5")` is how templates read numbers.
import { JavaFailure } from './java-failure.ts';
import { calculate, compareNumbers } from './java-math.ts';
import { type Arguments, type JavaMethod, methodTable, type ParameterType } from './java-method.ts';
import {
  fitInteger,
  int,
  isJavaNumber,
  JavaDecimal,
  JavaInteger,
  type JavaNumber,
  JavaReal,
  numberText,
  parseDecimal,
  toReal,
  toWhole,
} from './java-number.ts';
import { JavaChar, type JavaValue } from './java-value.ts';
import { stringHash } from './string-methods.ts';

type Run<Self> = (self: Self, args: Arguments) => JavaValue;

const method = <Self>(name: string, parameters: readonly ParameterType[], run: Run<Self>): JavaMethod<Self> => ({
  name,
  parameters,
  run,
});

const wrap = (value: bigint, bits: 8 | 16 | 32 | 64): JavaInteger =>
  new JavaInteger(bits === 64 ? 'Long' : 'Integer', BigInt.asIntN(bits, value));

/** A double clamps to the type's range, a whole number wraps around. */
const narrow = (self: JavaNumber, bits: 32 | 64): JavaInteger => {
  const whole = toWhole(self);
  const limit = 2n ** BigInt(bits - 1);
  if (!(self instanceof JavaReal)) return wrap(whole, bits);
  return wrap(whole >= limit ? limit - 1n : whole < -limit ? -limit : whole, bits);
};

const parseWhole = (text: string, radix: number, bits: 32 | 64): JavaInteger => {
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix);
  const match = /^([+-]?)([0-9a-zA-Z]{1,80})$/.exec(text);
  const isValid =
    radix >= 2 && radix <= 36 && [...(match?.[2] ?? '').toLowerCase()].every((digit) => digits.includes(digit));
  if (match === null || !isValid) throw new JavaFailure(`NumberFormatException: For input string: "${text}"`);
  let value = 0n;
  for (const digit of (match[2] ?? '').toLowerCase()) value = value * BigInt(radix) + BigInt(digits.indexOf(digit));
  const signed = match[1] === '-' ? -value : value;
  if (BigInt.asIntN(bits, signed) !== signed) {
    throw new JavaFailure(`NumberFormatException: For input string: "${text}"`);
  }
  return wrap(signed, bits);
};

const parseReal = (text: string): JavaReal => {
  const trimmed = text.trim();
  const special = /^[+-]?(?:NaN|Infinity)$/.test(trimmed);
  if (!special && parseDecimal(trimmed.replace(/[dDfF]$/, '')) === undefined) {
    throw new JavaFailure(`NumberFormatException: For input string: "${text}"`);
  }
  return new JavaReal(Number(special ? trimmed : trimmed.replace(/[dDfF]$/, '')));
};

const inBase = (value: bigint, type: JavaInteger['type'], base: number): string =>
  BigInt.asUintN(type === 'Integer' ? 32 : 64, value).toString(base);

const sameNumber = (a: JavaNumber, b: JavaValue): boolean => {
  if (a instanceof JavaInteger) return b instanceof JavaInteger && a.type === b.type && a.value === b.value;
  if (a instanceof JavaReal) return b instanceof JavaReal && Object.is(a.value, b.value);
  return b instanceof JavaDecimal && a.unscaled === b.unscaled && a.scale === b.scale;
};

const numberArgument = (args: Arguments, index: number): JavaNumber => {
  const value = args.value(index);
  if (!isJavaNumber(value)) throw new JavaFailure('ClassCastException: the argument is not a number');
  return value;
};

const compareSame = (self: JavaNumber, other: JavaNumber): JavaValue => {
  const isInteger = self instanceof JavaInteger && other instanceof JavaInteger;
  if (self.constructor !== other.constructor || (isInteger && self.type !== other.type)) {
    throw new JavaFailure('ClassCastException: a number compares to its own type only');
  }
  return int(Math.sign(compareNumbers(self, other)));
};

const hashReal = (value: number): JavaInteger => {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return int(bits.getInt32(0) ^ bits.getInt32(4));
};

const extreme = (args: Arguments, wanted: number): JavaValue => {
  const [a, b] = [numberArgument(args, 0), numberArgument(args, 1)];
  return Math.sign(compareNumbers(a, b)) === wanted ? a : b;
};

const ALL_NUMBERS: readonly JavaMethod<JavaNumber>[] = [
  method('intValue', [], (self) => narrow(self, 32)),
  method('longValue', [], (self) => narrow(self, 64)),
  method('shortValue', [], (self) => wrap(narrow(self, 32).value, 16)),
  method('byteValue', [], (self) => wrap(narrow(self, 32).value, 8)),
  method('doubleValue', [], (self) => new JavaReal(toReal(self))),
  method('toString', [], (self) => numberText(self)),
  method('equals', ['any'], (self, args) => sameNumber(self, args.value(0))),
  method('compareTo', ['any'], (self, args) => compareSame(self, numberArgument(args, 0))),
];

const wholeStatics = (own: 'int' | 'long'): readonly JavaMethod<JavaInteger>[] => [
  method('hashCode', [], (self) => wrap(self.value ^ (self.type === 'Integer' ? 0n : self.value >> 32n), 32)),
  method('max', [own, own], (_self, args) => extreme(args, 1)),
  method('min', [own, own], (_self, args) => extreme(args, -1)),
  method('sum', [own, own], (_self, args) => calculate('+', numberArgument(args, 0), numberArgument(args, 1))),
  method('signum', [own], (_self, args) => int(Math.sign(args.number(0)))),
  method('toString', [own], (_self, args) => numberText(numberArgument(args, 0))),
  method('toHexString', [own], (self, args) => inBase(toWhole(numberArgument(args, 0)), self.type, 16)),
  method('toOctalString', [own], (self, args) => inBase(toWhole(numberArgument(args, 0)), self.type, 8)),
  method('toBinaryString', [own], (self, args) => inBase(toWhole(numberArgument(args, 0)), self.type, 2)),
];

const wholeMethods = (bits: 32 | 64): readonly JavaMethod<JavaInteger>[] => {
  const parse = bits === 32 ? 'parseInt' : 'parseLong';
  const own = bits === 32 ? 'int' : 'long';
  return [
    ...ALL_NUMBERS,
    ...wholeStatics(own),
    method(parse, ['text'], (_self, args) => parseWhole(String(args.value(0)), 10, bits)),
    method(parse, ['text', 'int'], (_self, args) => parseWhole(args.text(0), args.number(1), bits)),
    method('valueOf', [own], (_self, args) => narrow(numberArgument(args, 0), bits)),
    method('valueOf', ['text'], (_self, args) => parseWhole(String(args.value(0)), 10, bits)),
    method('valueOf', ['text', 'int'], (_self, args) => parseWhole(args.text(0), args.number(1), bits)),
  ];
};

export const INTEGER_METHODS = methodTable<JavaInteger>(wholeMethods(32));
export const LONG_METHODS = methodTable<JavaInteger>(wholeMethods(64));
export const BIG_METHODS = methodTable<JavaNumber>(ALL_NUMBERS);

export const REAL_METHODS = methodTable<JavaReal>([
  ...ALL_NUMBERS,
  method('hashCode', [], (self) => hashReal(self.value)),
  method('isNaN', [], (self) => Number.isNaN(self.value)),
  method('isInfinite', [], (self) => Math.abs(self.value) === Number.POSITIVE_INFINITY),
  method('parseDouble', ['text'], (_self, args) => parseReal(args.text(0))),
  method('valueOf', ['double'], (_self, args) => new JavaReal(args.number(0))),
  method('valueOf', ['text'], (_self, args) => parseReal(args.text(0))),
  method('toString', ['double'], (_self, args) => numberText(new JavaReal(args.number(0)))),
  method('max', ['double', 'double'], (_self, args) => new JavaReal(Math.max(args.number(0), args.number(1)))),
  method('min', ['double', 'double'], (_self, args) => new JavaReal(Math.min(args.number(0), args.number(1)))),
]);

const isTrue = (value: JavaValue): boolean => typeof value === 'string' && value.toLowerCase() === 'true';

export const BOOLEAN_METHODS = methodTable<boolean>([
  method('booleanValue', [], (self) => self),
  method('toString', [], (self) => String(self)),
  method('equals', ['any'], (self, args) => args.value(0) === self),
  method('compareTo', ['any'], (self, args) => {
    const other = args.value(0);
    if (typeof other !== 'boolean') throw new JavaFailure('ClassCastException: a Boolean compares to a Boolean only');
    return int(Number(self) - Number(other));
  }),
  method('hashCode', [], (self) => int(self ? 1231 : 1237)),
  method('parseBoolean', ['text'], (_self, args) => isTrue(args.value(0))),
  method('valueOf', ['text'], (_self, args) => isTrue(args.value(0))),
]);

export const CHAR_METHODS = methodTable<JavaChar>([
  method('charValue', [], (self) => self),
  method('toString', [], (self) => self.value),
  method('equals', ['any'], (self, args) => {
    const other = args.value(0);
    return other instanceof JavaChar && other.value === self.value;
  }),
  method('compareTo', ['char'], (self, args) => int(self.value.charCodeAt(0) - args.text(0).charCodeAt(0))),
  method('hashCode', [], (self) => int(stringHash(self.value))),
  method('isDigit', ['char'], (_self, args) => /^\p{Nd}$/u.test(args.text(0))),
  method('isLetter', ['char'], (_self, args) => /^\p{L}$/u.test(args.text(0))),
  method('isLetterOrDigit', ['char'], (_self, args) => /^[\p{L}\p{Nd}]$/u.test(args.text(0))),
  method('isUpperCase', ['char'], (_self, args) => /^\p{Lu}$/u.test(args.text(0))),
  method('isLowerCase', ['char'], (_self, args) => /^\p{Ll}$/u.test(args.text(0))),
  method('isWhitespace', ['char'], (_self, args) => /^\s$/.test(args.text(0))),
  method('getNumericValue', ['char'], (_self, args) => fitInteger(BigInt(Number.parseInt(args.text(0), 36) || 0))),
]);

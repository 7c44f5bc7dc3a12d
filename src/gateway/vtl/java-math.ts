// Arithmetic and comparison of Velocity 1.7: whole numbers widen Integer → Long → BigInteger when they must, division
// of whole numbers is whole, and a BigDecimal makes the result one.
import { JavaFailure } from './java-failure.ts';
import {
  fitInteger,
  type IntegerType,
  JavaDecimal,
  JavaInteger,
  type JavaNumber,
  JavaReal,
  rescale,
  toDecimal,
  toReal,
} from './java-number.ts';

export type MathOperator = '+' | '-' | '*' | '/' | '%';

/** The result, or null (which is what Velocity makes of a division by zero). @throws JavaFailure */
export const calculate = (operator: MathOperator, left: JavaNumber, right: JavaNumber): JavaNumber | null => {
  if ((operator === '/' || operator === '%') && isZero(right)) return null;
  if (left instanceof JavaInteger && right instanceof JavaInteger) return calculateWhole(operator, left, right);
  if (wantsDecimal(left, right)) return calculateDecimal(operator, toDecimal(left), toDecimal(right));
  return new JavaReal(calculateReal(operator, toReal(left), toReal(right)));
};

/** Negative, zero or positive. */
export const compareNumbers = (left: JavaNumber, right: JavaNumber): number => {
  if (left instanceof JavaInteger && right instanceof JavaInteger) return order(left.value, right.value);
  if (wantsDecimal(left, right)) {
    const [a, b] = alignScales(toDecimal(left), toDecimal(right));
    return order(a.unscaled, b.unscaled);
  }
  return order(toReal(left), toReal(right));
};

const order = <T extends bigint | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

const isZero = (number: JavaNumber): boolean => {
  if (number instanceof JavaReal) return number.value === 0;
  return (number instanceof JavaInteger ? number.value : number.unscaled) === 0n;
};

const isBig = (number: JavaNumber): boolean => number instanceof JavaInteger && number.type === 'BigInteger';

const wantsDecimal = (left: JavaNumber, right: JavaNumber): boolean =>
  left instanceof JavaDecimal || right instanceof JavaDecimal || isBig(left) || isBig(right);

const alignScales = (left: JavaDecimal, right: JavaDecimal): [JavaDecimal, JavaDecimal] => {
  const scale = Math.max(left.scale, right.scale);
  return [rescale(left, scale), rescale(right, scale)];
};

const calculateWhole = (operator: MathOperator, left: JavaInteger, right: JavaInteger): JavaInteger => {
  const types: readonly IntegerType[] = ['Integer', 'Long', 'BigInteger'];
  const type = types[Math.max(types.indexOf(left.type), types.indexOf(right.type))] ?? 'BigInteger';
  if (type === 'BigInteger' && operator === '%') return new JavaInteger(type, positiveModulo(left.value, right.value));
  return fitInteger(wholeResult(operator, left.value, right.value), type);
};

const wholeResult = (operator: MathOperator, left: bigint, right: bigint): bigint => {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
};

/** `BigInteger.mod`, which is never negative. */
const positiveModulo = (value: bigint, modulus: bigint): bigint => {
  if (modulus < 0n) throw new JavaFailure('BigInteger: modulus not positive');
  return ((value % modulus) + modulus) % modulus;
};

const calculateReal = (operator: MathOperator, left: number, right: number): number => {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
};

const calculateDecimal = (operator: MathOperator, left: JavaDecimal, right: JavaDecimal): JavaDecimal => {
  switch (operator) {
    case '+': {
      const [a, b] = alignScales(left, right);
      return new JavaDecimal(a.unscaled + b.unscaled, a.scale);
    }
    case '-': {
      const [a, b] = alignScales(left, right);
      return new JavaDecimal(a.unscaled - b.unscaled, a.scale);
    }
    case '*':
      return new JavaDecimal(left.unscaled * right.unscaled, left.scale + right.scale);
    case '/':
      return divideDecimals(left, right);
    case '%':
      throw new JavaFailure('Cannot calculate the modulo of BigDecimals.');
  }
};

/** Keeps the dividend's scale and rounds half down, as Velocity asks of BigDecimal. */
const divideDecimals = (left: JavaDecimal, right: JavaDecimal): JavaDecimal => {
  const aligned = rescale(new JavaDecimal(left.unscaled, 0), Math.max(right.scale, 0));
  const divisor = right.scale < 0 ? rescale(right, 0).unscaled : right.unscaled;
  const negative = aligned.unscaled < 0n !== divisor < 0n;
  const [top, bottom] = [absolute(aligned.unscaled), absolute(divisor)];
  const quotient = top / bottom + ((top % bottom) * 2n > bottom ? 1n : 0n);
  return new JavaDecimal(negative ? -quotient : quotient, left.scale);
};

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

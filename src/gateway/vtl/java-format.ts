// `String.format` of java.util.Formatter, as far as templates use it: %s %S %d %x %X %o %c %b %e %f %n %% with flags,
// width and precision. Anything else fails, as an unknown conversion does in Java.
import { type Budget, MAX_TEXT_LENGTH } from './budget.ts';
import { JavaFailure } from './java-failure.ts';
import { isJavaNumber, JavaInteger, type JavaNumber, toReal } from './java-number.ts';
import { javaText } from './java-text.ts';
import { JavaChar, type JavaValue } from './java-value.ts';

const SPECIFIER = /%(?:(\d{1,4})\$)?([-#+ 0,(<]*)(\d{1,7})?(?:\.(\d{1,4}))?([a-zA-Z%])/g;

interface Specifier {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

/** @throws JavaFailure on a conversion the argument does not have. */
export const formatJava = (format: string, args: readonly JavaValue[], budget: Budget): string => {
  let next = 0;
  return format.replace(SPECIFIER, (_text, position, flags: string, width, precision, conversion: string) => {
    const specifier = {
      flags,
      width: Number(width ?? 0),
      precision: precision === undefined ? undefined : Number(precision),
      conversion,
    };
    if (specifier.width > MAX_TEXT_LENGTH) throw new JavaFailure('the format is too wide');
    budget.text(specifier.width);
    if (conversion === 'n') return '\n';
    if (conversion === '%') return pad('%', specifier);
    const index = position === undefined ? next++ : Number(position) - 1;
    const argument = args[index];
    if (argument === undefined) throw new JavaFailure(`MissingFormatArgumentException: %${conversion}`);
    const text = convert(argument, specifier, budget);
    return pad(/[SXEB]/.test(conversion) ? text.toUpperCase() : text, specifier);
  });
};

const pad = (text: string, { flags, width, conversion }: Specifier): string => {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !/[dxXofeE]/.test(conversion)) return text.padStart(width);
  const sign = /^[-+ (]?/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
};

const convert = (value: JavaValue, specifier: Specifier, budget: Budget): string => {
  const { conversion, precision } = specifier;
  const kind = conversion.toLowerCase();
  if (kind === 's') return (javaText(value, budget) ?? 'null').slice(0, precision);
  if (kind === 'b') return String(typeof value === 'boolean' ? value : value !== null).slice(0, precision);
  if (value === null) return 'null';
  if (kind === 'c' && (value instanceof JavaChar || typeof value === 'string')) return javaText(value, budget) ?? '';
  if ((kind === 'd' || kind === 'x' || kind === 'o') && value instanceof JavaInteger) return whole(value, specifier);
  if ((kind === 'f' || kind === 'e') && isJavaNumber(value) && !(value instanceof JavaInteger))
    return real(value, specifier);
  throw new JavaFailure(`IllegalFormatConversionException: %${conversion} does not take this argument`);
};

const whole = (value: JavaInteger, specifier: Specifier): string => {
  const kind = specifier.conversion.toLowerCase();
  if (kind === 'd') return signed(value.value < 0n, String(value.value).replace('-', ''), specifier);
  const bits = value.type === 'Integer' ? 32 : 64;
  return BigInt.asUintN(bits, value.value).toString(kind === 'x' ? 16 : 8);
};

const real = (value: JavaNumber, specifier: Specifier): string => {
  const digits = Math.min(specifier.precision ?? 6, 100);
  const number = toReal(value);
  if (!Number.isFinite(number)) return Number.isNaN(number) ? 'NaN' : signed(number < 0, 'Infinity', specifier);
  const size = Math.abs(number);
  const text = specifier.conversion === 'f' ? size.toFixed(digits) : size.toExponential(digits);
  return signed(number < 0, text.replace(/e([+-])(\d)$/, 'e$10$2'), specifier);
};

const signed = (isNegative: boolean, digits: string, { flags }: Specifier): string => {
  const grouped = flags.includes(',') ? digits.replace(/\B(?<!\.\d*)(?=(?:\d{3})+(?!\d))/g, ',') : digits;
  if (isNegative) return flags.includes('(') ? `(${grouped})` : `-${grouped}`;
  return (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + grouped;
};

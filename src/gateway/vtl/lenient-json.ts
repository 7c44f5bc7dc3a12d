// Reads JSON as permissively as API Gateway's own reader does: unquoted and single-quoted strings, missing values
// between commas, text after the document, a whole document that is no JSON at all (a string then). So
// `$input.json('$')` of a form body is that body as a JSON string. Numbers keep every digit.
import { JavaFailure } from './java-failure.ts';
import { fitInteger, JavaInteger, JavaReal, numberText, parseDecimal } from './java-number.ts';
import { JavaList, JavaMap, type JavaValue } from './java-value.ts';
import { trim, trimWhitespace } from './trim.ts';

/** json-smart's own limit. */
const MAX_DOCUMENT_DEPTH = 400;
const MAX_DIGITS = 10_000;
const NUMBER = /-?\d*(\.\d*)?([eE][-+]?\d*)?/y;
/** What reading past the end gives. */
const END = '';
const WHITESPACE = ' \r\n\t';

/** @throws JavaFailure when even this reader cannot make a value of it, as of `{"a": 1`. */
export const parseLenientJson = (text: string): JavaValue => new Reader(text).document();

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JavaValue {
    return this.#value('', 0);
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #fail(): never {
    const found = this.#peek() === END ? 'its end' : `'${this.#peek()}'`;
    throw new JavaFailure(`the document is not JSON: unexpected ${found} at position ${this.#at}`);
  }

  #skip(characters: string): void {
    while (this.#peek() !== END && characters.includes(this.#peek())) this.#at += 1;
  }

  /** `stops` end an unquoted text: none at the top, where it runs to the end of the document. */
  #value(stops: string, depth: number): JavaValue {
    if (depth > MAX_DOCUMENT_DEPTH) throw new JavaFailure('the document nests too deeply');
    this.#skip(WHITESPACE);
    const char = this.#peek();
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    if (char === '"' || char === "'") return this.#quoted();
    if (':}]'.includes(char) && char !== END) this.#fail();
    if (char === END && stops !== '') this.#fail();
    if (/[-0-9]/.test(char)) return this.#number(stops);
    const word = this.#unquoted(stops);
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'NaN' ? new JavaReal(Number.NaN) : word;
  }

  #unquoted(stops: string): string {
    const start = this.#at;
    while (this.#peek() !== END && !stops.includes(this.#peek())) this.#at += 1;
    return trimWhitespace(this.#text.slice(start, this.#at));
  }

  #array(depth: number): JavaList {
    const items: JavaValue[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip(`${WHITESPACE},`);
      if (this.#peek() === ']') break;
      items.push(this.#value(',]', depth + 1));
    }
    this.#at += 1;
    return new JavaList(items, true);
  }

  #object(depth: number): JavaMap {
    const map = new JavaMap();
    this.#at += 1;
    for (;;) {
      this.#skip(`${WHITESPACE},`);
      if (this.#peek() === '}') break;
      if (this.#peek() === END || ':][{'.includes(this.#peek())) this.#fail();
      const key = this.#peek() === '"' || this.#peek() === "'" ? this.#quoted() : this.#unquoted(':');
      this.#skipControls();
      if (this.#peek() !== ':') this.#fail();
      this.#at += 1;
      map.put(key, this.#value(',}', depth + 1));
      this.#skipControls();
      if (this.#peek() !== ',' && this.#peek() !== '}') this.#fail();
    }
    this.#at += 1;
    return map;
  }

  #skipControls(): void {
    while (this.#peek() !== END && this.#peek() <= ' ') this.#at += 1;
  }

  #number(stops: string): JavaValue {
    const start = this.#at;
    NUMBER.lastIndex = start;
    const [literal = '', fraction, exponent] = NUMBER.exec(this.#text) ?? [];
    this.#at += literal.length;
    this.#skipControls();
    if (this.#peek() !== END && !stops.includes(this.#peek())) {
      this.#at = start;
      return this.#unquoted(stops);
    }
    const text = trim(this.#text.slice(start, this.#at));
    if (text.length > MAX_DIGITS) this.#fail();
    return fraction === undefined && exponent === undefined ? wholeOf(text) : realOf(text);
  }

  /** json-smart leaves control characters out of a text that has a backslash before its first quote, and only there. */
  #quoted(): string {
    const quote = this.#peek();
    let result = '';
    let start = this.#at + 1;
    const firstQuote = this.#text.indexOf(quote, start);
    const firstEscape = this.#text.slice(start, firstQuote === -1 ? undefined : firstQuote).indexOf('\\');
    const keep = (text: string): string => (firstEscape === -1 ? text : text.replace(/[^\P{Cc}\u0080-\u009f]/gu, ''));
    for (this.#at = start; ; this.#at += 1) {
      const char = this.#peek();
      if (char === END) this.#fail();
      if (char === quote || char === '\\') result += keep(this.#text.slice(start, this.#at));
      if (char === quote) break;
      if (char === '\\') {
        result += this.#escape();
        start = this.#at + 1;
      }
    }
    this.#at += 1;
    return result;
  }

  #escape(): string {
    this.#at += 1;
    const char = this.#peek();
    const plain = ESCAPES.get(char);
    if (plain !== undefined) return plain;
    const digits = char === 'u' ? 4 : char === 'x' ? 2 : 0;
    const hex = this.#text.slice(this.#at + 1, this.#at + 1 + digits);
    if (hex.length !== digits || /[^0-9a-fA-F]/.test(hex)) this.#fail();
    this.#at += digits;
    return digits === 0 ? '' : String.fromCharCode(Number.parseInt(hex, 16));
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
  ['b', '\b'],
  ['\\', '\\'],
  ['/', '/'],
  ["'", "'"],
  ['"', '"'],
]);

const wholeOf = (text: string): JavaInteger => {
  const value = text === '-' ? 0n : BigInt(text);
  return text.replace('-', '').length > 19 ? new JavaInteger('BigInteger', value) : fitInteger(value);
};

/** A long literal stays a BigDecimal unless a double prints the same. */
const realOf = (text: string): JavaValue => {
  const decimal = parseDecimal(text);
  if (decimal === undefined) return text;
  const real = new JavaReal(Number(text));
  return text.length <= 18 || numberText(real) === text ? real : decimal;
};

// Rewrites a Java regular expression as a JavaScript one with the `v` flag, which has Java's nested classes and
// intersections. Possessive quantifiers and atomic groups become greedy ones: they differ only in what they refuse
// to backtrack into.
import { JavaFailure } from './java-failure.ts';

const SYNTAX = new Set([...'^$\\.*+?()[]{}|/']);
const CLASS_SYNTAX = new Set([...'()[]{}/-\\|&!#%,:;<=>@`~$*+.?^']);
const END_OF_INPUT = '(?![\\s\\S])';
/** Java's `$` and `\Z` also match before a last line end. */
const END = `(?=(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])?${END_OF_INPUT})`;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['d', '[0-9]'],
  ['D', '[^0-9]'],
  ['w', '[a-zA-Z0-9_]'],
  ['W', '[^a-zA-Z0-9_]'],
  ['s', '[ \\t\\n\\v\\f\\r]'],
  ['S', '[^ \\t\\n\\v\\f\\r]'],
  ['h', '[ \\t\\xA0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]'],
  ['v', '[\\n\\v\\f\\r\\x85\\u2028\\u2029]'],
  ['t', '\\t'],
  ['n', '\\n'],
  ['r', '\\r'],
  ['f', '\\f'],
  ['a', '\\x07'],
  ['e', '\\x1B'],
]);

const ANCHORS: ReadonlyMap<string, string> = new Map([
  ['b', '\\b'],
  ['B', '\\B'],
  ['A', '(?<![\\s\\S])'],
  ['z', END_OF_INPUT],
  ['Z', END],
  ['R', '(?:\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])'],
]);

const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['Lower', 'a-z'],
  ['Upper', 'A-Z'],
  ['ASCII', '\\x00-\\x7F'],
  ['Alpha', 'a-zA-Z'],
  ['Digit', '0-9'],
  ['Alnum', 'a-zA-Z0-9'],
  ['Punct', '\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E'],
  ['Graph', '\\x21-\\x7E'],
  ['Print', '\\x20-\\x7E'],
  ['Blank', ' \\t'],
  ['Cntrl', '\\x00-\\x1F\\x7F'],
  ['XDigit', '0-9a-fA-F'],
  ['Space', ' \\t\\n\\v\\f\\r'],
]);

/** @throws JavaFailure on what Java refuses or JavaScript cannot express. */
export const translateRegex = (pattern: string): { source: string; flags: string } => {
  const flags = /^\(\?([a-zA-Z]+)\)/.exec(pattern);
  const kept = [...(flags?.[1] ?? '')].filter((flag) => 'ims'.includes(flag)).join('');
  if (flags?.[1]?.includes('x')) unsupported('(?x)');
  return { source: new Translator(pattern, flags?.[0].length ?? 0, kept).pattern(), flags: `v${kept}` };
};

const unsupported = (what: string): never => {
  throw new JavaFailure(`the regular expression's ${what} is not supported`);
};

class Translator {
  readonly #text: string;
  readonly #isMultiline: boolean;
  #at: number;

  constructor(text: string, at: number, flags: string) {
    this.#text = text;
    this.#at = at;
    this.#isMultiline = flags.includes('m');
  }

  pattern(): string {
    let out = '';
    while (this.#at < this.#text.length) out += this.#piece();
    return out;
  }

  #next(): string {
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    return char;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #piece(): string {
    const quantifier = this.#match(/(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})[?+]?/y);
    if (quantifier !== undefined) return quantifier.length > 1 ? quantifier.replace(/\+$/, '') : quantifier;
    const group = this.#match(/\(\?(?:<[a-zA-Z][a-zA-Z0-9]*>|<?[=!]|[:>])/y);
    if (group !== undefined) return group === '(?>' ? '(?:' : group;
    const flags = this.#match(/\(\?[a-zA-Z-]*[:)]/y);
    if (flags !== undefined) unsupported(flags);
    const char = this.#next();
    if (char === '\\') return this.#escape();
    if (char === '[') return this.#class();
    if (char === '$' && !this.#isMultiline) return END;
    return ']}'.includes(char) ? `\\${char}` : char === '/' ? '\\/' : char;
  }

  #escape(): string {
    if (this.#at >= this.#text.length) throw new JavaFailure('PatternSyntaxException: the pattern ends in a backslash');
    const quoted = this.#quotation();
    if (quoted !== undefined) return [...quoted].map((char) => (SYNTAX.has(char) ? `\\${char}` : char)).join('');
    const reference = this.#match(/[1-9]|k<[a-zA-Z][a-zA-Z0-9]*>/y);
    if (reference !== undefined) return `(?:\\${reference})`;
    const anchor = ANCHORS.get(this.#text.charAt(this.#at));
    if (anchor === undefined) return this.#character(SYNTAX);
    this.#at += 1;
    return anchor;
  }

  /** `\Q…\E`, its backslash already read. */
  #quotation(): string | undefined {
    if (this.#match(/Q/y) === undefined) return undefined;
    const end = this.#text.indexOf('\\E', this.#at);
    const quoted = this.#text.slice(this.#at, end === -1 ? undefined : end);
    this.#at = end === -1 ? this.#text.length : end + 2;
    return quoted;
  }

  /** An escaped character or class, its backslash already read. */
  #character(syntax: ReadonlySet<string>): string {
    const hex = this.#match(/u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|x\{[0-9a-fA-F]{1,6}\}|0[0-3]?[0-7]{1,2}|c[A-Z]/y);
    if (hex !== undefined) return characterEscape(hex);
    const property = this.#match(/[pP](?:[A-Z]|\{[a-zA-Z0-9_=]+\})/y);
    if (property !== undefined) return propertyClass(property);
    const char = this.#next();
    const known =
      ESCAPES.get(char) ?? (char === 'V' || char === 'H' ? negated(ESCAPES.get(char.toLowerCase())) : undefined);
    if (known !== undefined) return known;
    if (/[a-zA-Z0-9]/.test(char)) {
      throw new JavaFailure(`PatternSyntaxException: Illegal/unsupported escape sequence \\${char}`);
    }
    return syntax.has(char) ? `\\${char}` : char;
  }

  /** A character class, its bracket already read. Every operand of `&&` becomes a class of its own. */
  #class(): string {
    const negation = this.#match(/\^/y) ?? '';
    const operands = [''];
    for (let isFirst = true; ; isFirst = false) {
      if (this.#at >= this.#text.length) throw new JavaFailure('PatternSyntaxException: Unclosed character class');
      if (this.#match(/&&/y) !== undefined) operands.push('');
      else if (!isFirst && this.#match(/\]/y) !== undefined) break;
      else operands.push(`${operands.pop() ?? ''}${this.#classItem()}`);
    }
    const used = operands.filter((operand) => operand !== '');
    return used.length === 1
      ? `[${negation}${used[0]}]`
      : `[${negation}${used.map((operand) => `[${operand}]`).join('&&')}]`;
  }

  #classItem(): string {
    const char = this.#next();
    if (char === '[') return this.#class();
    const start = char === '\\' ? this.#classEscape() : CLASS_SYNTAX.has(char) ? `\\${char}` : char;
    const isRange =
      this.#text.charAt(this.#at) === '-' && !/^-(?:[\][]|&&|$)/.test(this.#text.slice(this.#at, this.#at + 3));
    if (!isRange || start.startsWith('[')) return start;
    this.#at += 1;
    const end = this.#next();
    return `${start}-${end === '\\' ? this.#classEscape() : CLASS_SYNTAX.has(end) ? `\\${end}` : end}`;
  }

  #classEscape(): string {
    const quoted = this.#quotation();
    if (quoted === undefined) return this.#character(CLASS_SYNTAX);
    return [...quoted].map((char) => (CLASS_SYNTAX.has(char) ? `\\${char}` : char)).join('');
  }
}

const negated = (charClass: string | undefined): string => (charClass ?? '[]').replace('[', '[^');

const characterEscape = (written: string): string => {
  if (written.startsWith('c')) return `\\${written}`;
  const digits = written.replace(/[ux{}]/g, '');
  return `\\u{${Number.parseInt(digits, written.startsWith('0') ? 8 : 16).toString(16)}}`;
};

const propertyClass = (written: string): string => {
  const name = written.slice(1).replace(/[{}]/g, '');
  const posix = PROPERTIES.get(name);
  if (posix !== undefined) return `[${written.startsWith('P') ? '^' : ''}${posix}]`;
  return `\\${written.charAt(0)}{${name.replace(/^Is(?=L|M|N|P|S|Z|C)/, '').replace(/^IsAlphabetic$/, 'Alphabetic')}}`;
};

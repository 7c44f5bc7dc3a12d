// String literals. Single quotes are literal; double quotes hold a template of their own when they contain `$` or
// `#`. A quote is written by doubling it: a backslash escapes nothing but \uXXXX, and that in double quotes only.
import { parseWhole, type Source } from './source.ts';
import type { Expression } from './template-node.ts';

/** @throws TemplateError when the string does not end. */
export const parseStringLiteral = (source: Source): Expression => {
  const start = source.at;
  const quote = source.peek();
  const end = endOfString(source.text, start, quote);
  if (end === undefined) source.fail(`expected a string to end with ${quote}`);
  const raw = source.text.slice(start + 1, end);
  source.at = end + 1;
  const unescaped = quote === '"' ? unescapeUnicode(source, raw, start + 1) : raw;
  const text = unescaped.replaceAll(quote + quote, quote);
  if (quote === "'" || !/[$#]/.test(text)) return { type: 'literal', value: text };
  return interpolation(source, text, start);
};

/** The closing quote: the last one that can be, since a doubled quote belongs to the string. */
const endOfString = (text: string, start: number, quote: string): number | undefined => {
  let last: number | undefined;
  let at = text.indexOf(quote, start + 1);
  while (at !== -1) {
    last = at;
    if (text.charAt(at + 1) !== quote) return at;
    at = text.indexOf(quote, at + 2);
  }
  return last;
};

const unescapeUnicode = (source: Source, raw: string, at: number): string =>
  raw.replace(/\\u(.{0,4})/gs, (written: string, hex: string, offset: number) => {
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) source.fail(`'${written}' is not \\u and four hexadecimal digits`, at + offset);
    return String.fromCharCode(Number.parseInt(hex, 16));
  });

/**
 * Velocity appends a space before it parses, so that a directive at the end cannot swallow what follows, and drops
 * the result's last character; a string with `##` in it gets neither.
 */
const interpolation = (source: Source, text: string, start: number): Expression => {
  const dropsLast = !text.includes('##');
  const inner = source.inner(dropsLast ? `${text} ` : text, start + 1);
  const body = parseWhole(inner);
  return { type: 'interpolation', at: source.options.base + start, body, dropsLast };
};

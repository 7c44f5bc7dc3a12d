// `java.lang.String` as templates call it. Indexes are UTF-16 units in both languages; an index out of range fails,
// as Java's exception makes API Gateway answer 500.
import { JavaFailure } from './java-failure.ts';
import { formatJava } from './java-format.ts';
import { type Arguments, type JavaMethod, methodTable, type ParameterType } from './java-method.ts';
import { fitInteger, int } from './java-number.ts';
import { matchesWhole, replaceMatches, splitByRegex } from './java-regex.ts';
import { javaText } from './java-text.ts';
import { JavaArray, JavaChar, type JavaValue } from './java-value.ts';
import { trim, trimWhitespace } from './trim.ts';

type Run = (self: string, args: Arguments) => JavaValue;

const method = (name: string, parameters: readonly ParameterType[], run: Run): JavaMethod<string> => ({
  name,
  parameters,
  run,
});

const substring = (self: string, from: number, to: number): string => {
  if (from < 0 || to > self.length || from > to) {
    throw new JavaFailure(`StringIndexOutOfBoundsException: begin ${from}, end ${to}, length ${self.length}`);
  }
  return self.slice(from, to);
};

const charAt = (self: string, index: number): string => substring(self, index, index + 1);

/** `String.hashCode()`. */
export const stringHash = (text: string): number => {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
};

const compare = (a: string, b: string): number => {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at += 1) {
    const difference = a.charCodeAt(at) - b.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

const fold = (text: string): string => text.toUpperCase().toLowerCase();

/** `regionMatches(start, other, otherStart, length)`. */
const sameRegion = (self: string, args: Arguments): boolean => {
  const [start, other, otherStart, length] = [args.number(0), args.text(1), args.number(2), args.number(3)];
  if (start < 0 || otherStart < 0 || start + length > self.length || otherStart + length > other.length) return false;
  return self.slice(start, start + length) === other.slice(otherStart, otherStart + length);
};

const code = (self: string, index: number): JavaValue => {
  charAt(self, index);
  return int(self.codePointAt(index) ?? 0);
};

const repeat = (self: string, args: Arguments): string => {
  const count = args.number(0);
  if (count < 0) throw new JavaFailure('IllegalArgumentException: count is negative');
  args.budget.text(self.length * count);
  return self.repeat(count);
};

/** A replacement that may grow the text is accounted for before it is kept. */
const spend = (text: string, args: Arguments): string => {
  args.budget.text(text.length);
  return text;
};

const fromCode = (args: Arguments): string => String.fromCodePoint(Math.max(0, Math.min(args.number(0), 0x10ffff)));

const characters = (self: string): JavaArray =>
  new JavaArray(
    [...self].map((char) => new JavaChar(char)),
    '[C',
  );

const join = (args: Arguments): string =>
  spend(
    args
      .items(1)
      .map((item) => javaText(item, args.budget) ?? 'null')
      .join(args.text(0)),
    args,
  );

const format = (args: Arguments): string => {
  const [, first] = args.values;
  const values = args.values.length === 2 && first instanceof JavaArray ? first.items : args.values.slice(1);
  return spend(formatJava(args.text(0), values, args.budget), args);
};

export const STRING_METHODS = methodTable<string>([
  method('length', [], (self) => int(self.length)),
  method('isEmpty', [], (self) => self === ''),
  method('isBlank', [], (self) => trimWhitespace(self) === ''),
  method('charAt', ['int'], (self, args) => new JavaChar(charAt(self, args.number(0)))),
  method('codePointAt', ['int'], (self, args) => code(self, args.number(0))),
  method('substring', ['int'], (self, args) => substring(self, args.number(0), self.length)),
  method('substring', ['int', 'int'], (self, args) => substring(self, args.number(0), args.number(1))),
  method('subSequence', ['int', 'int'], (self, args) => substring(self, args.number(0), args.number(1))),
  method('indexOf', ['int'], (self, args) => int(self.indexOf(fromCode(args)))),
  method('indexOf', ['int', 'int'], (self, args) => int(self.indexOf(fromCode(args), args.number(1)))),
  method('indexOf', ['text'], (self, args) => int(self.indexOf(args.text(0)))),
  method('indexOf', ['text', 'int'], (self, args) => int(self.indexOf(args.text(0), args.number(1)))),
  method('lastIndexOf', ['int'], (self, args) => int(self.lastIndexOf(fromCode(args)))),
  method('lastIndexOf', ['text'], (self, args) => int(self.lastIndexOf(args.text(0)))),
  method('lastIndexOf', ['text', 'int'], (self, args) =>
    int(args.number(1) < 0 ? -1 : self.lastIndexOf(args.text(0), args.number(1))),
  ),
  method('contains', ['text'], (self, args) => self.includes(args.text(0))),
  method('startsWith', ['text'], (self, args) => self.startsWith(args.text(0))),
  method(
    'startsWith',
    ['text', 'int'],
    (self, args) =>
      args.number(1) >= 0 && args.number(1) <= self.length && self.startsWith(args.text(0), args.number(1)),
  ),
  method('endsWith', ['text'], (self, args) => self.endsWith(args.text(0))),
  method('equals', ['any'], (self, args) => args.value(0) === self),
  method('contentEquals', ['text'], (self, args) => args.text(0) === self),
  method('equalsIgnoreCase', ['text'], (self, args) => args.value(0) !== null && fold(args.text(0)) === fold(self)),
  method('regionMatches', ['int', 'text', 'int', 'int'], (self, args) => sameRegion(self, args)),
  method('compareTo', ['text'], (self, args) => int(compare(self, args.text(0)))),
  method('compareTo', ['any'], () => {
    throw new JavaFailure('ClassCastException: a String compares to a String only');
  }),
  method('compareToIgnoreCase', ['text'], (self, args) => int(compare(fold(self), fold(args.text(0))))),
  method('toLowerCase', [], (self) => self.toLowerCase()),
  method('toUpperCase', [], (self) => self.toUpperCase()),
  method('trim', [], trim),
  method('strip', [], trimWhitespace),
  method('stripLeading', [], (self) => self.trimStart()),
  method('stripTrailing', [], (self) => self.trimEnd()),
  method('concat', ['text'], (self, args) => spend(self + args.text(0), args)),
  method('repeat', ['int'], repeat),
  method('replace', ['char', 'char'], (self, args) => self.replaceAll(args.text(0), () => args.text(1))),
  method('replace', ['text', 'text'], (self, args) => {
    const [from, to] = [args.text(0), args.text(1)];
    args.budget.text(to.length * (from === '' ? self.length + 1 : self.split(from).length - 1));
    return spend(
      self.replaceAll(from, () => to),
      args,
    );
  }),
  method('replaceAll', ['text', 'text'], (self, args) =>
    replaceMatches(self, args.text(0), args.text(1), true, args.budget),
  ),
  method('replaceFirst', ['text', 'text'], (self, args) =>
    replaceMatches(self, args.text(0), args.text(1), false, args.budget),
  ),
  method('matches', ['text'], (self, args) => matchesWhole(self, args.text(0))),
  method('split', ['text'], (self, args) => new JavaArray(splitByRegex(self, args.text(0), 0))),
  method('split', ['text', 'int'], (self, args) => new JavaArray(splitByRegex(self, args.text(0), args.number(1)))),
  method('toCharArray', [], characters),
  method('toString', [], (self) => self),
  method('intern', [], (self) => self),
  method('hashCode', [], (self) => int(stringHash(self))),
  method('valueOf', ['any'], (_self, args) => args.printed(0)),
  method('join', ['text', 'collection'], (_self, args) => join(args)),
  method('format', ['text', 'rest'], (_self, args) => format(args)),
  method('codePointCount', ['int', 'int'], (self, args) =>
    fitInteger(BigInt([...substring(self, args.number(0), args.number(1))].length)),
  ),
]);

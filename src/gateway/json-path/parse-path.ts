// Reads a JsonPath as Jayway's library does: `$.a.b`, `['a','b']`, `[0]`, `[-1]`, `[1:3]`, `[*]`, `..`, `[?(…)]`,
// `.length()`. A path that starts with neither `$` nor `@` gets `$.` before it.
import { parseFilter } from './parse-filter.ts';
import { PathCursor } from './path-cursor.ts';
import type { Operand, Path, PathToken } from './path-node.ts';

const FUNCTIONS = new Set(['length', 'size', 'min', 'max', 'avg', 'sum', 'stddev', 'keys', 'first', 'last', 'concat']);

/** @throws JsonPathError */
export const parsePath = (text: string): Path => {
  const trimmed = text.trimEnd();
  // A blank in front of the path is no part of it that Jayway's compiler takes off.
  const cursor = new PathCursor(/^[$@]/.test(trimmed) ? trimmed : `$.${trimmed}`);
  const path = parsePathAt(cursor);
  if (!cursor.atEnd) cursor.fail('the path should end');
  return path;
};

const parsePathAt = (cursor: PathCursor): Path => {
  const fromRoot = cursor.take('$');
  if (!fromRoot && !cursor.take('@')) cursor.fail("a path starts with '$' or '@'");
  const tokens: PathToken[] = [];
  while (!cursor.atEnd) {
    if (cursor.take('..')) {
      tokens.push({ type: 'scan' });
      tokens.push(cursor.peek() === '[' ? parseBracket(cursor) : parseName(cursor));
    } else if (cursor.take('.')) {
      tokens.push(cursor.peek() === '[' ? parseBracket(cursor) : parseName(cursor));
    } else if (cursor.peek() === '[') {
      tokens.push(parseBracket(cursor));
    } else {
      cursor.fail("expected '.' or '['");
    }
  }
  return { fromRoot, tokens };
};

const parseName = (cursor: PathCursor): PathToken => {
  if (cursor.take('*')) return { type: 'wildcard' };
  const name = cursor.match(/[^.[( ]+/y);
  if (name === undefined) cursor.fail('expected a name');
  if (cursor.peek() === ' ') cursor.fail("a name with spaces is written ['…']");
  if (!cursor.take('(')) return { type: 'property', names: [name] };
  if (!FUNCTIONS.has(name)) cursor.fail(`there is no function ${name}()`);
  return { type: 'function', name, args: parseArguments(cursor) };
};

const parseArguments = (cursor: PathCursor): Operand[] => {
  const args: Operand[] = [];
  cursor.skipBlanks();
  if (cursor.take(')')) return args;
  do {
    cursor.skipBlanks();
    const quoted = cursor.peek() === '"' ? cursor.quoted() : undefined;
    if (quoted === undefined)
      args.push({ type: 'path', path: parsePath(cursor.match(/[$@][^,)]*/y) ?? cursor.fail('expected an argument')) });
    else args.push({ type: 'value', value: quoted });
    cursor.skipBlanks();
  } while (cursor.take(','));
  cursor.expect(')');
  return args;
};

const parseBracket = (cursor: PathCursor): PathToken => {
  cursor.take('[');
  cursor.skipBlanks();
  const token = parseInBracket(cursor);
  cursor.expect(']');
  return token;
};

const parseInBracket = (cursor: PathCursor): PathToken => {
  if (cursor.take('*')) return { type: 'wildcard' };
  if (cursor.peek() === "'" || cursor.peek() === '"') return parseNames(cursor);
  if (cursor.match(/\?[ \t\n\r]*\(/y) !== undefined) {
    const condition = cursor.nested(() => parseFilter(cursor, parsePath));
    return { type: 'filter', condition };
  }
  const slice = cursor.match(/-?\d{0,9}:-?\d{0,9}(?::-?\d{0,9})*(?!\d)/y);
  if (slice !== undefined) return parseSlice(cursor, slice);
  const indexes = cursor.match(/-?\d{1,9}(?:[ ]*,[ ]*-?\d{1,9})*(?!\d)/y);
  if (indexes === undefined) cursor.fail("expected a quoted name, a number, '*' or '?('");
  return { type: 'index', indexes: indexes.split(',').map(Number) };
};

const parseNames = (cursor: PathCursor): PathToken => {
  const names = [cursor.quoted()];
  for (cursor.skipBlanks(); cursor.take(','); cursor.skipBlanks()) {
    cursor.skipBlanks();
    names.push(cursor.quoted());
  }
  return { type: 'property', names };
};

/** A step is read and does nothing. */
const parseSlice = (cursor: PathCursor, slice: string): PathToken => {
  const [from = '', to = ''] = slice.split(':');
  if (from + to === '' || from === '-' || to === '-') cursor.fail('a slice has a start or an end');
  return { type: 'slice', from: from === '' ? undefined : Number(from), to: to === '' ? undefined : Number(to) };
};

// Reads a filter's condition: `@.price < 10 && (@.tag in ['a', 'b'] || !@.old)`. What has no operator asks whether
// the path exists.
import { JavaFailure } from '../vtl/java-failure.ts';
import { parseLenientJson } from '../vtl/lenient-json.ts';
import type { PathCursor } from './path-cursor.ts';
import type { Condition, Operand, Path } from './path-node.ts';

const OPERATOR = /===|!==|==|!=|<=|>=|=~|<|>|(?:in|nin|all|contains|subsetof|anyof|noneof|size|empty)(?![a-zA-Z])/iy;

type ParsePath = (text: string) => Path;

/** The condition and its closing parenthesis, the opening one already read. @throws JsonPathError */
export const parseFilter = (cursor: PathCursor, parsePath: ParsePath): Condition => {
  const condition = parseOr(cursor, parsePath);
  cursor.expect(')');
  return condition;
};

const parseOr = (cursor: PathCursor, parsePath: ParsePath): Condition => {
  const conditions = [parseAnd(cursor, parsePath)];
  for (cursor.skipBlanks(); cursor.take('||'); cursor.skipBlanks()) conditions.push(parseAnd(cursor, parsePath));
  return conditions.length === 1 && conditions[0] !== undefined ? conditions[0] : { type: 'or', conditions };
};

const parseAnd = (cursor: PathCursor, parsePath: ParsePath): Condition => {
  const conditions = [parseTerm(cursor, parsePath)];
  for (cursor.skipBlanks(); cursor.take('&&'); cursor.skipBlanks()) conditions.push(parseTerm(cursor, parsePath));
  return conditions.length === 1 && conditions[0] !== undefined ? conditions[0] : { type: 'and', conditions };
};

const parseTerm = (cursor: PathCursor, parsePath: ParsePath): Condition => {
  cursor.skipBlanks();
  const isNegated = cursor.match(/!(?![=])/y) !== undefined;
  cursor.skipBlanks();
  if (isNegated && !/[$@]/.test(cursor.peek())) {
    return { type: 'not', condition: cursor.nested(() => parseTerm(cursor, parsePath)) };
  }
  if (cursor.take('(')) return cursor.nested(() => parseFilter(cursor, parsePath));
  const left = parseOperand(cursor, parsePath);
  cursor.skipBlanks();
  const operator = cursor.match(OPERATOR)?.toLowerCase();
  if (operator !== undefined) return { type: 'relation', operator, left, right: parseOperand(cursor, parsePath) };
  if (left.type !== 'path') cursor.fail('expected an operator');
  return { type: 'exists', path: left.path, expected: !isNegated };
};

const parseOperand = (cursor: PathCursor, parsePath: ParsePath): Operand => {
  cursor.skipBlanks();
  const start = cursor.at;
  switch (cursor.peek()) {
    case '$':
    case '@':
      return { type: 'path', path: cursor.nested(() => parsePath(pathText(cursor))) };
    case "'":
    case '"':
      return { type: 'value', value: cursor.quoted() };
    case '/':
      return { type: 'pattern', pattern: parsePattern(cursor) };
    case '[':
    case '{':
      skipBrackets(cursor);
      return { type: 'value', value: readJson(cursor, cursor.text.slice(start, cursor.at)) };
    default: {
      const word = cursor.match(/true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
      if (word === undefined) cursor.fail('expected a path or a literal');
      return { type: 'value', value: readJson(cursor, word) };
    }
  }
};

const readJson = (cursor: PathCursor, text: string) => {
  try {
    return parseLenientJson(text);
  } catch (error) {
    if (error instanceof JavaFailure) return cursor.fail(error.message);
    throw error;
  }
};

/** A path within a filter ends at a blank, an operator or the parenthesis that is not its own. */
const pathText = (cursor: PathCursor): string => {
  const start = cursor.at;
  cursor.at += 1;
  while (!cursor.atEnd) {
    if (cursor.peek() === '[') skipBrackets(cursor);
    else if (cursor.match(/\([ ]*\)/y) === undefined && cursor.match(/[^[ \t\n\r<>=!~)&|,]/y) === undefined) break;
  }
  return cursor.text.slice(start, cursor.at);
};

/** Moves past a bracketed text, quotes and brackets in it included. */
const skipBrackets = (cursor: PathCursor): void => {
  let depth = 0;
  do {
    if (cursor.atEnd) cursor.fail('a bracket does not close');
    const char = cursor.peek();
    if (char === "'" || char === '"') {
      cursor.quoted();
      continue;
    }
    if (char === '[' || char === '{') depth += 1;
    if (char === ']' || char === '}') depth -= 1;
    cursor.at += 1;
  } while (depth > 0);
};

const parsePattern = (cursor: PathCursor): string => {
  const literal = cursor.match(/\/(?:[^/\\]|\\[\s\S])*\/i?/y);
  if (literal === undefined) cursor.fail('a pattern does not end');
  const end = literal.lastIndexOf('/');
  return (literal.endsWith('i') ? '(?i)' : '') + literal.slice(1, end);
};

// Operands: references and literals. They are also all that a method's arguments, list and map literals and a
// directive's arguments may hold: Velocity 1.7 takes no operator there.
import { fitInteger, JavaReal, numberText, parseDecimal } from './java-number.ts';
import { parseStringLiteral } from './parse-string.ts';
import type { Source } from './source.ts';
import type { Expression, ReferenceNode, ReferenceStep } from './template-node.ts';

const IDENTIFIER = /[a-zA-Z_][a-zA-Z0-9_-]*/y;
/** Dollars and bangs before the last `$` are text; backslashes before a bang leave a reference to nothing. */
const REFERENCE_START = /(?:\$!?)*\$(?:\\*!)?\{?[a-zA-Z_][a-zA-Z0-9_-]*/y;
const WHOLE = /-?[0-9]+(?=\.\.)|-?[0-9]+(?![0-9]*(\.|[eE][-+]?[0-9]))/y;
const REAL = /-?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|-?[0-9]+[eE][-+]?[0-9]+/y;
const RANGE_AHEAD = /\[[ \t\n\r]*(?:\$|-?[0-9]+[ \t\n\r]*\.\.)/y;

/** A reference if one starts here, past backslashes and dollars; otherwise undefined, nowhere moved. */
export const parseReference = (source: Source): ReferenceNode | undefined => {
  const start = source.at;
  const backslashes = source.match(/\\+/y)?.length ?? 0;
  const name = source.look(REFERENCE_START);
  if (name === undefined) {
    source.at = start;
    return undefined;
  }
  if (/[^a-zA-Z0-9_-](?:true|false)$/.test(name)) source.fail('true and false are no names');
  const dollars = source.match(/(?:\$!?)+(?=\$)/y) ?? '';
  const literalStart = source.at;
  const at = source.offset;
  const isBroken = (source.match(/\$(?:\\*!)?/y) ?? '').includes('\\');
  const isFormal = source.take('{');
  const root = source.match(IDENTIFIER) ?? '';
  const steps = source.nested(() => parseSteps(source));
  if (isFormal) source.expect('}', `at the end of '\${${root}'`);
  else if (steps.length > 0 && source.look(/(?<=[)\]])(?:true|false)(?![a-zA-Z0-9_-])/y)) {
    source.fail('true and false cannot follow a method or an index: put the reference in braces');
  }
  const prefix = '\\'.repeat(Math.floor(backslashes / 2)) + dollars;
  const literal = source.text.slice(literalStart, source.at);
  return { type: 'reference', at, root: isBroken ? '' : root, steps, literal, prefix, escaped: backslashes % 2 === 1 };
};

/**
 * Text right after a reference, as Velocity 1.7 reads it. After a property, two hashes start no comment. After a
 * method or an index, a word is a reference of its own that prints its first name: `$x.get("a")b.c` loses the `.c`.
 */
export const parseTail = (source: Source, reference: ReferenceNode): ReferenceNode => {
  if (reference.literal.endsWith('}')) return reference;
  let last = reference.steps.at(-1);
  let suffix = '';
  while (last?.type === 'method' || last?.type === 'index') {
    const name = source.match(IDENTIFIER);
    if (name === undefined) break;
    suffix += name;
    last = source.nested(() => parseSteps(source)).at(-1);
  }
  if (last?.type === 'property' && source.take('##')) suffix += '##';
  return suffix === '' ? reference : { ...reference, suffix };
};

const parseSteps = (source: Source): ReferenceStep[] => {
  const steps: ReferenceStep[] = [];
  for (;;) {
    const at = source.offset;
    if (source.take('[')) {
      const argument = parseIndex(source);
      steps.push({ type: 'index', at, argument });
    } else if (source.match(/\.(?=[a-zA-Z])/y)) {
      const name = source.match(IDENTIFIER) ?? '';
      if (name === 'true' || name === 'false') source.fail('true and false are no names');
      if (source.match(/\((?=[\s\S])/y)) steps.push({ type: 'method', at, name, args: parseOperands(source, ')') });
      else steps.push({ type: 'property', at, name });
    } else {
      return steps;
    }
  }
};

/** A string, a whole number, a boolean or a reference: Velocity takes no other index. */
const parseIndex = (source: Source): Expression => {
  const argument = parseOperand(source);
  const isReal = argument.type === 'literal' && argument.value instanceof JavaReal;
  if (isReal || argument.type === 'list' || argument.type === 'map' || argument.type === 'range') {
    source.fail('expected a string, a whole number or a reference as an index');
  }
  source.expect(']', 'after an index');
  return argument;
};

/** Operands separated by commas, up to the closing token. */
const parseOperands = (source: Source, close: ')' | ']'): Expression[] => {
  if (source.take(close)) return [];
  const parse = close === ')' ? parseArgument : parseOperand;
  const operands = [parse(source)];
  while (source.take(',')) operands.push(parse(source));
  source.expect(close, 'after the arguments');
  return operands;
};

/** Velocity takes a bare word for an argument that is null: `$input.params(id)`. */
const WORD_ARGUMENT = /[ \t\n\r]*(?!(?:true|false)[ \t\n\r]*[,)])[a-zA-Z_][a-zA-Z0-9_]*[ \t\n\r]*(?=[,)])/y;

const parseArgument = (source: Source): Expression =>
  source.match(WORD_ARGUMENT) === undefined ? parseOperand(source) : { type: 'literal', value: null };

/** An operand with the whitespace around it. @throws TemplateError */
export const parseOperand = (source: Source): Expression => {
  source.skipWhitespace();
  const operand = tryOperand(source) ?? source.fail('expected a value');
  source.skipWhitespace();
  return operand;
};

/** An operand if one starts here. */
export const tryOperand = (source: Source): Expression | undefined => {
  switch (source.peek()) {
    case '$':
    case '\\':
      return parseReference(source);
    case '"':
    case "'":
      return parseStringLiteral(source);
    case '[':
      return source.nested(() => parseListOrRange(source));
    case '{':
      return source.nested(() => parseMap(source));
    default:
      return parseBoolean(source) ?? parseNumber(source);
  }
};

const parseBoolean = (source: Source): Expression | undefined => {
  const word = source.match(/(?:true|false)(?![a-zA-Z0-9_@])/y);
  return word === undefined ? undefined : { type: 'literal', value: word === 'true' };
};

const parseNumber = (source: Source): Expression | undefined => {
  const whole = source.match(WHOLE);
  if (whole !== undefined) return { type: 'literal', value: fitInteger(BigInt(whole)) };
  const text = source.match(REAL);
  if (text === undefined) return undefined;
  const real = new JavaReal(Number(text));
  if (Number.isFinite(real.value)) return { type: 'literal', value: real };
  return { type: 'literal', value: parseDecimal(text) ?? source.fail(`'${numberText(real)}' is no number`) };
};

const parseListOrRange = (source: Source): Expression => {
  const at = source.offset;
  const mayBeRange = source.look(RANGE_AHEAD) !== undefined;
  source.take('[');
  if (!mayBeRange) return { type: 'list', items: parseOperands(source, ']') };
  const from = parseOperand(source);
  if (source.take('..')) {
    const to = parseOperand(source);
    source.expect(']', 'after a range');
    return { type: 'range', at, from, to };
  }
  const rest: Expression[] = [];
  while (source.take(',')) rest.push(parseOperand(source));
  source.expect(']', 'after a list');
  return { type: 'list', items: [from, ...rest] };
};

const parseMap = (source: Source): Expression => {
  source.take('{');
  const pairs: [Expression, Expression][] = [];
  source.skipWhitespace();
  if (source.take('}')) return { type: 'map', pairs };
  do {
    const key = parseOperand(source);
    source.expect(':', 'after a map key');
    pairs.push([key, parseOperand(source)]);
  } while (source.take(','));
  source.expect('}', 'after a map');
  return { type: 'map', pairs };
};

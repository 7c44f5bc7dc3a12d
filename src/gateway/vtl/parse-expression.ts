// Expressions of #set and #if: Velocity 1.7's operators and their precedence. Whitespace may stand anywhere; a minus
// directly before a digit belongs to the number, as in Velocity.
import { parseOperand } from './parse-operand.ts';
import type { Source } from './source.ts';
import type { ComparisonOperator, Expression } from './template-node.ts';

const word = (symbols: string, name: string): RegExp => new RegExp(`${symbols}|${name}(?![a-zA-Z0-9_@])`, 'y');

const OR = word('\\|\\|', 'or');
const AND = word('&&', 'and');
const NOT = word('!(?!=)', 'not');
const EQUALITY = /==|!=|(?:eq|ne)(?![a-zA-Z0-9_@])/y;
const RELATION = /<=|>=|<|>|(?:le|ge|lt|gt)(?![a-zA-Z0-9_@])/y;
const SUM = /\+|-(?![0-9])/y;
const PRODUCT = /[*/%]/y;

/** @throws TemplateError */
export const parseExpression = (source: Source): Expression => source.nested(() => parseOr(source));

const parseOr = (source: Source): Expression => {
  let left = parseAnd(source);
  while (source.match(OR) !== undefined) left = { type: 'or', left, right: parseAnd(source) };
  return left;
};

const parseAnd = (source: Source): Expression => {
  let left = parseComparison(source, EQUALITY, parseRelation);
  while (source.match(AND) !== undefined) {
    left = { type: 'and', left, right: parseComparison(source, EQUALITY, parseRelation) };
  }
  return left;
};

const parseRelation = (source: Source): Expression => parseComparison(source, RELATION, parseSum);

const SYMBOLS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['eq', '=='],
  ['ne', '!='],
  ['lt', '<'],
  ['le', '<='],
  ['gt', '>'],
  ['ge', '>='],
  ['==', '=='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

const parseComparison = (source: Source, operators: RegExp, parseSide: (source: Source) => Expression): Expression => {
  let left = parseSide(source);
  for (;;) {
    const at = source.offset;
    const operator = SYMBOLS.get(source.match(operators) ?? '');
    if (operator === undefined) return left;
    left = { type: 'comparison', at, operator, left, right: parseSide(source) };
  }
};

const parseSum = (source: Source): Expression => {
  let left = parseProduct(source);
  for (;;) {
    const at = source.offset;
    const operator = source.match(SUM);
    if (operator !== '+' && operator !== '-') return left;
    left = { type: 'math', at, operator, left, right: parseProduct(source) };
  }
};

const parseProduct = (source: Source): Expression => {
  let left = parseUnary(source);
  for (;;) {
    const at = source.offset;
    const operator = source.match(PRODUCT);
    if (operator !== '*' && operator !== '/' && operator !== '%') return left;
    left = { type: 'math', at, operator, left, right: parseUnary(source) };
  }
};

const parseUnary = (source: Source): Expression => {
  source.skipWhitespace();
  if (source.match(NOT) !== undefined) return { type: 'not', operand: source.nested(() => parseUnary(source)) };
  if (!source.take('(')) return parseOperand(source);
  const inner = parseExpression(source);
  source.expect(')', 'after an expression');
  source.skipWhitespace();
  return inner;
};

// What starts with a hash: comments, literal blocks, Velocity's directives and calls of macros. A hash that starts
// none of these is text.
import { parseExpression } from './parse-expression.ts';
import { parseReference, tryOperand } from './parse-operand.ts';
import type { Source } from './source.ts';
import type { Block, Expression, TemplateNode } from './template-node.ts';

const REST_OF_LINE = /[ \t]*(?:\r\n|\n|\r)/y;
const NAME = /#(?:@?[a-zA-Z_][a-zA-Z0-9_@]*|\{[a-zA-Z_][a-zA-Z0-9_@]*\})/y;
const OPEN = /[ \t\n\r]*\(/y;

const parseBlock = (source: Source): Block => source.options.parseBlock(source);

/** Undefined for a comment. @throws TemplateError */
export const parseDirective = (source: Source): TemplateNode | undefined => {
  if (source.match(/##[^\n\r]*(?:\r\n|\n|\r)?/y) !== undefined) return undefined;
  if (source.take('#*')) return skipComment(source);
  if (source.take('#[[')) return parseLiteralBlock(source);
  const at = source.offset;
  const start = source.at;
  const name = source.match(NAME)?.replace(/[#{}]/g, '');
  if (name === undefined) return parseHash(source);
  const parse = PARSERS.get(name);
  return parse === undefined ? parseCall(source, name, start) : source.nested(() => parse(source, at));
};

/** A hash that starts nothing. One before the blanks of a #set goes with them. */
const parseHash = (source: Source): TemplateNode => {
  if (source.at + 1 >= source.text.length) source.fail('expected a directive after #');
  const text = source.match(/#(?:\\+(?=\$))?/y) ?? '';
  return { type: 'text', text: source.look(/[ \t]+#(?:set|\{set\}) *\(/y) === undefined ? text : '' };
};

/** A comment that does not end takes the rest of the template. */
const skipComment = (source: Source): undefined => {
  const end = source.text.indexOf('*#', source.at);
  source.at = end === -1 ? source.text.length : end + 2;
  return undefined;
};

const parseLiteralBlock = (source: Source): TemplateNode => {
  const end = source.text.indexOf(']]#', source.at);
  if (end === -1) source.fail('expected the literal block to end with ]]#', source.text.length);
  const text = source.text.slice(source.at, end);
  source.at = end + 3;
  return { type: 'text', text };
};

/** `#end` or `{end}`, with the rest of its line when that is blank. */
const parseEnd = (source: Source, directive: string): void => {
  if (source.match(/#end(?![a-zA-Z0-9_@])|#\{end\}/y) === undefined) source.fail(`expected #end of ${directive}`);
  source.match(REST_OF_LINE);
};

const parseIf = (source: Source, at: number): TemplateNode => {
  const branches = [{ condition: parseCondition(source, '#if'), body: parseBlock(source) }];
  while (source.match(/#elseif(?![a-zA-Z0-9_@])|#\{elseif\}/y) !== undefined) {
    branches.push({ condition: parseCondition(source, '#elseif'), body: parseBlock(source) });
  }
  let otherwise: readonly TemplateNode[] = [];
  if (source.match(/#else(?![a-zA-Z0-9_@])|#\{else\}/y) !== undefined) {
    source.match(REST_OF_LINE);
    otherwise = parseBlock(source);
  }
  parseEnd(source, '#if');
  return { type: 'if', at, branches, otherwise };
};

const parseCondition = (source: Source, directive: string): Expression => {
  if (source.match(OPEN) === undefined) source.fail(`expected '(' after ${directive}`);
  const condition = parseExpression(source);
  source.expect(')', `after the condition of ${directive}`);
  source.match(REST_OF_LINE);
  return condition;
};

const parseForeach = (source: Source, at: number): TemplateNode => {
  if (source.match(OPEN) === undefined) source.fail("expected '(' after #foreach");
  const args = parseArguments(source, '#foreach');
  if (args.length < 2 || args.some(({ type }, index) => type === 'word' && index !== 1))
    source.fail('expected a reference, in and a list in #foreach');
  const [variable, , list = NOTHING, ...more] = args;
  const body = parseBlock(source);
  parseEnd(source, '#foreach');
  // Whatever stands in the place of `in` is not looked at; what is no loop at all renders nothing.
  const isLoop = variable?.type === 'reference' && list.type !== 'word' && more.length === 0;
  return { type: 'foreach', at, variable: isLoop ? variable.root : '', list: isLoop ? list : NOTHING, body };
};

const NOTHING: Expression = { type: 'literal', value: null };

const parseDefine = (source: Source, at: number): TemplateNode => {
  open(source, '#define');
  const name = parseVariable(source, '#define');
  close(source, '#define');
  const body = parseBlock(source);
  parseEnd(source, '#define');
  return { type: 'define', at, name, body };
};

const parseMacro = (source: Source, at: number): TemplateNode => {
  open(source, '#macro');
  const name = source.match(/[a-zA-Z_@][a-zA-Z0-9_@]*/y) ?? source.fail('expected a name after #macro(');
  const parameters: string[] = [];
  while (source.match(/[ \t\n\r,]*(?=\$)/y) !== undefined) parameters.push(parseVariable(source, '#macro'));
  close(source, '#macro');
  const body = parseBlock(source);
  parseEnd(source, '#macro');
  const macro: TemplateNode = { type: 'macro', at, name, parameters, body };
  if (!source.options.macros.has(name)) source.options.macros.set(name, macro);
  return macro;
};

const parseLiteral = (source: Source): TemplateNode => {
  open(source, '#literal');
  close(source, '#literal');
  const start = source.at;
  parseBlock(source);
  const text = source.text.slice(start, source.at);
  parseEnd(source, '#literal');
  return { type: 'text', text };
};

const parseEvaluate = (source: Source, at: number): TemplateNode => {
  open(source, '#evaluate');
  const template = tryOperand(source) ?? source.fail('expected what #evaluate renders');
  close(source, '#evaluate');
  return { type: 'evaluate', at, template };
};

const parseBreak = (source: Source, at: number): TemplateNode => {
  const scope = parseOptionalArgument(source, '#break');
  return { type: 'break', at, scope };
};

const parseStop = (source: Source, at: number): TemplateNode => {
  parseOptionalArgument(source, '#stop');
  return { type: 'stop', at };
};

const parseOptionalArgument = (source: Source, directive: string): Expression | undefined => {
  if (source.match(OPEN) === undefined) return undefined;
  source.skipWhitespace();
  const argument = tryOperand(source);
  close(source, directive);
  return argument;
};

/** API Gateway has no files to include: the directive fails when the template is read. */
const refuse = (source: Source): never => source.fail('API Gateway has nothing that #include or #parse could read');

const PARSERS: ReadonlyMap<string, (source: Source, at: number) => TemplateNode> = new Map([
  ['if', parseIf],
  ['foreach', parseForeach],
  ['define', parseDefine],
  ['macro', parseMacro],
  ['literal', parseLiteral],
  ['evaluate', parseEvaluate],
  ['break', parseBreak],
  ['stop', parseStop],
  ['include', refuse],
  ['parse', refuse],
]);

const open = (source: Source, directive: string): void => {
  if (source.match(OPEN) === undefined) source.fail(`expected '(' after ${directive}`);
  source.skipWhitespace();
};

const close = (source: Source, directive: string): void => {
  source.skipWhitespace();
  source.expect(')', `at the end of ${directive}`);
  source.match(REST_OF_LINE);
};

const parseVariable = (source: Source, directive: string): string =>
  parseReference(source)?.root ?? source.fail(`expected a reference in ${directive}`);

/** A call of a macro, which may be defined later or never: then its source is the text. */
const parseCall = (source: Source, name: string, start: number): TemplateNode => {
  const at = source.options.base + start;
  const isBlock = name.startsWith('@');
  const hasArguments = source.match(OPEN) !== undefined;
  if (isBlock && !hasArguments) return { type: 'text', text: source.text.slice(start, source.at) };
  const given = hasArguments ? parseArguments(source, `#${name}`) : [];
  const args = given.filter((argument) => argument.type !== 'word');
  const hasWord = args.length < given.length;
  const literal = source.text.slice(start, source.at);
  if (!isBlock) return { type: 'call', at, name, args, body: undefined, literal, hasWord };
  const body = source.nested(() => parseBlock(source));
  parseEnd(source, `#${name}`);
  return { type: 'call', at, name: name.slice(1), args, body, literal: source.text.slice(start, source.at), hasWord };
};

/** Operands and bare words up to the parenthesis, commas between them or not, and the rest of its line. */
const parseArguments = (source: Source, directive: string): (Expression | { readonly type: 'word' })[] => {
  const args: (Expression | { readonly type: 'word' })[] = [];
  for (;;) {
    source.match(/[ \t\n\r]*(?:,[ \t\n\r]*)?/y);
    if (source.take(')')) break;
    if (source.match(/(?!(?:true|false)(?![a-zA-Z0-9_@]))[a-zA-Z_@][a-zA-Z0-9_@]*/y) !== undefined)
      args.push({ type: 'word' });
    else args.push(tryOperand(source) ?? source.fail(`expected an argument of ${directive}`));
  }
  source.match(REST_OF_LINE);
  return args;
};

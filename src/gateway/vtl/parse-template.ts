// Statements: text, references, comments and directives, with Velocity 1.7's rules for what swallows whitespace.
// A directive with parentheses, #else and #end swallow spaces and the newline after them; #set also the spaces
// before it when a statement, not text, precedes them; nothing else does.
import { parseDirective } from './parse-directive.ts';
import { parseExpression } from './parse-expression.ts';
import { parseReference, parseTail } from './parse-operand.ts';
import { parseWhole, Source } from './source.ts';
import type { Block, MacroNode, ReferenceNode, TemplateNode } from './template-node.ts';

const TEXT = /[^$#\\]+/y;
const SET = /[ \t]*#(?:set|\{set\}) *\(/y;
const BLOCK_END = /#(?:end|else|elseif)(?![a-zA-Z0-9_@])|#\{(?:end|else|elseif)\}/y;
/** Spaces and a newline after a directive. */
const REST_OF_LINE = /[ \t]*(?:\r\n|\n|\r)/y;

export interface ParsedTemplate {
  readonly source: string;
  readonly body: Block;
  /** By name; the first definition of a name holds, wherever it stands. */
  readonly macros: ReadonlyMap<string, MacroNode>;
}

/** @throws TemplateError where the template is no Velocity. */
export const parseTemplate = (text: string): ParsedTemplate => {
  const macros = new Map<string, MacroNode>();
  const body = parseWhole(new Source(text, { whole: text, base: 0, depth: 0, macros, parseBlock }));
  return { source: text, body, macros };
};

/** Statements up to #end, #else, #elseif or the end of the text. */
const parseBlock = (source: Source): Block => {
  const nodes: TemplateNode[] = [];
  while (!source.atEnd && source.look(BLOCK_END) === undefined) {
    const node = parseStatement(source);
    const last = nodes.at(-1);
    if (node?.type === 'text' && last?.type === 'text') {
      nodes[nodes.length - 1] = { type: 'text', text: last.text + node.text };
    } else if (node !== undefined) {
      nodes.push(node);
    }
  }
  return nodes;
};

/** Undefined for what renders nothing, as a comment. */
const parseStatement = (source: Source): TemplateNode | undefined => {
  if (source.look(SET) !== undefined) return parseSet(source);
  const text = source.match(TEXT);
  if (text !== undefined) return { type: 'text', text };
  const reference = source.look(/\\*\$/y) === undefined ? undefined : parseReference(source);
  if (reference !== undefined) return parseTail(source, reference);
  if (source.peek() === '$') return { type: 'text', text: parseDollars(source) };
  if (source.peek() === '\\') return { type: 'text', text: parseBackslashes(source) };
  return parseDirective(source);
};

/** What swallows the dollars before it. */
const SWALLOWING =
  /#(?:if|else|elseif|end)(?![a-zA-Z0-9_@])|#\{(?:if|else|elseif|end)\}|#\*|[ \t]*#(?:set|\{set\}) *\(/y;

/**
 * Dollars that start no reference. Velocity loses the bang of `$!` there, unless a bracket or brace follows, and takes
 * a directive right after them for text.
 */
const parseDollars = (source: Source): string => {
  const dollars = source.match(/\$+(?:![[{])?/y) ?? '';
  if (dollars.includes('!')) return dollars;
  source.take('!');
  if (source.atEnd) source.fail('expected a reference after $');
  if (source.look(SWALLOWING) !== undefined) return '';
  return dollars + (source.match(/#(?:@?[a-zA-Z_][a-zA-Z0-9_@]*|\{[a-zA-Z_][a-zA-Z0-9_@]*\})/y) ?? '');
};

const DIRECTIVES = new Set(['break', 'define', 'evaluate', 'foreach', 'include', 'literal', 'macro', 'parse', 'stop']);
const CONTROLS = new Set(['if', 'else', 'elseif', 'end']);

/** Backslashes are text, but before a directive every two print one, and an odd one makes the directive text. */
const parseBackslashes = (source: Source): string => {
  const run = source.match(/\\+/y) ?? '';
  if (source.peek() === '$') return run;
  const directive = source.look(/#(?:[a-zA-Z_@][a-zA-Z0-9_@]*|\{[a-zA-Z_][a-zA-Z0-9_@]*\})/y);
  if (directive === undefined) return run;
  const name = directive.replace(/[#{}]/g, '');
  const isPluggable = DIRECTIVES.has(name) || source.options.macros.has(name);
  const isEscaped = run.length % 2 === 1;
  const isKnown = isPluggable || CONTROLS.has(name) || (isEscaped && name === 'set');
  if (isEscaped) source.at += directive.length;
  return (isKnown ? run.slice(0, Math.floor(run.length / 2)) : run) + (isEscaped ? directive : '');
};

const parseSet = (source: Source): TemplateNode => {
  source.match(SET);
  const at = source.offset;
  source.skipWhitespace();
  const target = source.peek() === '$' ? parseReference(source) : undefined;
  if (target === undefined) source.fail('expected a reference after #set(');
  source.skipWhitespace();
  source.expect('=', 'in #set');
  const value = parseExpression(source);
  source.expect(')', 'at the end of #set');
  source.match(REST_OF_LINE);
  return { type: 'set', at, target: { ...target, root: assignedRoot(target) }, value };
};

/** Velocity 1.7 takes the token after the dollar for the variable: `#set(${x} = 1)` leaves $x alone. */
const assignedRoot = ({ root, steps, literal }: ReferenceNode): string => {
  if (steps.length > 0) return root;
  return /^\$(!?\{)/.exec(literal)?.[1] ?? literal.slice(1);
};

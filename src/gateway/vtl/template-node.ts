// The parsed form of a template: statements, references and expressions as Velocity 1.7's grammar has them.
// `at` is an offset into the whole template's source, for the place in an error.
import type { MathOperator } from './java-math.ts';
import type { JavaValue } from './java-value.ts';

export type Block = readonly TemplateNode[];

export type TemplateNode =
  | { readonly type: 'text'; readonly text: string }
  | ReferenceNode
  | { readonly type: 'set'; readonly at: number; readonly target: ReferenceNode; readonly value: Expression }
  | {
      readonly type: 'if';
      readonly at: number;
      readonly branches: readonly { readonly condition: Expression; readonly body: Block }[];
      readonly otherwise: Block;
    }
  | {
      readonly type: 'foreach';
      readonly at: number;
      readonly variable: string;
      readonly list: Expression;
      readonly body: Block;
    }
  | { readonly type: 'define'; readonly at: number; readonly name: string; readonly body: Block }
  | MacroNode
  | CallNode
  | { readonly type: 'evaluate'; readonly at: number; readonly template: Expression }
  | { readonly type: 'break'; readonly at: number; readonly scope: Expression | undefined }
  | { readonly type: 'stop'; readonly at: number };

export interface MacroNode {
  readonly type: 'macro';
  readonly at: number;
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Block;
}

/** `#name(...)`: a macro's call, or plain text when no such macro exists. */
export interface CallNode {
  readonly type: 'call';
  readonly at: number;
  readonly name: string;
  readonly args: readonly Expression[];
  /** Of `#@name(...) … #end`. */
  readonly body: Block | undefined;
  readonly literal: string;
  /** Bare words are arguments of no macro. */
  readonly hasWord: boolean;
}

export interface ReferenceNode {
  readonly type: 'reference';
  readonly at: number;
  readonly root: string;
  readonly steps: readonly ReferenceStep[];
  /** The source from its `$` on. */
  readonly literal: string;
  /** Backslashes and dollars before it that are printed. */
  readonly prefix: string;
  /** What Velocity 1.7 makes of the text right after it; see `parseTail`. */
  readonly suffix?: string;
  /** After an odd number of backslashes: prints its literal. */
  readonly escaped: boolean;
}

export type ReferenceStep =
  | { readonly type: 'property'; readonly at: number; readonly name: string }
  | { readonly type: 'method'; readonly at: number; readonly name: string; readonly args: readonly Expression[] }
  | { readonly type: 'index'; readonly at: number; readonly argument: Expression };

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Expression =
  | { readonly type: 'literal'; readonly value: JavaValue }
  /** A double-quoted string that holds references or directives. */
  | { readonly type: 'interpolation'; readonly at: number; readonly body: Block; readonly dropsLast: boolean }
  | ReferenceNode
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'map'; readonly pairs: readonly (readonly [Expression, Expression])[] }
  | { readonly type: 'range'; readonly at: number; readonly from: Expression; readonly to: Expression }
  | { readonly type: 'not'; readonly operand: Expression }
  | { readonly type: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly type: 'comparison';
      readonly at: number;
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly type: 'math';
      readonly at: number;
      readonly operator: MathOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

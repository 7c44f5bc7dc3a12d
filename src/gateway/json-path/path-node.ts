// The parsed form of a JsonPath. A path is definite when it names one place: then it yields that value, otherwise a
// list of what it found.
import type { JavaValue } from '../vtl/java-value.ts';

export interface Path {
  /** `$`, the document; otherwise `@`, the element a filter looks at. */
  readonly fromRoot: boolean;
  readonly tokens: readonly PathToken[];
}

export type PathToken =
  | { readonly type: 'property'; readonly names: readonly string[] }
  | { readonly type: 'wildcard' }
  | { readonly type: 'scan' }
  | { readonly type: 'index'; readonly indexes: readonly number[] }
  | { readonly type: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly type: 'filter'; readonly condition: Condition }
  | { readonly type: 'function'; readonly name: string; readonly args: readonly Operand[] };

export type Condition =
  | { readonly type: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly type: 'not'; readonly condition: Condition }
  | { readonly type: 'exists'; readonly path: Path; readonly expected: boolean }
  | { readonly type: 'relation'; readonly operator: string; readonly left: Operand; readonly right: Operand };

export type Operand =
  | { readonly type: 'path'; readonly path: Path }
  | { readonly type: 'value'; readonly value: JavaValue }
  | { readonly type: 'pattern'; readonly pattern: string };

/** Whether the tokens before `end` name one place. */
export const isDefinite = (tokens: readonly PathToken[], end = tokens.length): boolean =>
  tokens.slice(0, end).every((token, index) => {
    if (token.type === 'property') return token.names.length === 1 || index === tokens.length - 1;
    return token.type === 'function' || (token.type === 'index' && token.indexes.length === 1);
  });

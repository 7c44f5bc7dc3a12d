// What expressions are once they are read: names and values resolved, paths as lists.

import type { AttributeValue } from '../dynalite.ts';

/** `['map', 'list', 0]` */
export type Path = readonly (string | number)[];

export type Operand =
  | { readonly type: 'path'; readonly path: Path }
  | { readonly type: 'value'; readonly value: AttributeValue }
  | { readonly type: 'size'; readonly of: Operand };

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Predicate = 'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';

export type Condition =
  | { readonly type: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly type: 'not'; readonly of: Condition }
  | { readonly type: 'compare'; readonly operator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly type: 'between'; readonly of: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly type: 'in'; readonly of: Operand; readonly among: readonly Operand[] }
  | { readonly type: 'predicate'; readonly name: Predicate; readonly operands: readonly Operand[] };

/** What an update sets an attribute to. */
export type NewValue =
  | { readonly type: 'path'; readonly path: Path }
  | { readonly type: 'value'; readonly value: AttributeValue }
  | { readonly type: 'if_not_exists'; readonly path: Path; readonly otherwise: NewValue }
  | { readonly type: 'list_append' | '+' | '-'; readonly left: NewValue; readonly right: NewValue };

export type UpdateAction =
  | { readonly type: 'set'; readonly path: Path; readonly to: NewValue }
  | { readonly type: 'remove'; readonly path: Path }
  | { readonly type: 'add' | 'delete'; readonly path: Path; readonly value: AttributeValue };

export const pathText = (path: Path): string =>
  `[${path.map((piece) => (typeof piece === 'number' ? `[${piece}]` : piece)).join(', ')}]`;

export const typeOf = (value: AttributeValue): string => Object.keys(value)[0] ?? '';

// The types of attributes as a person types them (`set<string>`, `enum(a|b)`), in Dynamoose's words and TypeScript's.

import type { ValueSpec } from '../../models/attribute-spec.ts';
import { nearestName } from '../../project/nearest-name.ts';

export interface FieldType {
  /** As typed, without spaces. */
  readonly typed: string;
  /** What stands behind `type:` in a schema: `Array, schema: [String]`. */
  readonly schema: string;
  /** In TypeScript. */
  readonly type: string;
  /** What a key of a table or an index may be. */
  readonly canBeKey: boolean;
  /** Holds what the schema does not name: Dynamoose keeps that only where `saveUnknown` says so. */
  readonly open: boolean;
  /** As a model file that says so is read. */
  readonly value: ValueSpec;
}

const SIMPLE: Readonly<Record<string, Pick<FieldType, 'schema' | 'type' | 'value'>>> = {
  string: { schema: 'String', type: 'string', value: { type: { kind: 'string' } } },
  number: { schema: 'Number', type: 'number', value: { type: { kind: 'number' } } },
  boolean: { schema: 'Boolean', type: 'boolean', value: { type: { kind: 'boolean' } } },
  date: { schema: 'Date', type: 'Date', value: { type: { kind: 'date', storage: 'milliseconds' } } },
  binary: { schema: 'Buffer', type: 'Buffer', value: { type: { kind: 'binary' } } },
};
/** What DynamoDB's keys can hold; Dynamoose stores a date as a number. */
const KEYS = ['string', 'number', 'date', 'binary'];
const NOTHING: ValueSpec = { type: { kind: 'object', attributes: [], open: true } };
const OPEN = ['map', 'object'];
const SHOWN = [
  ...Object.keys(SIMPLE),
  ...OPEN,
  'string[]',
  'number[]',
  'list<string>',
  'set<string>',
  'set<number>',
  'enum(a|b)',
];
const ENUM_HINT = 'Write enum(draft|paid), each value once, with letters, digits, _, . and -.';

/** A type, or the hint for one that there is not. */
export function fieldType(typed: string): FieldType | { readonly hint: string } {
  const simple = Object.hasOwn(SIMPLE, typed) ? SIMPLE[typed] : undefined;
  if (simple !== undefined) return { typed, ...simple, canBeKey: KEYS.includes(typed), open: false };
  if (OPEN.includes(typed)) {
    return { typed, schema: 'Object', type: 'Record<string, unknown>', canBeKey: false, open: true, value: NOTHING };
  }
  const [, kind = typed.endsWith('[]') ? 'list' : '', inner = typed.slice(0, -2)] =
    /^(list|set|enum)(?:<(?=.*>$)|\((?=.*\)$))(.*).$/.exec(typed) ?? [];
  if (kind === 'enum') return enumType(typed, inner);
  if (kind !== '') return manyOf(typed, kind, inner);
  const near = nearestName(typed, SHOWN);
  if (near !== undefined) return { hint: near };
  return { hint: typed.startsWith('enum') ? ENUM_HINT : `Types are ${SHOWN.join(', ')}.` };
}

function manyOf(typed: string, kind: string, inner: string): FieldType | { readonly hint: string } {
  const of = Object.hasOwn(SIMPLE, inner) ? SIMPLE[inner] : undefined;
  const plain = { typed, canBeKey: false, open: false };
  if (kind === 'set') {
    // DynamoDB's sets hold strings, numbers or binary: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
    if (of === undefined || !['string', 'number'].includes(inner))
      return { hint: 'Sets are set<string> or set<number>.' };
    const value: ValueSpec = { type: { kind: 'set', of: of.value.type } };
    return { ...plain, schema: `Set, schema: [${of.schema}]`, type: `Set<${of.type}>`, value };
  }
  if (of === undefined) return { hint: `A list is of ${Object.keys(SIMPLE).join(', ')}.` };
  const value: ValueSpec = { type: { kind: 'array', items: [of.value] } };
  return { ...plain, schema: `Array, schema: [${of.schema}]`, type: `${of.type}[]`, value };
}

function enumType(typed: string, inner: string): FieldType | { readonly hint: string } {
  const values = inner.split('|');
  if (values.some((value) => !/^[\w.-]+$/.test(value)) || new Set(values).size < values.length) {
    return { hint: ENUM_HINT };
  }
  const quoted = values.map((value) => `'${value}'`);
  return {
    typed,
    schema: `String, enum: [${quoted.join(', ')}]`,
    type: quoted.join(' | '),
    canBeKey: true,
    open: false,
    value: { type: { kind: 'string' }, enum: values },
  };
}

// Attributes as a person types them (`name:string`, `note:string?`) and as a Dynamoose schema says them.

import { UsageError } from '../../errors.ts';
import { nearestName } from '../../project/nearest-name.ts';

/** What a type is in Dynamoose and in TypeScript. */
const TYPES = {
  string: { schema: 'String', type: 'string' },
  number: { schema: 'Number', type: 'number' },
  boolean: { schema: 'Boolean', type: 'boolean' },
  date: { schema: 'Date', type: 'Date' },
  'string[]': { schema: 'Array, schema: [String]', type: 'string[]' },
  'number[]': { schema: 'Array, schema: [Number]', type: 'number[]' },
} as const;

type TypeName = keyof typeof TYPES;

const KEY_TYPES: readonly TypeName[] = ['string', 'number'];

/** Names that items have from Dynamoose or from every object, or that the model's timestamps take. */
const TAKEN = new Set(
  (
    'constructor prototype toString toJSON valueOf hasOwnProperty save delete populate serialize original ' +
    'withDefaults prepareForObjectSaving conformToSchema createdAt updatedAt'
  ).split(' '),
);

export interface Attribute {
  readonly name: string;
  readonly type: TypeName;
  readonly role: 'hashKey' | 'rangeKey' | 'required' | 'optional';
}

export interface AttributeFlags {
  /** `--key`, default `id`. */
  readonly key: string | undefined;
  readonly sort: string | undefined;
  /** `--fields`, separated by commas. */
  readonly fields: string | undefined;
}

/**
 * All attributes of a model, its key first.
 *
 * @throws UsageError `INVALID_ATTRIBUTE`
 */
export function parseAttributes({ key = 'id', sort, fields }: AttributeFlags): readonly Attribute[] {
  const written = (fields ?? '').split(',').map((field) => field.trim());
  const attributes = [
    parseAttribute(key, '--key', 'hashKey'),
    ...(sort === undefined ? [] : [parseAttribute(sort, '--sort', 'rangeKey')]),
    ...written.filter((field) => field !== '').map((field) => parseAttribute(field, '--fields', 'required')),
  ];
  const seen = new Set<string>();
  for (const { name } of attributes) {
    if (seen.has(name)) throw invalid(`${name} is named twice`, 'Name each attribute once, the key included.');
    seen.add(name);
  }
  return attributes;
}

/** `price: { type: Number, required: true },` */
export function schemaLine({ name, type, role }: Attribute): string {
  const trait = {
    hashKey: ', hashKey: true',
    rangeKey: ', rangeKey: true',
    required: ', required: true',
    optional: '',
  };
  return `${name}: { type: ${TYPES[type].schema}${trait[role]} },`;
}

/** `price: number;` */
export function typeLine({ name, type, role }: Attribute): string {
  return `${name}${role === 'optional' ? '?' : ''}: ${TYPES[type].type};`;
}

function parseAttribute(text: string, flag: string, role: Attribute['role']): Attribute {
  const parts = /^([^:]*?)(?::([^:?]*))?(\?)?$/.exec(text.trim());
  const name = parts?.[1] ?? '';
  const typed = parts?.[2]?.trim() ?? 'string';
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    const shown = JSON.stringify(text);
    throw invalid(
      `${flag}: ${shown} is no attribute`,
      'Write it as name:type, with letters, digits and _ in the name.',
    );
  }
  if (TAKEN.has(name) || name.startsWith('__')) {
    throw invalid(`${flag}: ${name} is a name that items have already`, 'Choose another name.');
  }
  const type = asType(typed, flag, name);
  const isKey = role === 'hashKey' || role === 'rangeKey';
  if (isKey && !KEY_TYPES.includes(type)) {
    throw invalid(`${flag}: a key cannot be a ${type}`, `Use ${name}:string or ${name}:number.`);
  }
  if (isKey && parts?.[3] === '?') throw invalid(`${flag}: a key cannot be optional`, `Write ${name}.`);
  return { name, type, role: parts?.[3] === '?' ? 'optional' : role };
}

function asType(typed: string, flag: string, name: string): TypeName {
  const names = Object.keys(TYPES);
  if (isTypeName(typed)) return typed;
  const near = nearestName(typed, names);
  const hint = near === undefined ? `Types are ${names.join(', ')}.` : `Did you mean ${name}:${near}?`;
  throw invalid(`${flag}: ${name} has the unknown type ${JSON.stringify(typed)}`, hint);
}

function isTypeName(typed: string): typed is TypeName {
  return Object.hasOwn(TYPES, typed);
}

function invalid(summary: string, hint: string): UsageError {
  return new UsageError({ code: 'INVALID_ATTRIBUTE', summary, hint });
}

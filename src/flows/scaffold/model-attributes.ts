// Attributes as a person types them (`name:string`, `note:string?`) and as a Dynamoose schema says them.

import { UsageError } from '../../errors.ts';
import type { ValueSpec } from '../../models/attribute-spec.ts';
import { bracketFault } from './bracket-fault.ts';
import { type FieldType, fieldType } from './field-type.ts';
import { parseIndexes } from './model-indexes.ts';

/** Names that items have from Dynamoose or from every object. */
const TAKEN = new Set(
  (
    'constructor prototype toString toJSON valueOf hasOwnProperty save delete populate serialize original ' +
    'withDefaults prepareForObjectSaving conformToSchema'
  ).split(' '),
);

export interface Attribute {
  readonly name: string;
  /** As typed: `set<string>`. */
  readonly type: string;
  /** `version`: counts the changes of an item, for the repository. */
  readonly role: 'hashKey' | 'rangeKey' | 'required' | 'optional' | 'version';
  /** The global indexes that it is the hash key of. */
  readonly indexes?: readonly AttributeIndex[];
}

export interface AttributeIndex {
  readonly name: string;
  readonly rangeKey?: string;
}

export interface AttributeFlags {
  /** `--key`, default `id`. */
  readonly key: string | undefined;
  readonly sort: string | undefined;
  /** `--fields`, separated by commas or spaces. */
  readonly fields: string | undefined;
  /** `--index`, each as `byCategory:category,price`. */
  readonly indexes?: readonly string[];
  /** Whether Dynamoose writes createdAt and updatedAt. Default: true. */
  readonly timestamps?: boolean;
  /** `--repository`: the model counts its changes in `version`. */
  readonly repository?: boolean;
  /** `--ttl`: the attribute that says when an item expires. Dynamoose adds it. */
  readonly ttl?: string | undefined;
}

/** The attribute that counts the changes of an item. */
export const VERSION = 'version';

/** What Dynamoose writes itself when a model has timestamps. */
const TIMESTAMPS = ['createdAt', 'updatedAt'];

/**
 * All attributes of a model, its key first. Fields without a mark are required, unless one of them is marked `!`: then
 * those without are optional.
 *
 * @throws UsageError `INVALID_ATTRIBUTE`, `INVALID_INDEX`
 */
export function parseAttributes(flags: AttributeFlags): readonly Attribute[] {
  const { key = 'id', sort, ttl } = flags;
  const written = splitFields(flags.fields ?? '');
  const unmarked = written.some((field) => field.endsWith('!')) ? 'optional' : 'required';
  const timestamps = flags.timestamps === false ? [] : TIMESTAMPS;
  const counted = flags.repository === true;
  const own = [...timestamps, ...(ttl === undefined ? [] : [parseAttribute(ttl, '--ttl', 'optional').name])];
  const attributes = [
    parseAttribute(key, '--key', 'hashKey'),
    ...(sort === undefined ? [] : [parseAttribute(sort, '--sort', 'rangeKey')]),
    ...written
      .map((field) => parseAttribute(field, '--fields', unmarked))
      .filter(({ name, type }) => type !== 'date' || !own.includes(name))
      .filter(({ name, type }) => !counted || name !== VERSION || type !== 'number'),
    ...(counted ? [{ name: VERSION, type: 'number', role: 'version' } as const] : []),
  ];
  const seen = new Set<string>();
  for (const { name, role } of attributes) {
    if (role === 'version' && seen.has(name)) {
      throw invalid(`${name} is the number that a repository counts changes in`, 'Choose another name.');
    }
    if (seen.has(name)) throw invalid(`${name} is named twice`, 'Name each attribute once, the key included.');
    if (own.includes(name)) {
      const hint = `Choose another name${timestamps.includes(name) ? ', or give --no-timestamps' : ''}.`;
      throw invalid(`${name} is a date that Dynamoose writes`, hint);
    }
    seen.add(name);
  }
  const indexes = parseIndexes(flags.indexes ?? [], attributes);
  return attributes.map((attribute) => {
    const mine = indexes.get(attribute.name);
    return mine === undefined ? attribute : { ...attribute, indexes: mine };
  });
}

/** By commas or spaces, but not at the spaces around a colon or within brackets. */
function splitFields(text: string): readonly string[] {
  return text
    .replace(/\s*([:|<(])\s*/g, '$1')
    .replace(/\s+(?=[>)])/g, '')
    .split(/[,\s]+/)
    .filter((field) => field !== '');
}

/** `price: { type: Number, required: true },` */
export function schemaLine({ name, type, role, indexes = [] }: Attribute): string {
  const trait = {
    hashKey: ', hashKey: true',
    rangeKey: ', rangeKey: true',
    required: ', required: true',
    optional: '',
    version: ', default: 1',
  };
  const [one, ...others] = indexes.map(indexCode);
  const index = one === undefined ? '' : `, index: ${others.length === 0 ? one : `[${[one, ...others].join(', ')}]`}`;
  return `${name}: { type: ${known(type).schema}${trait[role]}${index} },`;
}

/** `price: number;` */
export function typeLine({ name, type, role }: Attribute): string {
  return `${name}${role === 'optional' ? '?' : ''}: ${known(type).type};`;
}

/** Whether Dynamoose must be told to keep what the attribute holds. */
export function isOpenAttribute({ type }: Attribute): boolean {
  return known(type).open;
}

/** Whether an attribute's type can stand in a key. */
export function canBeKey({ type }: Attribute): boolean {
  return known(type).canBeKey;
}

/** An attribute's type as a model file that says so is read. */
export function typeOf({ type }: Attribute): ValueSpec {
  return known(type).value;
}

function indexCode({ name, rangeKey }: AttributeIndex): string {
  return `{ name: '${name}'${rangeKey === undefined ? '' : `, rangeKey: '${rangeKey}'`} }`;
}

/** Of a type that was parsed before. */
function known(type: string): FieldType {
  return requireType(type, '--fields', 'it');
}

function parseAttribute(text: string, flag: string, role: Attribute['role']): Attribute {
  const parts = /^([^:]*?)(?::([^:?!]*))?([?!])?$/.exec(text.trim());
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
  const type = requireType(typed, flag, name, bracketFault(text.trim()));
  const isKey = role === 'hashKey' || role === 'rangeKey';
  if (isKey && !type.canBeKey) {
    throw invalid(
      `${flag}: a key cannot be a ${typed}`,
      `Use ${name}:string, ${name}:number, ${name}:date or ${name}:binary.`,
    );
  }
  if (isKey && parts?.[3] === '?') throw invalid(`${flag}: a key cannot be optional`, `Write ${name}.`);
  if (isKey) return { name, type: typed, role };
  const marked = parts?.[3] === '?' ? 'optional' : parts?.[3] === '!' ? 'required' : role;
  return { name, type: typed, role: marked };
}

/** @param fault of the brackets, where they do not pair */
function requireType(typed: string, flag: string, name: string, fault?: string): FieldType {
  const type = fieldType(typed);
  if (!('hint' in type)) return type;
  const hint = /[ .]/.test(type.hint) ? type.hint : `Did you mean ${name}:${type.hint}?`;
  if (fault !== undefined) throw invalid(`${flag}: in ${name}:${typed} ${fault}`, hint);
  throw invalid(`${flag}: ${name} has the unknown type ${JSON.stringify(typed)}`, hint);
}

function invalid(summary: string, hint: string): UsageError {
  return new UsageError({ code: 'INVALID_ATTRIBUTE', summary, hint });
}

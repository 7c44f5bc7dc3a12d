// Names the type of one attribute, in any of Dynamoose's spellings: a constructor, a name, a symbol, a model, or
// `{ value, settings }`.

import type { AttributeSpec, AttributeType, Literal } from '../attribute-spec.ts';
import type { RecordedModel, RecordedSchema } from './record-dynamoose.ts';

export interface TypeContext {
  readonly schemas: ReadonlyMap<unknown, RecordedSchema>;
  readonly models: ReadonlyMap<unknown, RecordedModel>;
  /** Dynamoose's symbols `type.ANY`, `type.NULL` and `type.THIS`. */
  readonly any: unknown;
  readonly null: unknown;
  readonly this: unknown;
}

/** Types that hold others are named only: their `schema` stands beside the type. */
type Container = 'object' | 'array' | 'set';

const SCALARS: Readonly<Record<string, AttributeType>> = {
  string: { kind: 'string' },
  number: { kind: 'number' },
  boolean: { kind: 'boolean' },
  buffer: { kind: 'binary' },
  date: { kind: 'date', storage: 'milliseconds' },
};

/** @param own the schema that the attribute stands in, for `type.THIS` */
export function describeType(context: TypeContext, raw: unknown, own: RecordedSchema): AttributeType | Container {
  if (raw === context.any) return { kind: 'any', deep: false };
  if (raw === context.null) return { kind: 'null' };
  if (raw === context.this) return { kind: 'reference', model: '', key: keysOf(context, own) };
  const model = context.models.get(raw);
  if (model !== undefined) {
    const [schema] = model.schemas;
    return { kind: 'reference', model: model.name, key: schema === undefined ? [] : keysOf(context, schema) };
  }
  if (isObject(raw)) return withSettings(context, raw, own);
  const name = (typeof raw === 'function' ? raw.name : String(raw)).toLowerCase();
  if (name === 'object' || name === 'array' || name === 'set') return name;
  return SCALARS[name] ?? { kind: 'any', deep: false };
}

/** `{ value: Date, settings: { storage: 'seconds' } }`, and what `type.CONSTANT` and `type.COMBINE` return. */
function withSettings(
  context: TypeContext,
  raw: Readonly<Record<string, unknown>>,
  own: RecordedSchema,
): AttributeType | Container {
  const settings = isObject(raw['settings']) ? raw['settings'] : {};
  if (raw['value'] === 'Constant') return { kind: 'constant', value: settings['value'] as Literal };
  if (raw['value'] === 'Combine') {
    const attributes = Array.isArray(settings['attributes']) ? settings['attributes'].map(String) : [];
    return { kind: 'combine', attributes, separator: String(settings['separator'] ?? ',') };
  }
  const type = describeType(context, raw['value'], own);
  if (typeof type === 'string' || type.kind !== 'date') return type;
  const { storage } = settings;
  return storage === 'seconds' || storage === 'iso' ? { ...type, storage } : type;
}

/** The key attributes of a schema; Dynamoose takes the first one for the hash key where none is said. */
function keysOf(context: TypeContext, { object }: RecordedSchema): AttributeSpec[] {
  const entries = Object.entries(object);
  const says = (raw: unknown, key: string) => isObject(raw) && raw[key] === true;
  const hash = entries.find(([, raw]) => says(raw, 'hashKey')) ?? entries[0];
  const range = entries.find(([, raw]) => says(raw, 'rangeKey'));
  return [hash, range].flatMap((entry) => {
    if (entry === undefined) return [];
    const [name, raw] = entry;
    const type = describeType(context, isObject(raw) && 'type' in raw ? raw['type'] : raw, {
      object,
      settings: {},
      stack: '',
    });
    return typeof type === 'string' ? [] : [{ name, values: [{ type }], required: true }];
  });
}

/** A plain object: not a list, not a class. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);
}

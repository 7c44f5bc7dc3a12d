// Reads one recorded schema: the arguments of `Schema()`, in the many spellings that Dynamoose takes, as AttributeSpecs,
// and the functions in it that no schema language can say.

import type { AttributeSpec, AttributeType, Literal, SchemaSpec, ValueSpec } from '../attribute-spec.ts';
import { describeType, isObject, type TypeContext } from './describe-type.ts';
import type { RecordedModel, RecordedSchema } from './record-dynamoose.ts';
import { isOpen, unknownNames } from './save-unknown.ts';
import { timestampAttributes } from './timestamp-attributes.ts';

/** A function (or pattern with flags) in a schema, before it is looked up. */
export interface FunctionInSchema {
  readonly attribute: string;
  readonly setting: 'validate' | 'set' | 'get';
  readonly value: unknown;
}

export interface DescribedSchema {
  readonly schema: SchemaSpec;
  readonly functions: readonly FunctionInSchema[];
}

type Definition = Readonly<Record<string, unknown>>;

const FUNCTION_SETTINGS = ['validate', 'set', 'get'] as const;

/**
 * @param context what the recording knows of schemas, models and Dynamoose's type symbols
 * @param model the model that the schema belongs to
 */
export function describeSchema(context: TypeContext, model: RecordedModel, schema: RecordedSchema): DescribedSchema {
  const functions: FunctionInSchema[] = [];
  collect(functions, '', schema.settings);
  const { saveUnknown, timestamps } = schema.settings;
  const describer = new Describer(context, model, schema, functions);
  const named = describer.attributes(schema.object, '');
  const added = [...timestampAttributes(timestamps), ...unknownNames(saveUnknown, new Set(Object.keys(schema.object)))];
  const known = new Set(named.map(({ name }) => name));
  const attributes = [...named, ...added.filter(({ name }) => !known.has(name))];
  return { schema: { attributes, open: isOpen(saveUnknown, '') }, functions };
}

class Describer {
  private readonly context: TypeContext;
  private readonly model: RecordedModel;
  private readonly schema: RecordedSchema;
  private readonly functions: FunctionInSchema[];

  constructor(context: TypeContext, model: RecordedModel, schema: RecordedSchema, functions: FunctionInSchema[]) {
    this.context = context;
    this.model = model;
    this.schema = schema;
    this.functions = functions;
  }

  attributes(object: Readonly<Record<string, unknown>>, path: string): AttributeSpec[] {
    return Object.entries(object).map(([name, raw]) =>
      this.attribute(name, raw, path === '' ? name : `${path}.${name}`),
    );
  }

  private attribute(name: string, raw: unknown, path: string): AttributeSpec {
    const definitions = definitionsOf(raw);
    for (const definition of definitions) collect(this.functions, path, definition);
    const first = definitions[0] ?? {};
    const aliases = ['map', 'alias', 'aliases'].flatMap((key) => first[key] ?? []).filter((a) => typeof a === 'string');
    const key = path === name ? keyOf(name, definitions, this.model) : undefined;
    return {
      name,
      values: definitions.flatMap((definition) => this.values(definition, path)),
      required: definitions.some(({ required }) => required === true),
      ...(key === undefined ? {} : { key }),
      ...defaultOf(first),
      ...(aliases.length === 0 ? {} : { aliases }),
      ...(typeof first['description'] === 'string' ? { description: first['description'] } : {}),
    };
  }

  private values(definition: Definition, path: string): ValueSpec[] {
    const types = Array.isArray(definition['type']) ? definition['type'] : [definition['type']];
    const constraints = constraintsOf(definition);
    return types.map((raw, index) => {
      const schema = nestedSchema(definition['schema'], types.length, index);
      return { type: this.type(raw, schema, path), ...constraints };
    });
  }

  private type(raw: unknown, nested: unknown, path: string): AttributeType {
    const schema = this.context.schemas.get(raw);
    if (schema !== undefined) return this.object(schema, path);
    const kind = describeType(this.context, raw, this.schema);
    if (kind === 'object') return this.object(this.context.schemas.get(nested) ?? nested, path);
    if (kind === 'array') return this.array(nested, path);
    if (kind === 'set') return { kind: 'set', of: this.type(elementOf(nested), undefined, `${path}.0`) };
    if (kind.kind === 'any')
      return { kind: 'any', deep: nested === this.context.any || isOpen(this.schema.settings['saveUnknown'], path) };
    return kind;
  }

  private object(nested: unknown, path: string): AttributeType {
    if (nested === this.context.any) return { kind: 'any', deep: true };
    const recorded = isRecorded(nested) ? nested : undefined;
    const raw = recorded?.object ?? nested;
    const attributes = isObject(raw) ? this.attributes(raw, path) : [];
    if (recorded !== undefined) {
      collect(this.functions, path, recorded.settings);
      attributes.push(...timestampAttributes(recorded.settings['timestamps']));
    }
    const unknown = recorded?.settings['saveUnknown'];
    const open = isOpen(unknown, '') || isOpen(this.schema.settings['saveUnknown'], path);
    return { kind: 'object', attributes, open };
  }

  private array(nested: unknown, path: string): AttributeType {
    if (nested === this.context.any) return { kind: 'array', items: [{ type: { kind: 'any', deep: true } }] };
    if (Array.isArray(nested) && nested.length > 0) {
      const items = definitionsOf(nested[0]);
      for (const item of items) collect(this.functions, `${path}.0`, item);
      return { kind: 'array', items: items.flatMap((item) => this.values(item, `${path}.0`)) };
    }
    if (!isOpen(this.schema.settings['saveUnknown'], path)) return { kind: 'array' };
    return { kind: 'array', items: [{ type: { kind: 'any', deep: true } }] };
  }
}

/** `String`, `{ type: String }` and `[String, { type: Number }]` alike, as definitions with a type. */
function definitionsOf(raw: unknown): readonly Definition[] {
  if (Array.isArray(raw)) return raw.flatMap(definitionsOf);
  if (isObject(raw) && 'type' in raw) return [raw];
  return [{ type: raw }];
}

/** The nested schema of one of several types: `[Object, String]` goes with `[{ … }]` or with `{ … }`. */
function nestedSchema(schema: unknown, types: number, index: number): unknown {
  return types > 1 && Array.isArray(schema) ? schema[index] : schema;
}

function elementOf(schema: unknown): unknown {
  const [element] = Array.isArray(schema) ? schema : [schema];
  return isObject(element) && 'type' in element ? element['type'] : element;
}

function constraintsOf(definition: Definition): Omit<ValueSpec, 'type'> {
  const { validate } = definition;
  const allowed = Array.isArray(definition['enum']) ? definition['enum'].filter(isLiteral) : undefined;
  if (isLiteral(validate)) return { enum: allowed?.filter((value) => value === validate) ?? [validate] };
  return {
    ...(allowed === undefined ? {} : { enum: allowed }),
    ...(validate instanceof RegExp && sayable(validate) ? { pattern: validate.source } : {}),
  };
}

/** JSON Schema's patterns have no flags. */
function sayable(pattern: RegExp): boolean {
  return pattern.flags === '' || pattern.flags === 'u';
}

function defaultOf(definition: Definition): Pick<AttributeSpec, 'default'> {
  const value = definition['default'];
  if (value === undefined || value === null) return {};
  return { default: isLiteral(value) ? { value } : {} };
}

function keyOf(name: string, definitions: readonly Definition[], model: RecordedModel): AttributeSpec['key'] {
  if (definitions.some(({ hashKey }) => hashKey === true)) return 'hash';
  if (definitions.some(({ rangeKey }) => rangeKey === true)) return 'range';
  const ranges = model.schemas.flatMap(({ object }) => Object.values(object).flatMap(rangesOfIndexes));
  return definitions.some(({ index }) => Boolean(index)) || ranges.includes(name) ? 'index' : undefined;
}

function rangesOfIndexes(raw: unknown): unknown[] {
  return definitionsOf(raw)
    .flatMap(({ index }) => index)
    .map((index) => (isObject(index) ? index['rangeKey'] : undefined));
}

function collect(functions: FunctionInSchema[], attribute: string, settings: Definition): void {
  for (const setting of FUNCTION_SETTINGS) {
    const value = settings[setting];
    if (typeof value === 'function' || (value instanceof RegExp && !sayable(value))) {
      functions.push({ attribute, setting, value });
    }
  }
}

function isLiteral(value: unknown): value is Literal {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isRecorded(value: unknown): value is RecordedSchema {
  return (
    isObject(value) && isObject(value['object']) && isObject(value['settings']) && typeof value['stack'] === 'string'
  );
}

// A JSON Schema of draft 4 as a TypeScript type: of what JSON.parse gives, so a date is a string. What a schema says
// and types cannot (lengths, patterns, bounds) is left out; what is not understood is `unknown`.

import type { JsonSchema } from '../model-spec.ts';
import { arrayType, literalType, type Member, objectType, unionType } from './type-text.ts';

export interface SchemaNames {
  /** The name of the type of `#/definitions/line`, or nothing where the schema has no such place. */
  refer(reference: string): string | undefined;
}

/** @param names what `$ref` becomes */
export function jsonSchemaType(schema: unknown, names: SchemaNames): string {
  if (!isMap(schema)) return 'unknown';
  const reference = schema['$ref'];
  if (typeof reference === 'string') return names.refer(reference) ?? 'unknown';
  if (Array.isArray(schema['enum'])) return enumType(schema['enum']);
  const parts = [ownType(schema, names), ...combined(schema, names)].filter((part) => part !== 'unknown');
  if (parts.length === 0) return 'unknown';
  return parts.length === 1 ? (parts[0] ?? 'unknown') : parts.map(grouped).join(' & ');
}

/** `anyOf`, `oneOf` and `allOf` hold beside what the schema says itself. */
function combined(schema: JsonSchema, names: SchemaNames): readonly string[] {
  const lists = (['anyOf', 'oneOf'] as const).flatMap((key) => {
    const options = schema[key];
    return Array.isArray(options) ? [unionType(options.map((one) => jsonSchemaType(one, names)))] : [];
  });
  const all = schema['allOf'];
  return [...lists, ...(Array.isArray(all) ? all.map((one) => jsonSchemaType(one, names)) : [])];
}

function ownType(schema: JsonSchema, names: SchemaNames): string {
  const { type } = schema;
  if (Array.isArray(type)) return unionType(texts(type).map((one) => typeNamed(one, schema, names)));
  if (typeof type === 'string') return typeNamed(type, schema, names);
  // Whoever speaks of properties means an object, although what is none would pass.
  if (['properties', 'required', 'additionalProperties'].some((key) => key in schema)) return mapType(schema, names);
  return 'items' in schema ? listType(schema, names) : 'unknown';
}

function typeNamed(type: string, schema: JsonSchema, names: SchemaNames): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
    case 'number':
      return type;
    case 'integer':
      return 'number';
    case 'array':
      return listType(schema, names);
    case 'object':
      return mapType(schema, names);
    default:
      return 'unknown';
  }
}

function listType({ items, additionalItems }: JsonSchema, names: SchemaNames): string {
  if (!Array.isArray(items)) return arrayType(jsonSchemaType(items, names));
  // Draft 4 lets a list end before its last place.
  const places = items.map((item) => `${grouped(jsonSchemaType(item, names))}?`);
  if (additionalItems === false) return `[${places.join(', ')}]`;
  return `[${[...places, `...${arrayType(jsonSchemaType(additionalItems, names))}`].join(', ')}]`;
}

function mapType(schema: JsonSchema, names: SchemaNames): string {
  const properties = isMap(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? texts(schema['required']) : [];
  const named = Object.entries(properties).map(([name, inner]): Member => {
    const remark = isMap(inner) && typeof inner['description'] === 'string' ? inner['description'] : undefined;
    return { name, type: jsonSchemaType(inner, names), optional: !required.includes(name), remark };
  });
  const unnamed = required.filter((name) => !Object.hasOwn(properties, name));
  const members = [...named, ...unnamed.map((name): Member => ({ name, type: 'unknown' }))];
  return objectType(members, restType(schema, members, names));
}

/** Of properties that have no name in the schema; nothing where there can be none. */
function restType(schema: JsonSchema, members: readonly Member[], names: SchemaNames): string | undefined {
  const { additionalProperties: rest, patternProperties: patterns } = schema;
  const hasPatterns = isMap(patterns) && Object.keys(patterns).length > 0;
  if (rest === false && !hasPatterns) return undefined;
  // An index signature covers the named members too, whose types it must allow.
  if (!isMap(rest) || hasPatterns || members.length > 0) return 'unknown';
  return jsonSchemaType(rest, names);
}

function enumType(values: readonly unknown[]): string {
  return unionType(
    values.map((value) =>
      value === null || ['string', 'number', 'boolean'].includes(typeof value)
        ? literalType(value as string)
        : 'unknown',
    ),
  );
}

const texts = (list: readonly unknown[]): readonly string[] => list.filter((one) => typeof one === 'string');

const grouped = (type: string): string => (/ [|&] /.test(type) ? `(${type})` : type);

function isMap(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

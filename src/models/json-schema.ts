// The JSON Schema of a stored item as JSON carries it: dates as RFC 3339 strings, sets as lists without duplicates,
// binary as base64. Only keywords of draft 4, which API Gateway's models and OpenAPI both know.

import type { AttributeSpec, AttributeType, SchemaSpec, ValueSpec } from './attribute-spec.ts';
import type { JsonSchema } from './model-spec.ts';

/** @param schemas of one model; an item need match only one of several */
export function jsonSchemaOf(schemas: readonly SchemaSpec[]): JsonSchema {
  const all = schemas.map(({ attributes, open }) => objectSchema(attributes, open));
  return all.length === 1 ? (all[0] ?? {}) : { anyOf: all };
}

/** Of one attribute's value. */
export function attributeSchema(attribute: AttributeSpec): JsonSchema {
  const options = attribute.values.map((value) => valueSchema(value, attribute));
  const schema = options.length === 1 ? (options[0] ?? {}) : { anyOf: options };
  const { description, default: given } = attribute;
  return {
    ...schema,
    ...(description === undefined ? {} : { description }),
    ...(given?.value === undefined ? {} : { default: given.value }),
  };
}

function objectSchema(attributes: readonly AttributeSpec[], open: boolean): JsonSchema {
  const required = attributes.filter(isRequired).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(attributes.map((attribute) => [attribute.name, attributeSchema(attribute)])),
    // Draft 4 forbids an empty list.
    ...(required.length === 0 ? {} : { required }),
    ...(open ? {} : { additionalProperties: false }),
  };
}

function isRequired({ required, key }: AttributeSpec): boolean {
  return required || key === 'hash' || key === 'range';
}

function valueSchema({ type, enum: allowed, pattern }: ValueSpec, { key }: Partial<AttributeSpec> = {}): JsonSchema {
  return {
    ...typeSchema(type),
    // DynamoDB refuses empty strings and binaries in keys of tables and indexes alike.
    ...(key !== undefined && (type.kind === 'string' || type.kind === 'binary') ? { minLength: 1 } : {}),
    ...(allowed === undefined ? {} : { enum: allowed }),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

function typeSchema(type: AttributeType): JsonSchema {
  switch (type.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return { type: type.kind };
    case 'binary':
      return { type: 'string', format: 'byte' };
    case 'date':
      return { type: 'string', format: 'date-time' };
    case 'combine':
      return { type: 'string' };
    case 'constant':
      return { type: typeof type.value, enum: [type.value] };
    case 'any':
      return type.deep ? {} : { type: ['string', 'number', 'boolean'] };
    case 'set':
      // DynamoDB has no empty sets.
      return { type: 'array', items: typeSchema(type.of), uniqueItems: true, minItems: 1 };
    case 'array':
      return arraySchema(type.items);
    case 'object':
      return objectSchema(type.attributes, type.open);
    case 'reference':
      return referenceSchema(type.key);
  }
}

/** Without a schema Dynamoose stores an empty list, whatever it was given. */
function arraySchema(items: readonly ValueSpec[] | undefined): JsonSchema {
  if (items === undefined) return { type: 'array', maxItems: 0 };
  const options = items.map((item) => valueSchema(item));
  return { type: 'array', items: options.length === 1 ? options[0] : { anyOf: options } };
}

/** An item of another model is stored as its key: the hash key alone, or an object of hash and range key. */
function referenceSchema(key: readonly AttributeSpec[]): JsonSchema {
  const [hash, range] = key;
  if (hash === undefined) return {};
  return range === undefined ? attributeSchema(hash) : objectSchema(key, false);
}

// Puts a ModelSpec together from a loaded model that has no faults.

import type { AttributeSpec, AttributeType, SchemaSpec } from './attribute-spec.ts';
import { jsonSchemaOf } from './json-schema.ts';
import type { CreateTableRequest } from './loader/protocol.ts';
import type { ModelSpec } from './model-spec.ts';
import type { PlacedModel } from './place-model.ts';
import { tableOfModel } from './table-of-model.ts';

/** @param file relative to the root */
export function specOfModel(placed: PlacedModel, request: CreateTableRequest, file: string): ModelSpec {
  const { loaded } = placed;
  const schemas = loaded.schemas.map((schema) => completed(schema, placed));
  return {
    name: loaded.name,
    file,
    table: tableOfModel(loaded, request),
    schemas,
    jsonSchema: jsonSchemaOf(schemas),
    underived: loaded.functions.map((fn) => ({
      attribute: fn.attribute,
      setting: fn.setting,
      position: placed.functionPosition(fn),
    })),
    position: placed.position,
  };
}

/** With descriptions from comments, and the attribute that Dynamoose adds for expiry. */
function completed({ attributes, open }: SchemaSpec, placed: PlacedModel): SchemaSpec {
  const described = attributes.map((attribute) => withDescription(attribute, attribute.name, placed));
  const { ttlAttribute } = placed.loaded.options;
  if (ttlAttribute === undefined) return { attributes: described, open };
  const expiry: AttributeSpec = {
    name: ttlAttribute,
    values: [{ type: { kind: 'date', storage: 'seconds' } }],
    required: false,
    default: {},
    role: 'expiresAt',
  };
  // Dynamoose puts its own definition in the place of the file's.
  return { attributes: [...described.filter(({ name }) => name !== ttlAttribute), expiry], open };
}

function withDescription(attribute: AttributeSpec, path: string, placed: PlacedModel): AttributeSpec {
  const description = attribute.description ?? placed.commentOf(path);
  const values = attribute.values.map((value) => ({ ...value, type: nested(value.type, path, placed) }));
  return { ...attribute, values, ...(description === undefined ? {} : { description }) };
}

function nested(type: AttributeType, path: string, placed: PlacedModel): AttributeType {
  if (type.kind === 'object') {
    const attributes = type.attributes.map((inner) => withDescription(inner, `${path}.${inner.name}`, placed));
    return { ...type, attributes };
  }
  if (type.kind !== 'array' || type.items === undefined) return type;
  return { ...type, items: type.items.map((item) => ({ ...item, type: nested(item.type, `${path}.0`, placed) })) };
}

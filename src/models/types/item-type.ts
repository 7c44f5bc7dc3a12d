// What a handler holds of a model, as a TypeScript type: dates are Date, sets Set, binary Buffer, as Dynamoose gives
// and takes them and as the decoder makes them of JSON.

import type { AttributeSpec, AttributeType, SchemaSpec, ValueSpec } from '../attribute-spec.ts';
import { arrayType, literalType, type Member, objectType, unionType } from './type-text.ts';

/** `stored`: what the model fills in is there. `sent`: only what is asked of a caller must be there. */
export type ItemView = 'stored' | 'sent';

/** @param schemas of one model; several make a union */
export function itemType(schemas: readonly SchemaSpec[], view: ItemView): string {
  return unionType(schemas.map(({ attributes, open }) => attributesType(attributes, open, view)));
}

/** Of the attributes that make up the key. */
export function keyType(schemas: readonly SchemaSpec[]): string {
  const keys = schemas.flatMap(({ attributes }) => attributes).filter(({ key }) => key === 'hash' || key === 'range');
  const unique = keys.filter(({ name }, index) => keys.findIndex((other) => other.name === name) === index);
  return attributesType(unique, false, 'stored');
}

function attributesType(attributes: readonly AttributeSpec[], open: boolean, view: ItemView): string {
  return objectType(
    attributes.map((attribute) => memberOf(attribute, view)),
    // Whatever is said of single names must fit what is said of all.
    open ? 'unknown' : undefined,
  );
}

function memberOf(attribute: AttributeSpec, view: ItemView): Member {
  return {
    name: attribute.name,
    type: unionType(attribute.values.map((value) => valueType(value, view))),
    optional: !isThere(attribute, view),
    remark: attribute.description,
  };
}

function isThere({ required, key, default: given, role }: AttributeSpec, view: ItemView): boolean {
  if (required || key === 'hash' || key === 'range') return true;
  return view === 'stored' && (given !== undefined || role !== undefined);
}

function valueType({ type, enum: allowed }: ValueSpec, view: ItemView): string {
  return allowed === undefined ? typeOf(type, view) : unionType(allowed.map(literalType));
}

function typeOf(type: AttributeType, view: ItemView): string {
  switch (type.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return type.kind;
    case 'combine':
      return 'string';
    case 'binary':
      return 'Buffer';
    case 'date':
      return 'Date';
    case 'constant':
      return literalType(type.value);
    case 'any':
      return type.deep ? 'unknown' : 'string | number | boolean';
    case 'set':
      return `Set<${typeOf(type.of, view)}>`;
    case 'array':
      // Without a schema Dynamoose stores an empty list, whatever it was given.
      return type.items === undefined ? 'never[]' : arrayType(unionType(type.items.map((one) => valueType(one, view))));
    case 'object':
      return attributesType(type.attributes, type.open, view);
    case 'reference':
      return referenceType(type.key, view);
  }
}

/** An item of another model is stored as its key: the hash key alone, or an object of hash and range key. */
function referenceType(key: readonly AttributeSpec[], view: ItemView): string {
  const [hash, range] = key;
  if (hash === undefined) return 'unknown';
  return range === undefined ? memberOf(hash, view).type : attributesType(key, false, view);
}

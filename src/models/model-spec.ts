// A model as the rest of apigen sees it: its table, its attributes, the JSON Schema of an item, and what the file
// decides at run time only.

import type { Position } from '../errors.ts';
import type { SchemaSpec } from './attribute-spec.ts';
import type { TableSpec } from './table-spec.ts';

/** Keywords of JSON Schema draft 4, the subset that API Gateway and OpenAPI share. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Something in a model that only running it decides, so that no schema can say it. */
export interface Underived {
  /** `price`, `address.street`, or `''` for the whole item. */
  readonly attribute: string;
  /** Dynamoose's name of the setting. */
  readonly setting: 'validate' | 'set' | 'get';
  /** Where the function stands. */
  readonly position: Position;
}

export interface ModelSpec {
  /** The name in apigen.yml: `Product`. */
  readonly name: string;
  /** Relative to the root, as apigen.yml has it. */
  readonly file: string;
  readonly table: TableSpec;
  /** More than one for a model that is given a list of schemas. */
  readonly schemas: readonly SchemaSpec[];
  /** Of a stored item, as JSON carries it. */
  readonly jsonSchema: JsonSchema;
  readonly underived: readonly Underived[];
  /** Where `dynamoose.model` is called. */
  readonly position: Position;
}

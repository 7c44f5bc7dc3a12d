// What a Dynamoose schema says about its attributes, as plain JSON: the common ground of JSON Schema, decoders and
// types. It is read off the arguments of `Schema()`, so nothing here depends on Dynamoose's internals.

/** A value that JSON can hold. */
export type Literal = string | number | boolean;

export type AttributeType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'binary' | 'null' }
  /** `deep`: what objects and lists hold is kept; otherwise Dynamoose stores them empty. */
  | { readonly kind: 'any'; readonly deep: boolean }
  | { readonly kind: 'date'; readonly storage: 'milliseconds' | 'seconds' | 'iso' }
  | { readonly kind: 'constant'; readonly value: Literal }
  /** Computed from other attributes on every save. */
  | { readonly kind: 'combine'; readonly attributes: readonly string[]; readonly separator: string }
  | { readonly kind: 'set'; readonly of: AttributeType }
  /** Without `items` Dynamoose stores an empty list. */
  | { readonly kind: 'array'; readonly items?: readonly ValueSpec[] }
  /** `open`: attributes that the schema does not name are kept (`saveUnknown`). */
  | { readonly kind: 'object'; readonly attributes: readonly AttributeSpec[]; readonly open: boolean }
  /** The key of an item of another model, or of this one. */
  | { readonly kind: 'reference'; readonly model: string; readonly key: readonly AttributeSpec[] };

/** One of the types that a value may have, with what is asked of it then. */
export interface ValueSpec {
  readonly type: AttributeType;
  readonly enum?: readonly Literal[];
  /** From `validate` with a regular expression that has no flags. */
  readonly pattern?: string;
}

export interface AttributeSpec {
  readonly name: string;
  /** One, or several for an attribute that may have any of some types. */
  readonly values: readonly ValueSpec[];
  readonly required: boolean;
  /** `hash` and `range` of the table; `index` of a secondary index alone. */
  readonly key?: 'hash' | 'range' | 'index';
  /** Set when the model fills the attribute in; `value` where it is known without running anything. */
  readonly default?: { readonly value?: Literal };
  /** Written by Dynamoose: the time of creation, of the last update, or of expiry. */
  readonly role?: 'createdAt' | 'updatedAt' | 'expiresAt';
  /** Other names that Dynamoose takes for it. */
  readonly aliases?: readonly string[];
  readonly description?: string;
}

/** One schema of a model; single-table models have several. */
export interface SchemaSpec {
  readonly attributes: readonly AttributeSpec[];
  /** Attributes that the schema does not name are kept (`saveUnknown: true`). */
  readonly open: boolean;
}

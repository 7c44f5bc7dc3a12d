// A table as a model asks for it, in DynamoDB's own terms: what CreateTable takes, without capacity, which is
// apigen.yml's. Everything is sorted, so that equal models give equal specs.

export interface KeySchemaElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface AttributeDefinition {
  readonly AttributeName: string;
  readonly AttributeType: 'S' | 'N' | 'B';
}

export interface IndexSpec {
  readonly IndexName: string;
  /** HASH first. */
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection:
    | { readonly ProjectionType: 'ALL' | 'KEYS_ONLY' }
    | { readonly ProjectionType: 'INCLUDE'; readonly NonKeyAttributes: readonly string[] };
}

export interface TableSpec {
  /** The name in apigen.yml: `Product`. */
  readonly model: string;
  /** The physical name, which the bundled model computes too: prefix, then the name given to Dynamoose. */
  readonly tableName: string;
  /** HASH first. */
  readonly keySchema: readonly KeySchemaElement[];
  /** Of every key attribute of the table and its indexes, by name. */
  readonly attributeDefinitions: readonly AttributeDefinition[];
  /** By name. */
  readonly globalSecondaryIndexes: readonly IndexSpec[];
  /** By name. */
  readonly localSecondaryIndexes: readonly IndexSpec[];
  /** The attribute whose seconds since 1970 say when an item expires. */
  readonly ttlAttribute?: string;
}

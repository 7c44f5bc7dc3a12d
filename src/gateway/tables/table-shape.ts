// What the local tables need to know of a model's table. A TableSpec of models/ is one; the gateway does not import it.

import type { KeyElement, Table, TableIndex } from './dynalite.ts';

export interface TableShape {
  /** The name in apigen.yml, for messages: `Product`. */
  readonly model: string;
  /** The physical name: `shop-dev-Product`. */
  readonly tableName: string;
  readonly keySchema: readonly KeyElement[];
  /** Of every key attribute of the table and its indexes. */
  readonly attributeDefinitions: Table['AttributeDefinitions'];
  readonly globalSecondaryIndexes: readonly TableIndex[];
  readonly localSecondaryIndexes: readonly TableIndex[];
  /** The attribute whose seconds since 1970 say when an item expires. */
  readonly ttlAttribute?: string;
}

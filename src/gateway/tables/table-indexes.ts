// The indexes that a table's description names.

import type { Table, TableIndex } from './dynalite.ts';
import type { IndexType } from './places.ts';

export const indexesOf = (table: Table, type: IndexType): readonly TableIndex[] =>
  (type === 'global' ? table.GlobalSecondaryIndexes : table.LocalSecondaryIndexes) ?? [];

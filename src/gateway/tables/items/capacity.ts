// ReturnConsumedCapacity of one operation (developer guide, "Read/write capacity"): a read unit for each 4 KB, half of it
// when it may be late; a write unit for each 1 KB of the item, larger of before and after, and of each index entry.

import type { Fields } from '../dynalite.ts';
import type { EntryChange } from './index-entries.ts';

const READ_BYTES = 4096;
const WRITE_BYTES = 1024;

export const readUnits = (bytes: number, consistent: unknown): number =>
  Math.max(1, Math.ceil(bytes / READ_BYTES)) * (consistent === true ? 1 : 0.5);

export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / WRITE_BYTES));

export interface Consumption {
  readonly table: number;
  readonly indexes: readonly { readonly type: 'global' | 'local'; readonly name: string; readonly units: number }[];
}

export const writeConsumption = (bytes: number, entries: readonly EntryChange[]): Consumption => ({
  table: writeUnits(bytes),
  indexes: entries.map(({ type, index, bytes: size }) => ({ type, name: index, units: writeUnits(size) })),
});

/** The field of an answer; empty unless the request asks for it. */
export function consumedBy(request: Fields, { table, indexes }: Consumption): Fields {
  const wish = request['ReturnConsumedCapacity'];
  if (wish !== 'TOTAL' && wish !== 'INDEXES') return {};
  const total = indexes.reduce((sum, { units }) => sum + units, table);
  const ofType = (wanted: string): Record<string, { CapacityUnits: number }> => {
    const found: Record<string, { CapacityUnits: number }> = {};
    for (const { type, name, units } of indexes) {
      if (type === wanted) found[name] = { CapacityUnits: (found[name]?.CapacityUnits ?? 0) + units };
    }
    return found;
  };
  const [local, global] = [ofType('local'), ofType('global')];
  return {
    ConsumedCapacity: {
      CapacityUnits: total,
      TableName: request['TableName'],
      ...(wish === 'INDEXES' && {
        Table: { CapacityUnits: table },
        ...(Object.keys(local).length > 0 && { LocalSecondaryIndexes: local }),
        ...(Object.keys(global).length > 0 && { GlobalSecondaryIndexes: global }),
      }),
    },
  };
}

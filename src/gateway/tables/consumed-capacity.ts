// ReturnConsumedCapacity of transactions.

import type { Fields } from './dynalite.ts';

/** Capacity units by table name. */
export type UnitsByTable = Record<string, number>;

/** @param kind a repeated token costs reads, whatever the first request wrote */
export function consumed(
  request: Fields,
  units: Readonly<UnitsByTable>,
  kind: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): Fields {
  const wish = request['ReturnConsumedCapacity'];
  if (wish !== 'TOTAL' && wish !== 'INDEXES') return {};
  return {
    ConsumedCapacity: Object.entries(units).map(([TableName, CapacityUnits]) => ({
      TableName,
      CapacityUnits,
      [kind]: CapacityUnits,
      ...(wish === 'INDEXES' && { Table: { CapacityUnits, [kind]: CapacityUnits } }),
    })),
  };
}

// Brings the tables to what the models say: makes new ones, changes indexes in place, and sets aside a table whose keys
// changed before it makes the new one. A table that no model names any more stays as it is.

import { changeIndexes, sameIndex } from './change-indexes.ts';
import type { Table, TableIndex } from './dynalite.ts';
import { setAside } from './set-aside.ts';
import type { TableBase } from './table-base.ts';
import { indexesOf } from './table-indexes.ts';
import { createTable } from './table-operations.ts';
import type { TableShape } from './table-shape.ts';
import { setTtlAttribute } from './time-to-live.ts';

/** @param note a sentence for the person at the terminal */
export async function convergeTables(
  base: TableBase,
  specs: readonly TableShape[],
  note: (text: string) => void,
): Promise<void> {
  for (const spec of specs) await base.gate.run(() => converge(base, spec, note));
}

async function converge(base: TableBase, spec: TableShape, note: (text: string) => void): Promise<void> {
  const table = await base.find(spec.tableName);
  if (table === undefined) await create(base, spec);
  else if (keysOf(table.KeySchema, table.AttributeDefinitions) !== keysOf(spec.keySchema, spec.attributeDefinitions)) {
    const kept = await setAside(base, table);
    await create(base, spec);
    note(`The keys of ${spec.model} changed: table ${spec.tableName} starts empty, and its items are kept in ${kept}.`);
  } else if (!sameIndexes(table, spec)) {
    await changeIndexes(base, table, {
      attributeDefinitions: spec.attributeDefinitions,
      global: spec.globalSecondaryIndexes,
      local: spec.localSecondaryIndexes,
    });
  }
  await setTtlAttribute(base, spec.tableName, spec.ttlAttribute);
}

async function create(base: TableBase, spec: TableShape): Promise<void> {
  await createTable(base, {
    TableName: spec.tableName,
    KeySchema: spec.keySchema,
    AttributeDefinitions: spec.attributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(spec.globalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes: spec.globalSecondaryIndexes }),
    ...(spec.localSecondaryIndexes.length > 0 && { LocalSecondaryIndexes: spec.localSecondaryIndexes }),
  });
}

function keysOf(schema: Table['KeySchema'], definitions: Table['AttributeDefinitions']): string {
  const types = new Map(definitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  return JSON.stringify(schema.map(({ AttributeName, KeyType }) => [AttributeName, KeyType, types.get(AttributeName)]));
}

function sameIndexes(table: Table, spec: TableShape): boolean {
  return (
    sameSet(indexesOf(table, 'global'), spec.globalSecondaryIndexes) &&
    sameSet(indexesOf(table, 'local'), spec.localSecondaryIndexes) &&
    typesOf(table.AttributeDefinitions) === typesOf(spec.attributeDefinitions)
  );
}

const sameSet = (present: readonly TableIndex[], wanted: readonly TableIndex[]): boolean =>
  present.length === wanted.length && wanted.every((index) => present.some((other) => sameIndex(index, other)));

const typesOf = (definitions: Table['AttributeDefinitions']): string =>
  JSON.stringify(definitions.map(({ AttributeName, AttributeType }) => `${AttributeName}:${AttributeType}`).sort());

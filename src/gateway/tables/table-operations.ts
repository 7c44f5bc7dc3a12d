// Operations on tables, in the gate: dynalite's own, and what it takes without doing it: indexes made or dropped by
// UpdateTable. Deletion protection, streams and encryption are accepted and ignored: nothing here is worth protecting.

import { changeIndexes } from './change-indexes.ts';
import type { Fields, Operation, Table, TableIndex } from './dynalite.ts';
import { validationFault } from './fault.ts';
import { checkRequest } from './items/check-request.ts';
import { tablePlace } from './places.ts';
import { runAction } from './staged-action.ts';
import type { TableBase } from './table-base.ts';
import { indexesOf } from './table-indexes.ts';
import { setTtlAttribute, tableNamed } from './time-to-live.ts';
import { fields } from './transact-parts.ts';

/** The caller holds the gate. Returns when the table is active; the answer still says `CREATING`, as on AWS. */
export async function createTable(base: TableBase, request: Fields): Promise<Fields> {
  const answer = await live(base, 'CreateTable', request);
  await settled(base, String(request['TableName']));
  return answer;
}

export async function deleteTable(base: TableBase, request: Fields): Promise<Fields> {
  const name = String(request['TableName']);
  const answer = await live(base, 'DeleteTable', request);
  await setTtlAttribute(base, name, undefined);
  await settled(base, name);
  return answer;
}

export async function updateTable(base: TableBase, request: Fields): Promise<Fields> {
  const {
    DeletionProtectionEnabled: _protection,
    StreamSpecification: _stream,
    GlobalSecondaryIndexUpdates: updates,
    ...rest
  } = request;
  const name = await tableNamed(base, request);
  const indexUpdates = Array.isArray(updates) ? updates.map(fields) : [];
  const structural = indexUpdates.filter((update) => update['Create'] || update['Delete']);
  if (structural.length > 0) {
    checkRequest(base.store, 'UpdateTable', { ...request, GlobalSecondaryIndexUpdates: structural.map(provisioned) });
    await base.table(name).then((table) => changeIndexes(base, table, wantedBy(table, structural, request)));
  }
  const remaining = indexUpdates.filter((update) => update['Update']);
  const { TableName: _name, AttributeDefinitions: _definitions, ...others } = rest;
  if (remaining.length === 0 && Object.keys(others).length === 0 && Object.keys(request).length > 1) {
    return { TableDescription: await base.table(name) };
  }
  const answer = await live(base, 'UpdateTable', {
    ...rest,
    ...(remaining.length > 0 && { GlobalSecondaryIndexUpdates: remaining }),
  });
  await settled(base, name);
  return answer;
}

/** dynalite's check wants a capacity even where tables are paid per request. */
function provisioned(update: Fields): Fields {
  const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
  return update['Create'] ? { ...update, Create: { ProvisionedThroughput, ...fields(update['Create']) } } : update;
}

function wantedBy(table: Table, updates: readonly Fields[], request: Fields) {
  const global = [...indexesOf(table, 'global')];
  for (const update of updates) {
    const { IndexName } = fields(update['Delete'] ?? update['Create']) as { readonly IndexName?: string };
    const at = global.findIndex((index) => index.IndexName === IndexName);
    if (update['Delete'] && at === -1) throw validationFault(`Requested resource not found: Index: ${IndexName}`);
    if (update['Delete']) global.splice(at, 1);
    else if (at !== -1) throw validationFault(`Attempting to create an index which already exists: ${IndexName}`);
    else global.push(fields(update['Create']) as unknown as TableIndex);
  }
  const local = indexesOf(table, 'local');
  const used = new Set(
    [table, ...global, ...local].flatMap(({ KeySchema }) => KeySchema.map(({ AttributeName }) => AttributeName)),
  );
  const given = (request['AttributeDefinitions'] ?? []) as Table['AttributeDefinitions'];
  const definitions = [
    ...table.AttributeDefinitions,
    ...given.filter(({ AttributeName }) =>
      table.AttributeDefinitions.every((present) => present.AttributeName !== AttributeName),
    ),
  ].filter(({ AttributeName }) => used.has(AttributeName));
  const missing = [...used].filter((name) => definitions.every(({ AttributeName }) => AttributeName !== name));
  if (missing.length > 0) {
    throw validationFault(
      `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${missing.join(', ')}], AttributeDefinitions: [${definitions.map(({ AttributeName }) => AttributeName).join(', ')}]`,
    );
  }
  return { attributeDefinitions: definitions, global, local };
}

/** A copy of the answer, since dynalite goes on changing its own. */
export async function live(base: TableBase, operation: Operation, request: Fields): Promise<Fields> {
  return structuredClone(await runAction(base.store, operation, checkRequest(base.store, operation, request)));
}

/** dynalite changes a table's status once more on a timer, outside the gate: nobody comes between. */
async function settled(base: TableBase, name: string): Promise<void> {
  for (;;) {
    const table = await base.find(name);
    if (table === undefined || table.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Finishes what a killed process left: a table on its way in is there, one on its way out is gone. */
export async function settleTables(base: TableBase): Promise<void> {
  for await (const [key, value] of base.store.db.iterator({ gte: tablePlace(''), lt: tablePlace('\u{ff}') })) {
    const table = value as Table;
    if (table.TableStatus === 'DELETING') await deleteTable(base, { TableName: table.TableName });
    else if (table.TableStatus !== 'ACTIVE') {
      const GlobalSecondaryIndexes = table.GlobalSecondaryIndexes?.map((each) => ({ ...each, IndexStatus: 'ACTIVE' }));
      await base.store.db.put(key, {
        ...table,
        TableStatus: 'ACTIVE',
        ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
      });
    }
  }
}

// DynamoDB: items to units, on demand and provisioned, indexes, storage, replicas, backups, streams.
// Rules: the price file's metering_rules.dynamodb; global tables: AWS's developer guide, "Billing for global tables"
// (every replica region bills replicated writes, its own storage and, for indexes, plain writes).

import { Decimal, increments, ONE, sum, ZERO } from '../decimal.ts';
import type { MeterId } from '../meters.ts';
import type { IndexLoad, TableLoad, Workload } from '../workload.ts';
import { reachingBackend } from './meter-apis.ts';
import { GB, KB, type Metered, type Owner } from './metered.ts';

const READ_STEP = KB.times(4);
const ITEM_OVERHEAD_BYTES = 100;
const GLOBAL_ITEM_OVERHEAD_BYTES = 48;

/** Read and write units by who causes them. */
interface Units {
  readonly owner: Owner;
  readonly reads: Decimal;
  /** Of the table itself: transactions count twice. */
  readonly tableWrites: Decimal;
  /** Of all its indexes: transactions count once. */
  readonly indexWrites: Decimal;
  /** Calls that write, whatever their size. */
  readonly writeCalls: Decimal;
}

export function meterTables(workload: Workload): Metered[] {
  return workload.tables.flatMap((table) => [
    ...meterThroughput(table, workload),
    ...meterStorage(table, workload),
    ...meterTransfers(table, workload),
  ]);
}

/** A table's read and write units: of routes first, then of everything else. */
export function unitsOf(table: TableLoad, workload: Workload): Units[] {
  const readUnits = Decimal.max(ONE, increments(table.readBytes, READ_STEP));
  const writeUnits = Decimal.max(ONE, increments(table.itemBytes, KB));
  const indexUnits = sum(table.indexes.map(unitsPerWrite));
  const ofRoutes = workload.apis.flatMap((api) =>
    api.routes.flatMap((route) =>
      route.access
        .filter((access) => access.table === table.name)
        .map(({ reads, writes }) => {
          const calls = reachingBackend(api, route);
          return {
            owner: { api: api.name, route: route.key, table: table.name },
            reads: calls.times(reads).times(readUnits).div(2),
            tableWrites: calls.times(writes).times(writeUnits),
            indexWrites: calls.times(writes).times(indexUnits),
            writeCalls: calls.times(writes),
          };
        }),
    ),
  );
  const { reads, writes } = table;
  const writeCalls = writes.standard.plus(writes.transactional);
  const direct = {
    owner: { table: table.name },
    reads: reads.eventual.div(2).plus(reads.strong).plus(reads.transactional.times(2)).times(readUnits),
    tableWrites: writes.standard.plus(writes.transactional.times(2)).times(writeUnits),
    indexWrites: writeCalls.times(indexUnits),
    writeCalls,
  };
  return [...ofRoutes, direct];
}

// Sized by what is projected, and only when that changes; a changed key is a delete and an insert.
function unitsPerWrite(index: IndexLoad): Decimal {
  const units = Decimal.max(ONE, increments(index.bytes, KB));
  return units.times(index.writeShare).times(ONE.plus(index.keyChangeShare));
}

function meterThroughput(table: TableLoad, workload: Workload): Metered[] {
  const regions = [workload.region, ...table.replicas];
  if (table.capacity !== 'on-demand') return meterCapacity(table, regions, workload.month.hours);
  const meters = throughputMeters(table);
  const metered: Metered[] = [];
  for (const { owner, reads, tableWrites, indexWrites } of unitsOf(table, workload)) {
    metered.push({ meter: meters.reads, region: workload.region, quantity: reads, owner });
    for (const region of regions) {
      metered.push({ meter: meters.tableWrites, region, quantity: tableWrites, owner });
      metered.push({ meter: meters.writes, region, quantity: indexWrites, owner });
    }
  }
  return metered;
}

function throughputMeters(table: TableLoad): Record<'reads' | 'writes' | 'tableWrites', MeterId> {
  const global = table.replicas.length > 0;
  if (table.class === 'standard-ia') {
    const tableWrites = global ? 'dynamodb-ia-replicated-writes' : 'dynamodb-ia-writes';
    return { reads: 'dynamodb-ia-reads', writes: 'dynamodb-ia-writes', tableWrites };
  }
  const tableWrites = global ? 'dynamodb-replicated-writes' : 'dynamodb-writes';
  return { reads: 'dynamodb-reads', writes: 'dynamodb-writes', tableWrites };
}

function meterCapacity(table: TableLoad, regions: readonly string[], hours: Decimal): Metered[] {
  if (table.capacity === 'on-demand') return [];
  const { read, write } = table.capacity;
  const infrequent = table.class === 'standard-ia';
  const owner = { table: table.name };
  const readMeter = infrequent ? 'dynamodb-ia-rcu' : 'dynamodb-rcu';
  const writeMeter = infrequent ? 'dynamodb-ia-wcu' : 'dynamodb-wcu';
  const replicatedMeter = infrequent ? 'dynamodb-ia-rwcu' : 'dynamodb-rwcu';
  const indexRead = sum(table.indexes.map(({ capacity }) => capacity?.read ?? read));
  const indexWrite = sum(table.indexes.map(({ capacity }) => capacity?.write ?? write));
  return regions.flatMap((region) => [
    { meter: readMeter, region, quantity: read.plus(indexRead).times(hours), owner },
    { meter: regions.length > 1 ? replicatedMeter : writeMeter, region, quantity: write.times(hours), owner },
    { meter: writeMeter, region, quantity: indexWrite.times(hours), owner },
  ]);
}

function meterStorage(table: TableLoad, workload: Workload): Metered[] {
  const owner = { table: table.name };
  const quantity = storedBytes(table).div(GB);
  const meter = table.class === 'standard-ia' ? 'dynamodb-ia-storage' : 'dynamodb-storage';
  const metered: Metered[] = [workload.region, ...table.replicas].map((region) => ({ meter, region, quantity, owner }));
  if (table.pointInTimeRecovery) metered.push({ meter: 'dynamodb-pitr', region: workload.region, quantity, owner });
  return metered;
}

/** Bytes a table and its indexes take, AWS's overhead for each item included. */
export function storedBytes(table: TableLoad): Decimal {
  if ('bytes' in table.stored) return table.stored.bytes;
  const overhead = ITEM_OVERHEAD_BYTES + (table.replicas.length > 0 ? GLOBAL_ITEM_OVERHEAD_BYTES : 0);
  const perItem = sum([
    table.itemBytes.plus(overhead),
    ...table.indexes.map((index) => index.bytes.plus(ITEM_OVERHEAD_BYTES).times(index.itemShare)),
  ]);
  return table.stored.items.times(perItem);
}

function meterTransfers(table: TableLoad, workload: Workload): Metered[] {
  const { region } = workload;
  const owner = { table: table.name };
  const writeCalls = sum(unitsOf(table, workload).map((units) => units.writeCalls));
  const gb = (bytes: Decimal) => bytes.div(GB);
  const replicated = writeCalls.times(table.itemBytes).times(table.replicas.length);
  const changes = table.kinesis ? writeCalls.times(increments(table.itemBytes, KB)) : ZERO;
  return [
    { meter: 'dynamodb-backups', region, quantity: gb(table.backupBytes), owner },
    { meter: 'dynamodb-restores', region, quantity: gb(table.restoredBytes), owner },
    { meter: 'dynamodb-exports', region, quantity: gb(table.exportedBytes), owner },
    { meter: 'dynamodb-incremental-exports', region, quantity: gb(table.incrementallyExportedBytes), owner },
    { meter: 'dynamodb-imports', region, quantity: gb(table.importedBytes), owner },
    { meter: 'dynamodb-stream-reads', region, quantity: table.streamReads, owner },
    { meter: 'dynamodb-kinesis', region, quantity: changes, owner },
    { meter: 'data-inter-region', region, quantity: gb(replicated), owner },
  ];
}

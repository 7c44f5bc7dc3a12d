// Tables of the project's models (or of the usage alone) with their items, reads and writes.

import { Decimal, ONE, ZERO } from '../../pricing/decimal.ts';
import { parseSize } from '../../pricing/quantity.ts';
import type { ApiLoad, IndexLoad, TableCapacity, TableLoad } from '../../pricing/workload.ts';
import type { BuildContext } from './build-context.ts';
import type { ShapeTable } from './shape.ts';
import type { ModelUsage } from './usage-schema.ts';

const ASSUMED_ITEM = parseSize('1KB');

export function buildTables(apis: readonly ApiLoad[], context: BuildContext): TableLoad[] {
  const { usage, problems } = context;
  const shapes = context.shape?.tables ?? shapesOfUsage(context);
  const names = shapes.map(({ name }) => name);
  for (const name of Object.keys(usage.models ?? {})) {
    if (!names.includes(name)) problems.addUnknown(['models', name], 'model', names);
  }
  return shapes.map((table) => buildTable(table, apis, context));
}

function shapesOfUsage({ usage }: BuildContext): ShapeTable[] {
  return Object.keys(usage.models ?? {}).map((name) => ({
    name,
    class: 'standard',
    capacity: 'on-demand',
    pointInTimeRecovery: false,
    replicas: [],
  }));
}

function buildTable(table: ShapeTable, apis: readonly ApiLoad[], context: BuildContext): TableLoad {
  const { usage, notes } = context;
  const said = usage.models?.[table.name] ?? {};
  checkModel(table, said, context);
  const used = said.reads !== undefined || said.writes !== undefined || said.items !== undefined;
  const accessed = apis.some((api) => api.routes.some((route) => route.access.some((one) => one.table === table.name)));
  const itemBytes = said.itemSize ?? usage.itemSize ?? ASSUMED_ITEM;
  if ((used || accessed) && said.itemSize === undefined && usage.itemSize === undefined) {
    notes.assume('an item has 1 KB', { flag: '--item-size 1KB', key: 'itemSize' });
  }
  if (said.storage === undefined && said.items === undefined) {
    notes.leaveOut(`storage of ${table.name}`, { flag: '--storage 10GB', key: `models.${table.name}.items` });
  }
  const { backups = {} } = said;
  return {
    name: table.name,
    class: said.class ?? table.class,
    capacity: context.shape === undefined ? capacityOf(table, said) : capacityOf(table, {}),
    itemBytes,
    readBytes: said.readSize ?? itemBytes,
    reads: {
      eventual: said.reads?.eventual ?? ZERO,
      strong: said.reads?.strong ?? ZERO,
      transactional: said.reads?.transactional ?? ZERO,
    },
    writes: { standard: said.writes?.standard ?? ZERO, transactional: said.writes?.transactional ?? ZERO },
    stored:
      said.storage === undefined
        ? { items: said.items ?? ZERO, perMonth: said.growth ?? ZERO }
        : { bytes: said.storage },
    indexes: Object.entries(said.indexes ?? {}).map(([name, index]) => buildIndex(name, index, itemBytes)),
    replicas: said.replicas ?? table.replicas,
    pointInTimeRecovery: backups.continuous ?? table.pointInTimeRecovery,
    backupBytes: backups.stored ?? ZERO,
    restoredBytes: backups.restored ?? ZERO,
    exportedBytes: backups.exported ?? ZERO,
    incrementallyExportedBytes: backups.exportedIncrements ?? ZERO,
    importedBytes: backups.imported ?? ZERO,
    streamReads: said.streamReads ?? ZERO,
    kinesis: said.kinesis ?? false,
  };
}

function buildIndex(name: string, said: NonNullable<ModelUsage['indexes']>[string], itemBytes: Decimal): IndexLoad {
  return {
    name,
    bytes: said.size ?? itemBytes,
    itemShare: said.items ?? ONE,
    writeShare: said.writes ?? ONE,
    keyChangeShare: said.keyChanges ?? ZERO,
    capacity: said.capacity,
  };
}

function capacityOf(table: ShapeTable, said: ModelUsage): TableCapacity {
  if (said.capacity?.read !== undefined && said.capacity.write !== undefined) {
    return { read: said.capacity.read, write: said.capacity.write };
  }
  if (table.capacity === 'on-demand' || said.capacity?.mode === 'on-demand') return 'on-demand';
  return { read: new Decimal(table.capacity.read), write: new Decimal(table.capacity.write) };
}

function checkModel(table: ShapeTable, said: ModelUsage, { shape, usage, problems }: BuildContext): void {
  const path = ['models', table.name];
  const { capacity } = said;
  if (said.storage !== undefined && said.items !== undefined) {
    problems.add([...path, 'storage'], 'says the same as items', 'Keep one of the two.');
  }
  if (said.growth !== undefined && said.items === undefined) {
    problems.add([...path, 'growth'], 'is in items a month, and needs items beside it', 'Add items: 0.');
  }
  if (
    capacity !== undefined &&
    capacity.mode === undefined &&
    (capacity.read === undefined || capacity.write === undefined)
  ) {
    problems.add([...path, 'capacity'], 'needs read and write', 'Write capacity: { read: 5, write: 5 }.');
  }
  if (capacity?.mode !== undefined && (capacity.read ?? capacity.write) !== undefined) {
    problems.add([...path, 'capacity'], 'is on-demand or has read and write, not both', 'Keep one of the two.');
  }
  if (shape !== undefined && capacity !== undefined && !sameCapacity(capacityOf(table, said), capacityOf(table, {}))) {
    const hint = 'Remove this line; to compare: --compare capacity=on-demand,provisioned';
    problems.add([...path, 'capacity'], 'apigen.yml says another capacity', hint);
  }
  const region = shape?.region ?? usage.region;
  if (region !== undefined && said.replicas?.includes(region)) {
    problems.add([...path, 'replicas'], `${region} is the region of the table itself`, 'Name the other regions only.');
  }
}

function sameCapacity(a: TableCapacity, b: TableCapacity): boolean {
  if (a === 'on-demand' || b === 'on-demand') return a === b;
  return a.read.eq(b.read) && a.write.eq(b.write);
}

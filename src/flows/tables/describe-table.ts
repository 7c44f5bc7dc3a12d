// One table as it stands: keys, settings, indexes and backups, in words.

import type { Backup } from '../../operate/tables/backups.ts';
import { listBackups } from '../../operate/tables/backups.ts';
import { type LiveIndex, liveSettings, requireLiveTable } from '../../operate/tables/live-table.ts';
import type { SessionOptions } from '../converge/session.ts';
import { openTable } from './open-table.ts';

export interface DescribedTable {
  readonly model: string;
  readonly tableName: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly indexes: readonly LiveIndex[];
  readonly backups: readonly Backup[];
}

/** @throws ApigenError `NO_SUCH_TABLE` where it was never deployed */
export async function describeTableOf(options: SessionOptions, model: string): Promise<DescribedTable> {
  const { aws, spec } = await openTable(options, model);
  const { tableName } = spec.table;
  const live = await requireLiveTable(aws, tableName);
  const [{ settings, indexes }, backups] = await Promise.all([liveSettings(aws, live), listBackups(aws, tableName)]);
  return { model: spec.name, tableName, settings, indexes, backups };
}

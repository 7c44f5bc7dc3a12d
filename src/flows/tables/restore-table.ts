// Restores a table: under its own name once it is gone, or beside it under another.

import { ApigenError, UsageError } from '../../errors.ts';
import { tagsOf } from '../../kinds/ownership.ts';
import { listBackups, type RestoreFrom, startRestore, tagTable } from '../../operate/tables/backups.ts';
import { describeLiveTable, waitForTable } from '../../operate/tables/live-table.ts';
import type { SessionOptions } from '../converge/session.ts';
import { type OpenTable, openTable } from './open-table.ts';

export interface RestoreRequest {
  readonly model: string;
  /** A backup's name. */
  readonly backup: string | undefined;
  /** A moment, or `latest`. */
  readonly to: string | undefined;
  readonly as: string | undefined;
}

export interface Restored {
  readonly tableName: string;
  readonly from: string;
  /** Whether it is the model's own table again. */
  readonly isOwn: boolean;
}

/**
 * @throws UsageError `NO_SOURCE`, `BAD_TIME`; ApigenError `NO_SUCH_BACKUP`, `TABLE_STANDS`
 */
export async function restoreTable(options: SessionOptions, request: RestoreRequest): Promise<Restored> {
  const { model, backup, to, as } = request;
  if ((backup === undefined) === (to === undefined)) {
    throw new UsageError({
      code: 'NO_SOURCE',
      summary: 'A restore needs a backup or a moment: one of --backup and --to',
      hint: `apigen tables describe ${model}    (lists its backups)`,
    });
  }
  const moment = to === undefined || to === 'latest' ? to : readMoment('--to', to);
  const table = await openTable(options, model);
  const own = table.spec.table.tableName;
  const tableName = as ?? own;
  if ((await describeLiveTable(table.aws, tableName)) !== undefined) throw stands(model, tableName);
  const from = backup === undefined ? { table: own, time: moment as Date | 'latest' } : await backupOf(table, backup);
  await startRestore(table.aws, from, tableName);
  await waitForTable(table.aws, tableName);
  const isOwn = tableName === own;
  if (isOwn) {
    const { project } = table;
    const owner = { project: project.name, stage: project.stage.name };
    await tagTable(table.aws, tableName, tagsOf(owner, `table:${table.spec.name}`, project.tags));
  }
  return { tableName, from: backup ?? String(to), isOwn };
}

/** @throws UsageError `BAD_TIME` */
export function readMoment(flag: string, text: string): Date {
  const moment = new Date(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(moment.getTime())) return moment;
  throw new UsageError({
    code: 'BAD_TIME',
    summary: `${flag} ${text} is no moment`,
    hint: `${flag} 2026-01-31T12:00:00Z`,
  });
}

async function backupOf({ aws, spec }: OpenTable, name: string): Promise<RestoreFrom> {
  const backups = await listBackups(aws, spec.table.tableName);
  const found = backups.findLast((backup) => backup.name === name);
  if (found !== undefined) return { backup: found.arn };
  throw new ApigenError({
    code: 'NO_SUCH_BACKUP',
    summary: `${spec.table.tableName} has no backup ${name}`,
    detail:
      backups.length === 0 ? 'It has no backups.' : `Its backups are ${backups.map((one) => one.name).join(', ')}.`,
    hint: `apigen tables backup ${spec.name}`,
  });
}

const stands = (model: string, tableName: string): ApigenError =>
  new ApigenError({
    code: 'TABLE_STANDS',
    summary: `Table ${tableName} is there`,
    detail: 'DynamoDB restores into a new table only. Nothing was changed.',
    hint: `apigen tables restore ${model} … --as ${tableName}-restored`,
  });

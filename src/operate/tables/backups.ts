// On-demand backups, restores and exports of a table, each waited for with a word on how far it is.

import {
  CreateBackupCommand,
  DescribeBackupCommand,
  DescribeExportCommand,
  ExportTableToPointInTimeCommand,
  ListBackupsCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  TagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import type { Aws } from '../../aws/aws.ts';
import { until } from '../../aws/until.ts';
import { ApigenError } from '../../errors.ts';

export interface Backup {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly sizeBytes: number;
}

/** Backups take seconds whatever the size; restores and exports may take hours. */
const waits = { backupMs: 10 * 60_000, longMs: 12 * 60 * 60_000 } as const;

/** Oldest first; those that DynamoDB makes itself of deleted tables included. */
export async function listBackups(aws: Aws, TableName: string): Promise<readonly Backup[]> {
  const all: Backup[] = [];
  let from: string | undefined;
  do {
    const page = await aws.dynamodb.send(
      new ListBackupsCommand({ TableName, BackupType: 'ALL', ...(from && { ExclusiveStartBackupArn: from }) }),
    );
    for (const summary of page.BackupSummaries ?? []) {
      all.push({
        name: summary.BackupName ?? '',
        arn: summary.BackupArn ?? '',
        status: summary.BackupStatus ?? '',
        at: summary.BackupCreationDateTime?.getTime() ?? 0,
        sizeBytes: summary.BackupSizeBytes ?? 0,
      });
    }
    from = page.LastEvaluatedBackupArn;
  } while (from);
  return all.sort((a, b) => a.at - b.at);
}

/** Makes a backup and waits until it can be restored. */
export async function createBackup(aws: Aws, TableName: string, BackupName: string): Promise<Backup> {
  const { BackupDetails } = await aws.dynamodb.send(new CreateBackupCommand({ TableName, BackupName }));
  const arn = BackupDetails?.BackupArn ?? '';
  const done = await until(
    async () => {
      const { BackupDescription } = await aws.dynamodb.send(new DescribeBackupCommand({ BackupArn: arn }));
      const details = BackupDescription?.BackupDetails;
      return details?.BackupStatus === 'CREATING' ? undefined : details;
    },
    { timeoutMs: waits.backupMs, describe: `backup ${BackupName} of table ${TableName}` },
  );
  return {
    name: BackupName,
    arn,
    status: done?.BackupStatus ?? 'AVAILABLE',
    at: done?.BackupCreationDateTime?.getTime() ?? 0,
    sizeBytes: done?.BackupSizeBytes ?? 0,
  };
}

export type RestoreFrom =
  | { readonly backup: string }
  /** A moment of point-in-time recovery; `latest` is some five minutes ago. */
  | { readonly table: string; readonly time: Date | 'latest' };

/** Starts a restore into a new table. It has no tags, no time to live and no backups of its own until it is deployed. */
export async function startRestore(aws: Aws, from: RestoreFrom, TargetTableName: string): Promise<void> {
  if ('backup' in from) {
    await aws.dynamodb.send(new RestoreTableFromBackupCommand({ TargetTableName, BackupArn: from.backup }));
    return;
  }
  const moment = from.time === 'latest' ? { UseLatestRestorableTime: true } : { RestoreDateTime: from.time };
  await aws.dynamodb.send(
    new RestoreTableToPointInTimeCommand({ SourceTableName: from.table, TargetTableName, ...moment }),
  );
}

/** Makes a restored table ours: without its tags the next deploy would take it for somebody else's. */
export async function tagTable(aws: Aws, tableName: string, tags: Readonly<Record<string, string>>): Promise<void> {
  const ResourceArn = `arn:${aws.partition}:dynamodb:${aws.region}:${aws.account}:table/${tableName}`;
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await aws.dynamodb.send(new TagResourceCommand({ ResourceArn, Tags }));
}

export interface ExportRequest {
  readonly tableName: string;
  readonly bucket: string;
  readonly prefix: string | undefined;
  readonly format: 'DYNAMODB_JSON' | 'ION';
  readonly time: Date | undefined;
}

export interface Exported {
  readonly arn: string;
  readonly status: string;
  readonly items: number;
  readonly manifest: string;
}

/** The name of an object below the prefix, whether or not it was given with it. */
const below = (prefix: string | undefined, name: string): string =>
  !prefix || name.startsWith(`${prefix}/`) ? name : `${prefix.replace(/\/$/, '')}/${name}`;

/**
 * Exports a table to S3, which takes point-in-time recovery and none of the table's capacity.
 *
 * @throws ApigenError `EXPORT_FAILED` with DynamoDB's reason
 */
export async function exportTable(aws: Aws, request: ExportRequest, wait: boolean): Promise<Exported> {
  const TableArn = `arn:${aws.partition}:dynamodb:${aws.region}:${aws.account}:table/${request.tableName}`;
  const { ExportDescription: started } = await aws.dynamodb.send(
    new ExportTableToPointInTimeCommand({
      TableArn,
      S3Bucket: request.bucket,
      ExportFormat: request.format,
      ...(request.prefix !== undefined && { S3Prefix: request.prefix }),
      ...(request.time !== undefined && { ExportTime: request.time }),
    }),
  );
  const ExportArn = started?.ExportArn ?? '';
  const described = !wait
    ? started
    : await until(
        async () => {
          const { ExportDescription } = await aws.dynamodb.send(new DescribeExportCommand({ ExportArn }));
          return ExportDescription?.ExportStatus === 'IN_PROGRESS' ? undefined : ExportDescription;
        },
        { timeoutMs: waits.longMs, describe: `the export of table ${request.tableName}` },
      );
  if (described?.ExportStatus === 'FAILED') {
    throw new ApigenError({
      code: 'EXPORT_FAILED',
      summary: `The export of table ${request.tableName} failed`,
      detail: `${described.FailureCode ?? 'unknown'}: ${described.FailureMessage ?? 'DynamoDB gave no reason'}`,
      hint: `check that the bucket ${request.bucket} exists and takes s3:PutObject from you`,
    });
  }
  return {
    arn: ExportArn,
    status: described?.ExportStatus ?? 'IN_PROGRESS',
    items: described?.ItemCount ?? 0,
    manifest: below(request.prefix, described?.ExportManifest ?? ''),
  };
}

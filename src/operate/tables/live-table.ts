// A table as DynamoDB describes it, in words for a person.

import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type KeySchemaElement,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { Aws } from '../../aws/aws.ts';
import { isNotFound } from '../../aws/is-not-found.ts';
import { until } from '../../aws/until.ts';
import { ApigenError } from '../../errors.ts';

/** Restores may take hours. */
const longestRestoreMs = 12 * 60 * 60_000;

export async function describeLiveTable(aws: Aws, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await aws.dynamodb.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** @throws ApigenError `NO_SUCH_TABLE` */
export async function requireLiveTable(aws: Aws, tableName: string): Promise<TableDescription> {
  const live = await describeLiveTable(aws, tableName);
  if (live !== undefined) return live;
  throw new ApigenError({
    code: 'NO_SUCH_TABLE',
    summary: `Table ${tableName} is not there`,
    detail: 'It comes with the first deploy of its stage.',
    hint: 'apigen deploy',
  });
}

export async function waitForTable(aws: Aws, tableName: string): Promise<void> {
  await until(async () => ((await describeLiveTable(aws, tableName))?.TableStatus === 'ACTIVE' ? true : undefined), {
    timeoutMs: longestRestoreMs,
    describe: `table ${tableName} to become active`,
  });
}

export interface LiveIndex {
  readonly name: string;
  readonly kind: 'global' | 'local';
  /** `customerId, placedAt`. */
  readonly keys: string;
  readonly projection: string;
  readonly status: string;
}

export interface LiveSettings {
  readonly settings: Readonly<Record<string, string>>;
  readonly indexes: readonly LiveIndex[];
}

export async function liveSettings(aws: Aws, table: TableDescription): Promise<LiveSettings> {
  const { TableName } = table;
  const [ttl, backups] = await Promise.all([
    aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName })),
    aws.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })),
  ]);
  const { TimeToLiveStatus, AttributeName } = ttl.TimeToLiveDescription ?? {};
  const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  const earliest = recovery?.EarliestRestorableDateTime?.toISOString();
  const settings: Record<string, string> = {
    status: (table.TableStatus ?? '').toLowerCase(),
    keys: keysText(table.KeySchema),
    items: (table.ItemCount ?? 0).toLocaleString('en-US'),
    bytes: (table.TableSizeBytes ?? 0).toLocaleString('en-US'),
    capacity: capacityText(table),
    class: table.TableClassSummary?.TableClass === 'STANDARD_INFREQUENT_ACCESS' ? 'infrequent-access' : 'standard',
    encryption: table.SSEDescription?.KMSMasterKeyArn ?? 'owned',
    backups:
      recovery?.PointInTimeRecoveryStatus === 'ENABLED'
        ? `continuous${earliest === undefined ? '' : `, from ${earliest}`}`
        : 'none',
    'time to live': TimeToLiveStatus === 'ENABLED' ? (AttributeName ?? '') : 'none',
    stream: table.StreamSpecification?.StreamEnabled ? (table.StreamSpecification.StreamViewType ?? '') : 'none',
    replicas: (table.Replicas ?? []).map(({ RegionName }) => RegionName).join(', ') || 'none',
    protected: table.DeletionProtectionEnabled ? 'yes' : 'no',
  };
  return { settings, indexes: indexesOf(table) };
}

function indexesOf(table: TableDescription): readonly LiveIndex[] {
  const global = (table.GlobalSecondaryIndexes ?? []).map((index) => ({ kind: 'global' as const, ...index }));
  const local = (table.LocalSecondaryIndexes ?? []).map((index) => ({
    kind: 'local' as const,
    IndexStatus: 'ACTIVE',
    ...index,
  }));
  return [...global, ...local].map(({ kind, IndexName = '', KeySchema, Projection, IndexStatus = '' }) => ({
    name: IndexName,
    kind,
    keys: keysText(KeySchema),
    projection: Projection?.NonKeyAttributes?.join(', ') ?? Projection?.ProjectionType ?? '',
    status: IndexStatus,
  }));
}

const keysText = (schema: readonly KeySchemaElement[] = []): string =>
  schema.map(({ AttributeName }) => AttributeName).join(', ');

function capacityText({ BillingModeSummary, ProvisionedThroughput: units }: TableDescription): string {
  if (BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST') return 'on-demand';
  return `${units?.ReadCapacityUnits ?? 0} read, ${units?.WriteCapacityUnits ?? 0} write units a second`;
}

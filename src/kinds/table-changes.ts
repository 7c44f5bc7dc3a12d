// The changes of a table that stands, one after another: DynamoDB takes no change while a table is UPDATING, and one
// index or one replica a call. Each waits for the one before; all may be cut off and begun again.

import {
  type AttributeDefinition,
  DescribeTableCommand,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { hasAwsName } from '../aws/aws-fault.ts';
import { until } from '../aws/until.ts';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import {
  attributesOf,
  type DynamodbTableProps,
  encryptionInput,
  globalIndexInput,
  streamInput,
  throughputInput,
} from './dynamodb-table-props.ts';
import { orAbsent } from './or-absent.ts';
import { setTimeToLive } from './time-to-live.ts';

/** Creation takes seconds; an index or a replica may take hours, so waiting for it has no end of its own here. */
export const tableWaits = { creationMs: 5 * 60_000, changeMs: 6 * 60 * 60_000 } as const;

export async function describeTable(aws: Aws, TableName: string): Promise<TableDescription | undefined> {
  return (await orAbsent(aws.dynamodb.send(new DescribeTableCommand({ TableName }))))?.Table;
}

/** Waits until the table, its indexes and its replicas are all ACTIVE. */
export async function tableSettled(
  aws: Aws,
  TableName: string,
  timeoutMs: number = tableWaits.changeMs,
): Promise<void> {
  await until(async () => (isSettled(await describeTable(aws, TableName)) ? true : undefined), {
    timeoutMs,
    describe: `table ${TableName} to become active`,
  });
}

function isSettled(table: TableDescription | undefined): boolean {
  if (table?.TableStatus !== 'ACTIVE') return false;
  if (table.SSEDescription?.Status === 'UPDATING' || table.SSEDescription?.Status === 'ENABLING') return false;
  const indexes = table.GlobalSecondaryIndexes ?? [];
  const replicas = table.Replicas ?? [];
  return (
    indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE') &&
    replicas.every(({ ReplicaStatus }) => !['CREATING', 'UPDATING', 'DELETING'].includes(ReplicaStatus ?? ''))
  );
}

type TableChange = Omit<UpdateTableCommandInput, 'TableName'>;

/** Moves a table from what it is to what it should be; its tags apart. */
export async function changeTable(aws: Aws, now: DynamodbTableProps, desired: DynamodbTableProps): Promise<void> {
  const TableName = desired.tableName;
  for (const change of [...settingChanges(now, desired), ...indexChanges(now, desired)]) {
    await updateTable(aws, TableName, change);
  }
  if (now.deletionProtection !== desired.deletionProtection) {
    await updateTable(aws, TableName, { DeletionProtectionEnabled: desired.deletionProtection });
  }
  for (const change of replicaChanges(now, desired)) await updateTable(aws, TableName, change);
  await tableSettled(aws, TableName);
  await setTimeToLive(aws, TableName, now.ttlAttribute, desired.ttlAttribute);
  if (now.recoveryDays !== desired.recoveryDays) await setRecovery(aws, TableName, desired.recoveryDays);
}

export async function updateTable(aws: Aws, TableName: string, change: TableChange): Promise<void> {
  await tableSettled(aws, TableName);
  await aws.dynamodb.send(new UpdateTableCommand({ TableName, ...change }));
}

/** A call each: DynamoDB refuses a change of class or encryption beside another. */
function* settingChanges(now: DynamodbTableProps, desired: DynamodbTableProps): Iterable<TableChange> {
  if (!equal(now.capacity as Json, desired.capacity as Json)) {
    yield throughputInput(desired.capacity, Object.keys(now.globalIndexes));
  }
  if (now.tableClass !== desired.tableClass) yield { TableClass: desired.tableClass };
  if (now.stream !== desired.stream) {
    // A stream's view cannot be changed: another stream begins, and a table has but one.
    if (now.stream !== '') yield { StreamSpecification: streamInput('') };
    if (desired.stream !== '') yield { StreamSpecification: streamInput(desired.stream) };
  }
  if (now.encryption !== desired.encryption) yield { SSESpecification: encryptionInput(desired.encryption) };
}

function* indexChanges(now: DynamodbTableProps, desired: DynamodbTableProps): Iterable<TableChange> {
  const standing = new Map(Object.entries(now.globalIndexes));
  for (const [IndexName, index] of [...standing]) {
    if (equal(index as unknown as Json, desired.globalIndexes[IndexName] as unknown as Json)) continue;
    standing.delete(IndexName);
    yield { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] };
  }
  for (const [name, index] of Object.entries(desired.globalIndexes)) {
    if (standing.has(name)) continue;
    standing.set(name, index);
    const Create = globalIndexInput(name, index, desired.capacity);
    // Definitions of exactly the attributes that keys use by then, not those of indexes still to come.
    const AttributeDefinitions = attributesOf({ ...desired, globalIndexes: Object.fromEntries(standing) });
    yield {
      AttributeDefinitions: [...AttributeDefinitions] as AttributeDefinition[],
      GlobalSecondaryIndexUpdates: [{ Create }],
    };
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicationGroupUpdate.html */
function* replicaChanges(now: DynamodbTableProps, desired: DynamodbTableProps): Iterable<TableChange> {
  for (const RegionName of Object.keys(now.replicas)) {
    if (!(RegionName in desired.replicas)) yield { ReplicaUpdates: [{ Delete: { RegionName } }] };
  }
  for (const [RegionName, key] of Object.entries(desired.replicas)) {
    const replica = { RegionName, ...(key !== '' && { KMSMasterKeyId: key }) };
    if (!(RegionName in now.replicas)) yield { ReplicaUpdates: [{ Create: replica }] };
    else if (now.replicas[RegionName] !== key) yield { ReplicaUpdates: [{ Update: replica }] };
  }
}

/**
 * A fresh table has no backups to speak of yet: "Backups are being enabled for the table. Please retry later".
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html#API_UpdateContinuousBackups_Errors
 */
async function setRecovery(aws: Aws, TableName: string, days: number): Promise<void> {
  const PointInTimeRecoverySpecification = {
    PointInTimeRecoveryEnabled: days > 0,
    ...(days > 0 && { RecoveryPeriodInDays: days }),
  };
  const command = new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification });
  const probe = async (): Promise<true | undefined> => {
    try {
      await aws.dynamodb.send(command);
      return true;
    } catch (error) {
      if (hasAwsName(error, 'ContinuousBackupsUnavailableException')) return undefined;
      throw error;
    }
  };
  await until(probe, {
    timeoutMs: tableWaits.creationMs,
    describe: `backups of table ${TableName} to become available`,
  });
}

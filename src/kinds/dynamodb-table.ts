// A model's DynamoDB table. It holds data: the engine never replaces or deletes it without consent by name.
// DynamoDB allows one index change at a time and none while the table is UPDATING, so changes go one after another.

import {
  type AttributeDefinition,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  type TableDescription,
  type Tag,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import { hasAwsName } from '../aws/aws-fault.ts';
import { until } from '../aws/until.ts';
import { equal } from '../engine/compare.ts';
import type { Json, Kind, Live, Props, Target } from '../engine/kind.ts';
import {
  attributesOf,
  type DynamodbTableProps,
  fromDescription,
  globalIndexInput,
  keySchemaInput,
  localIndexInput,
  throughputInput,
} from './dynamodb-table-props.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags, tagList, tagMap } from './ownership.ts';
import { setTimeToLive } from './time-to-live.ts';

export { dynamodbTableInputs } from './dynamodb-table-inputs.ts';

/** Creation takes seconds; an index backfill may take hours, so waiting for it has no end of its own here. */
const waits = { creationMs: 5 * 60_000, changeMs: 6 * 60 * 60_000 } as const;

export function dynamodbTable({ aws, owner }: KindContext): Kind {
  const arnOf = (name: string): string => `arn:${aws.partition}:dynamodb:${aws.region}:${aws.account}:table/${name}`;

  const describe = async (TableName: string): Promise<TableDescription | undefined> =>
    (await orAbsent(aws.dynamodb.send(new DescribeTableCommand({ TableName }))))?.Table;
  const settled = (TableName: string, timeoutMs: number): Promise<void> =>
    until(
      async () => {
        const table = await describe(TableName);
        const indexes = table?.GlobalSecondaryIndexes ?? [];
        return table?.TableStatus === 'ACTIVE' && indexes.every((index) => index.IndexStatus === 'ACTIVE')
          ? true
          : undefined;
      },
      { timeoutMs, describe: `table ${TableName} to become active` },
    ).then(() => undefined);
  /** None for a table that is going: DynamoDB no longer finds it. */
  const tagsAt = async (name: string): Promise<Tags> => {
    const tags: Tag[] = [];
    let NextToken: string | undefined;
    do {
      const command = new ListTagsOfResourceCommand({ ResourceArn: arnOf(name), ...(NextToken && { NextToken }) });
      const page = await orAbsent(aws.dynamodb.send(command));
      tags.push(...(page?.Tags ?? []));
      NextToken = page?.NextToken;
    } while (NextToken);
    return tagMap(tags);
  };
  const gone = (TableName: string): Promise<true> =>
    until(async () => ((await describe(TableName)) ? undefined : true), {
      timeoutMs: waits.creationMs,
      describe: `table ${TableName} to be deleted`,
    });

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const TableName = target.name;
    const table = await describe(TableName);
    if (!table || table.TableStatus === 'DELETING') return undefined;
    const [tags, ttl, backups] = await Promise.all([
      tagsAt(TableName),
      // Both answer "table not found" of a table that is still being created.
      orAbsent(aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))),
      orAbsent(aws.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }))),
    ]);
    const props = fromDescription(table, ttl?.TimeToLiveDescription, backups?.ContinuousBackupsDescription);
    return {
      physicalId: TableName,
      props: { ...props, tags: managedTags(tags, desired?.['tags']) } as unknown as Props,
      outputs: { arn: table.TableArn ?? arnOf(TableName) },
      ...ownership(tags, owner),
    };
  };

  const update = async (TableName: string, change: Omit<UpdateTableCommandInput, 'TableName'>): Promise<void> => {
    await settled(TableName, waits.changeMs);
    await aws.dynamodb.send(new UpdateTableCommand({ TableName, ...change }));
  };

  const create = async (desired: DynamodbTableProps): Promise<DynamodbTableProps> => {
    const globalIndexes = Object.entries(desired.globalIndexes).map(([name, index]) =>
      globalIndexInput(name, index, desired.capacity),
    );
    const localIndexes = Object.entries(desired.localIndexes).map(([name, index]) => localIndexInput(name, index));
    // A table that is going still holds its name.
    if ((await describe(desired.tableName))?.TableStatus === 'DELETING') await gone(desired.tableName);
    await aws.dynamodb.send(
      new CreateTableCommand({
        TableName: desired.tableName,
        KeySchema: keySchemaInput(desired.keys) as KeySchemaElement[],
        AttributeDefinitions: attributesOf(desired) as AttributeDefinition[],
        ...throughputInput(desired.capacity),
        ...(globalIndexes.length > 0 && { GlobalSecondaryIndexes: globalIndexes as GlobalSecondaryIndex[] }),
        ...(localIndexes.length > 0 && { LocalSecondaryIndexes: localIndexes }),
        DeletionProtectionEnabled: desired.deletionProtection,
        Tags: tagList(desired.tags),
      }),
    );
    await settled(desired.tableName, waits.creationMs);
    return { ...desired, ttlAttribute: '', continuousBackups: false };
  };

  const changeIndexes = async (now: DynamodbTableProps, desired: DynamodbTableProps): Promise<void> => {
    const standing = new Map(Object.entries(now.globalIndexes));
    for (const [IndexName, index] of standing) {
      if (equal(index as unknown as Json, desired.globalIndexes[IndexName] as unknown as Json)) continue;
      await update(desired.tableName, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });
      standing.delete(IndexName);
    }
    for (const [name, index] of Object.entries(desired.globalIndexes)) {
      if (standing.has(name)) continue;
      standing.set(name, index);
      const Create = globalIndexInput(name, index, desired.capacity);
      // Definitions of exactly the attributes that keys use by then, not those of indexes still to come.
      const AttributeDefinitions = attributesOf({ ...desired, globalIndexes: Object.fromEntries(standing) });
      await update(desired.tableName, {
        AttributeDefinitions: [...AttributeDefinitions] as AttributeDefinition[],
        GlobalSecondaryIndexUpdates: [{ Create }],
      });
    }
  };

  return {
    name: 'dynamodb-table',
    title: 'DynamoDB table',
    fields: {
      tableName: 'immutable',
      keys: 'immutable',
      localIndexes: 'immutable',
      globalIndexes: 'mutable',
      capacity: 'mutable',
      deletionProtection: 'mutable',
      ttlAttribute: 'mutable',
      continuousBackups: 'mutable',
      tags: 'mutable',
    },
    holdsData: true,
    cutsOver: false,
    retires: false,
    replacement: 'delete-first',
    read,

    async reconcile(target, props, live) {
      const desired = props as unknown as DynamodbTableProps;
      const TableName = target.name;
      const now = live ? (live.props as unknown as DynamodbTableProps) : await create(desired);
      if (live) await settled(TableName, waits.changeMs);
      if (!equal(now.capacity as Json, desired.capacity as Json)) {
        await update(TableName, throughputInput(desired.capacity, Object.keys(now.globalIndexes)));
      }
      await changeIndexes(now, desired);
      if (now.deletionProtection !== desired.deletionProtection) {
        await update(TableName, { DeletionProtectionEnabled: desired.deletionProtection });
      }
      await settled(TableName, waits.changeMs);
      await setTimeToLive(aws, TableName, now.ttlAttribute, desired.ttlAttribute);
      if (now.continuousBackups !== desired.continuousBackups) {
        await setContinuousBackups(TableName, desired.continuousBackups);
      }
      const tags = missingTags(now.tags, desired.tags);
      if (Object.keys(tags).length > 0) {
        await aws.dynamodb.send(new TagResourceCommand({ ResourceArn: arnOf(TableName), Tags: tagList(tags) }));
      }
      return { physicalId: TableName, props, outputs: { arn: arnOf(TableName) }, owned: true };
    },

    async remove(target) {
      const TableName = target.name;
      const table = await describe(TableName);
      if (!table) return;
      if (table.TableStatus !== 'DELETING') {
        if (table.DeletionProtectionEnabled) await update(TableName, { DeletionProtectionEnabled: false });
        await settled(TableName, waits.changeMs);
        await aws.dynamodb.send(new DeleteTableCommand({ TableName }));
      }
      await gone(TableName);
    },

    async discover() {
      const names: string[] = [];
      let from: string | undefined;
      do {
        const page = await aws.dynamodb.send(new ListTablesCommand({ ...(from && { ExclusiveStartTableName: from }) }));
        names.push(...(page.TableNames ?? []));
        from = page.LastEvaluatedTableName;
      } while (from);
      const prefix = `${owner.project}-${owner.stage}-`;
      const found = await Promise.all(
        names
          .filter((name) => name.startsWith(prefix))
          .map(async (name) => ({ name, id: nodeOf(await tagsAt(name), owner) })),
      );
      return found.flatMap(({ name, id }) => (id === undefined ? [] : [{ id, name, physicalId: name }]));
    },
  };

  /**
   * A fresh table has no backups to speak of yet: "Backups are being enabled for the table. Please retry later".
   * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html#API_UpdateContinuousBackups_Errors
   */
  async function setContinuousBackups(TableName: string, PointInTimeRecoveryEnabled: boolean): Promise<void> {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled };
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
    await until(probe, { timeoutMs: waits.creationMs, describe: `backups of table ${TableName} to become available` });
  }
}

// A model's DynamoDB table. It holds data: the engine never replaces or deletes it without consent by name.
// DynamoDB allows one index change at a time and none while the table is UPDATING, so changes go one after another.

import {
  type AttributeDefinition,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  type Tag,
  TagResourceCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { until } from '../aws/until.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import {
  attributesOf,
  type DynamodbTableProps,
  encryptionInput,
  fromDescription,
  globalIndexInput,
  keySchemaInput,
  localIndexInput,
  streamInput,
  type TableEncryption,
  throughputInput,
} from './dynamodb-table-props.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags, tagList, tagMap } from './ownership.ts';
import { changeTable, describeTable, tableSettled, tableWaits, updateTable } from './table-changes.ts';

export { dynamodbTableInputs } from './dynamodb-table-inputs.ts';

export function dynamodbTable({ aws, owner }: KindContext): Kind {
  const arnOf = (name: string): string => `arn:${aws.partition}:dynamodb:${aws.region}:${aws.account}:table/${name}`;

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
    until(async () => ((await describeTable(aws, TableName)) ? undefined : true), {
      timeoutMs: tableWaits.creationMs,
      describe: `table ${TableName} to be deleted`,
    });

  /** Whether a key is the account's AWS managed one, KMS alone tells; asked only where that is what is wanted. */
  const encryptionAs = async (live: TableEncryption, desired: Props | undefined): Promise<TableEncryption> => {
    if (live === 'owned' || desired?.['encryption'] !== 'aws') return live;
    const key = await aws.kms.send(new DescribeKeyCommand({ KeyId: live }));
    return key.KeyMetadata?.KeyManager === 'AWS' ? 'aws' : live;
  };

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const TableName = target.name;
    const table = await describeTable(aws, TableName);
    if (!table || table.TableStatus === 'DELETING') return undefined;
    const [tags, ttl, backups] = await Promise.all([
      tagsAt(TableName),
      // Both answer "table not found" of a table that is still being created.
      orAbsent(aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))),
      orAbsent(aws.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }))),
    ]);
    const props = fromDescription(table, ttl?.TimeToLiveDescription, backups?.ContinuousBackupsDescription);
    const encryption = await encryptionAs(props.encryption, desired);
    return {
      physicalId: TableName,
      props: { ...props, encryption, tags: managedTags(tags, desired?.['tags']) } as unknown as Props,
      outputs: {
        arn: table.TableArn ?? arnOf(TableName),
        streamArn: props.stream === '' ? '' : (table.LatestStreamArn ?? ''),
      },
      ...ownership(tags, owner),
    };
  };

  const create = async (desired: DynamodbTableProps): Promise<DynamodbTableProps> => {
    const globalIndexes = Object.entries(desired.globalIndexes).map(([name, index]) =>
      globalIndexInput(name, index, desired.capacity),
    );
    const localIndexes = Object.entries(desired.localIndexes).map(([name, index]) => localIndexInput(name, index));
    // A table that is going still holds its name.
    if ((await describeTable(aws, desired.tableName))?.TableStatus === 'DELETING') await gone(desired.tableName);
    await aws.dynamodb.send(
      new CreateTableCommand({
        TableName: desired.tableName,
        KeySchema: keySchemaInput(desired.keys) as KeySchemaElement[],
        AttributeDefinitions: attributesOf(desired) as AttributeDefinition[],
        ...throughputInput(desired.capacity),
        ...(globalIndexes.length > 0 && { GlobalSecondaryIndexes: globalIndexes as GlobalSecondaryIndex[] }),
        ...(localIndexes.length > 0 && { LocalSecondaryIndexes: localIndexes }),
        ...(desired.stream !== '' && { StreamSpecification: streamInput(desired.stream) }),
        DeletionProtectionEnabled: desired.deletionProtection,
        ...(desired.tableClass !== 'STANDARD' && { TableClass: desired.tableClass }),
        ...(desired.encryption !== 'owned' && { SSESpecification: encryptionInput(desired.encryption) }),
        Tags: tagList(desired.tags),
      }),
    );
    await tableSettled(aws, desired.tableName, tableWaits.creationMs);
    return { ...desired, ttlAttribute: '', recoveryDays: 0, replicas: {} };
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
      recoveryDays: 'mutable',
      tableClass: 'mutable',
      encryption: 'mutable',
      stream: 'mutable',
      replicas: 'mutable',
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
      if (live) await tableSettled(aws, TableName);
      await changeTable(aws, now, desired);
      const tags = missingTags(now.tags, desired.tags);
      if (Object.keys(tags).length > 0) {
        await aws.dynamodb.send(new TagResourceCommand({ ResourceArn: arnOf(TableName), Tags: tagList(tags) }));
      }
      // The stream's address carries the time it was begun.
      const streamArn = desired.stream === '' ? '' : ((await describeTable(aws, TableName))?.LatestStreamArn ?? '');
      return { physicalId: TableName, props, outputs: { arn: arnOf(TableName), streamArn }, owned: true };
    },

    async remove(target) {
      const TableName = target.name;
      const table = await describeTable(aws, TableName);
      if (!table) return;
      if (table.TableStatus !== 'DELETING') {
        // A replica outlives the table it was made of.
        for (const { RegionName = '' } of table.Replicas ?? []) {
          await updateTable(aws, TableName, { ReplicaUpdates: [{ Delete: { RegionName } }] });
        }
        if (table.DeletionProtectionEnabled) await updateTable(aws, TableName, { DeletionProtectionEnabled: false });
        await tableSettled(aws, TableName);
        await aws.dynamodb.send(new DeleteTableCommand({ TableName }));
      }
      await gone(TableName);
    },

    async discover(known) {
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
          .filter((name) => name.startsWith(prefix) && !known?.has(name))
          .map(async (name) => ({ name, id: nodeOf(await tagsAt(name), owner) })),
      );
      return found.flatMap(({ name, id }) => (id === undefined ? [] : [{ id, name, physicalId: name }]));
    },
  };
}

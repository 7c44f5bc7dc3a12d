// A model's DynamoDB table. It holds data: the engine never replaces or deletes it without consent by name.
// DynamoDB allows one index change at a time and none while the table is UPDATING, so changes go one after another.

import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  type TableDescription,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { isNotFound } from '../aws/is-not-found.ts';
import { until } from '../aws/until.ts';
import { equal } from '../engine/compare.ts';
import type { Json, Kind, Live, Props, Target } from '../engine/kind.ts';
import { type Coverage, unsupported } from './coverage.ts';
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
import { managedTags, missingTags, nodeOf, ownership, type Tags, tagList, tagMap } from './ownership.ts';

export const dynamodbTableInputs = {
  TableName: 'tableName',
  AttributeDefinitions: 'keys',
  KeySchema: 'keys',
  LocalSecondaryIndexes: 'localIndexes',
  GlobalSecondaryIndexes: 'globalIndexes',
  GlobalSecondaryIndexUpdates: 'globalIndexes',
  BillingMode: 'capacity',
  ProvisionedThroughput: 'capacity',
  DeletionProtectionEnabled: 'deletionProtection',
  Tags: 'tags',
  StreamSpecification: unsupported('streams to functions are not offered yet'),
  SSESpecification: unsupported("DynamoDB's own key encrypts; customer keys are not offered yet"),
  TableClass: unsupported('always STANDARD for now'),
  VectorIndexes: unsupported('not offered'),
  VectorIndexUpdates: unsupported('not offered'),
  DisassociationProtectionEnabled: unsupported('replicas are not offered yet'),
  WarmThroughput: unsupported('not offered'),
  ResourcePolicy: unsupported('access is granted on the roles of functions'),
  OnDemandThroughput: unsupported('not offered'),
  GlobalTableSourceArn: unsupported('tables of other accounts are not replicated'),
  GlobalTableSettingsReplicationMode: unsupported('replicas are not offered yet'),
  ReplicaUpdates: unsupported('replicas are not offered yet'),
  MultiRegionConsistency: unsupported('replicas are not offered yet'),
  GlobalTableWitnessUpdates: unsupported('replicas are not offered yet'),
} satisfies Coverage<CreateTableCommandInput & UpdateTableCommandInput>;

/** Creation takes seconds; an index backfill may take hours, so waiting for it has no end of its own here. */
const waits = { creationMs: 5 * 60_000, changeMs: 6 * 60 * 60_000 } as const;

export function dynamodbTable({ aws, owner }: KindContext): Kind {
  const arnOf = (name: string): string => `arn:${aws.partition}:dynamodb:${aws.region}:${aws.account}:table/${name}`;

  const describe = async (TableName: string): Promise<TableDescription | undefined> => {
    try {
      return (await aws.dynamodb.send(new DescribeTableCommand({ TableName }))).Table;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
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
  const tagsAt = async (name: string): Promise<Tags> =>
    tagMap((await aws.dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: arnOf(name) }))).Tags);

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const TableName = target.name;
    const table = await describe(TableName);
    if (!table || table.TableStatus === 'DELETING') return undefined;
    const [tags, ttl, backups] = await Promise.all([
      tagsAt(TableName),
      aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName })),
      aws.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })),
    ]);
    const props = fromDescription(table, ttl.TimeToLiveDescription, backups.ContinuousBackupsDescription);
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
    const AttributeDefinitions = attributesOf(desired) as AttributeDefinition[];
    for (const [IndexName, index] of Object.entries(now.globalIndexes)) {
      if (equal(index as unknown as Json, desired.globalIndexes[IndexName] as unknown as Json)) continue;
      await update(desired.tableName, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });
    }
    for (const [name, index] of Object.entries(desired.globalIndexes)) {
      if (equal(index as unknown as Json, now.globalIndexes[name] as unknown as Json)) continue;
      const Create = globalIndexInput(name, index, desired.capacity);
      await update(desired.tableName, { AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] });
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
      await setTimeToLive(TableName, now.ttlAttribute, desired.ttlAttribute);
      if (now.continuousBackups !== desired.continuousBackups) {
        const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: desired.continuousBackups };
        await aws.dynamodb.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
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
      await until(async () => ((await describe(TableName)) ? undefined : true), {
        timeoutMs: waits.creationMs,
        describe: `table ${TableName} to be deleted`,
      });
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

  /** DynamoDB refuses another attribute until the old one is off, and any change for up to an hour after one. */
  async function setTimeToLive(TableName: string, now: string, desired: string): Promise<void> {
    if (now === desired) return;
    const set = (AttributeName: string, Enabled: boolean) =>
      aws.dynamodb.send(
        new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }),
      );
    if (now !== '') await set(now, false);
    if (desired !== '') await set(desired, true);
  }
}

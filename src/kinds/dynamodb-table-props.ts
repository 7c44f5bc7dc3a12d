// A table's props and their translation to and from DynamoDB's own shapes. Defaults that DynamoDB fills in (billing
// mode absent means provisioned, projections, statuses) are normalised here and nowhere else.

import type {
  ContinuousBackupsDescription,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  ProvisionedThroughput,
  SSESpecification,
  StreamSpecification,
  StreamViewType,
  TableDescription,
  TimeToLiveDescription,
  UpdateTableCommandInput,
} from '@aws-sdk/client-dynamodb';

export interface KeyPart {
  readonly name: string;
  /** String, number or binary. */
  readonly type: 'S' | 'N' | 'B';
}

export interface TableKeys {
  readonly hash: KeyPart;
  readonly range?: KeyPart;
}

export interface TableIndex {
  readonly keys: TableKeys;
  /** `ALL`, `KEYS_ONLY` or the attributes included, sorted. */
  readonly projection: 'ALL' | 'KEYS_ONLY' | readonly string[];
}

export type Capacity = 'on-demand' | { readonly read: number; readonly write: number };

export type TableClass = 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';

/** `owned`: a key that DynamoDB keeps, free; `aws`: the account's AWS managed key; else the ARN of a customer's key. */
export type TableEncryption = 'owned' | 'aws' | `arn:${string}`;

export interface DynamodbTableProps {
  readonly tableName: string;
  readonly keys: TableKeys;
  readonly localIndexes: Readonly<Record<string, TableIndex>>;
  readonly globalIndexes: Readonly<Record<string, TableIndex>>;
  readonly capacity: Capacity;
  readonly deletionProtection: boolean;
  /** Empty: no time to live. */
  readonly ttlAttribute: string;
  /** Days that point-in-time recovery reaches back, 1 to 35; 0: it is off. */
  readonly recoveryDays: number;
  readonly tableClass: TableClass;
  readonly encryption: TableEncryption;
  /** The view of its stream; empty: no stream. */
  readonly stream: string;
  /** Other regions that hold the table too, each with the customer's key there; empty for none. */
  readonly replicas: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** DynamoDB wants the definitions of exactly the attributes that keys use. */
export function attributesOf(props: DynamodbTableProps): readonly { AttributeName: string; AttributeType: string }[] {
  const indexes = [...Object.values(props.globalIndexes), ...Object.values(props.localIndexes)];
  const parts = [props.keys, ...indexes.map((index) => index.keys)].flatMap(({ hash, range }) =>
    range ? [hash, range] : [hash],
  );
  const types = new Map(parts.map((part) => [part.name, part.type]));
  return [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

export const keySchemaInput = ({ hash, range }: TableKeys): KeySchemaElement[] => [
  { AttributeName: hash.name, KeyType: 'HASH' },
  ...(range ? [{ AttributeName: range.name, KeyType: 'RANGE' as const }] : []),
];

const units = (capacity: { readonly read: number; readonly write: number }): ProvisionedThroughput => ({
  ReadCapacityUnits: capacity.read,
  WriteCapacityUnits: capacity.write,
});

/** @param indexes existing indexes, whose capacity must be said again when a table becomes provisioned */
export function throughputInput(
  capacity: Capacity,
  indexes: readonly string[] = [],
): Pick<UpdateTableCommandInput, 'BillingMode' | 'ProvisionedThroughput' | 'GlobalSecondaryIndexUpdates'> {
  if (capacity === 'on-demand') return { BillingMode: 'PAY_PER_REQUEST' };
  const ProvisionedThroughput = units(capacity);
  return {
    BillingMode: 'PROVISIONED',
    ProvisionedThroughput,
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexUpdates: indexes.map((IndexName) => ({ Update: { IndexName, ProvisionedThroughput } })),
    }),
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html */
export const encryptionInput = (encryption: TableEncryption): SSESpecification =>
  encryption === 'owned'
    ? { Enabled: false }
    : { Enabled: true, SSEType: 'KMS', ...(encryption !== 'aws' && { KMSMasterKeyId: encryption }) };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html */
export const streamInput = (view: string): StreamSpecification =>
  view === '' ? { StreamEnabled: false } : { StreamEnabled: true, StreamViewType: view as StreamViewType };

const projectionInput = ({ projection }: TableIndex) =>
  typeof projection === 'string'
    ? { ProjectionType: projection }
    : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...projection] };

export const globalIndexInput = (
  IndexName: string,
  index: TableIndex,
  capacity: Capacity,
): { IndexName: string; KeySchema: KeySchemaElement[]; Projection: ReturnType<typeof projectionInput> } & Pick<
  GlobalSecondaryIndex,
  'ProvisionedThroughput'
> => ({
  IndexName,
  KeySchema: keySchemaInput(index.keys),
  Projection: projectionInput(index),
  ...(capacity !== 'on-demand' && { ProvisionedThroughput: units(capacity) }),
});

export const localIndexInput = (IndexName: string, index: TableIndex): LocalSecondaryIndex => ({
  IndexName,
  KeySchema: keySchemaInput(index.keys),
  Projection: projectionInput(index),
});

/** Everything but tags, as DynamoDB describes it. */
export function fromDescription(
  table: TableDescription,
  ttl: TimeToLiveDescription | undefined,
  backups: ContinuousBackupsDescription | undefined,
): Omit<DynamodbTableProps, 'tags'> {
  const types = new Map((table.AttributeDefinitions ?? []).map((item) => [item.AttributeName, item.AttributeType]));
  const part = (name: string | undefined): KeyPart => ({
    name: name ?? '',
    type: (types.get(name) ?? 'S') as KeyPart['type'],
  });
  const keysOf = (schema: readonly KeySchemaElement[] | undefined): TableKeys => {
    const range = schema?.find((element) => element.KeyType === 'RANGE');
    return {
      hash: part(schema?.find((element) => element.KeyType === 'HASH')?.AttributeName),
      ...(range && { range: part(range.AttributeName) }),
    };
  };
  const indexesOf = (indexes: readonly DescribedIndex[] | undefined): Record<string, TableIndex> =>
    Object.fromEntries(
      (indexes ?? [])
        // An index that is going counts as gone.
        .filter((index) => index.IndexStatus !== 'DELETING')
        .map((index) => [index.IndexName ?? '', { keys: keysOf(index.KeySchema), projection: projectionOf(index) }]),
    );
  return {
    tableName: table.TableName ?? '',
    keys: keysOf(table.KeySchema),
    localIndexes: indexesOf(table.LocalSecondaryIndexes),
    globalIndexes: indexesOf(table.GlobalSecondaryIndexes),
    capacity: capacityOf(table),
    deletionProtection: table.DeletionProtectionEnabled ?? false,
    ttlAttribute: ['ENABLED', 'ENABLING'].includes(ttl?.TimeToLiveStatus ?? '') ? (ttl?.AttributeName ?? '') : '',
    recoveryDays: recoveryDaysOf(backups),
    tableClass: (table.TableClassSummary?.TableClass ?? 'STANDARD') as TableClass,
    encryption: encryptionOf(table),
    stream: table.StreamSpecification?.StreamEnabled ? (table.StreamSpecification.StreamViewType ?? '') : '',
    replicas: Object.fromEntries(
      (table.Replicas ?? [])
        .filter(({ ReplicaStatus }) => ReplicaStatus !== 'DELETING')
        .map(({ RegionName = '', KMSMasterKeyId = '' }) => [RegionName, KMSMasterKeyId]),
    ),
  };
}

/** DynamoDB's default where recovery is on and no period is said. */
const longestRecoveryDays = 35;

function recoveryDaysOf(backups: ContinuousBackupsDescription | undefined): number {
  const { PointInTimeRecoveryStatus, RecoveryPeriodInDays } = backups?.PointInTimeRecoveryDescription ?? {};
  return PointInTimeRecoveryStatus === 'ENABLED' ? (RecoveryPeriodInDays ?? longestRecoveryDays) : 0;
}

/** A table that has never been given a key of KMS has no description at all. Whose key it is, only KMS knows. */
function encryptionOf({ SSEDescription: sse }: TableDescription): TableEncryption {
  const encrypts = sse?.SSEType === 'KMS' && ['ENABLED', 'ENABLING', 'UPDATING'].includes(sse.Status ?? '');
  return encrypts ? (sse.KMSMasterKeyArn as `arn:${string}`) : 'owned';
}

interface DescribedIndex {
  readonly IndexName?: string | undefined;
  readonly IndexStatus?: string | undefined;
  readonly KeySchema?: KeySchemaElement[] | undefined;
  readonly Projection?: { ProjectionType?: string | undefined; NonKeyAttributes?: string[] | undefined } | undefined;
}

function projectionOf({ Projection }: DescribedIndex): TableIndex['projection'] {
  if (Projection?.ProjectionType === 'INCLUDE') return [...(Projection.NonKeyAttributes ?? [])].sort();
  return Projection?.ProjectionType === 'KEYS_ONLY' ? 'KEYS_ONLY' : 'ALL';
}

/** DescribeTable leaves BillingModeSummary out for tables that have always been provisioned. */
function capacityOf(table: TableDescription): Capacity {
  if (table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST') return 'on-demand';
  const read = table.ProvisionedThroughput?.ReadCapacityUnits ?? 0;
  const write = table.ProvisionedThroughput?.WriteCapacityUnits ?? 0;
  return read === 0 && write === 0 ? 'on-demand' : { read, write };
}

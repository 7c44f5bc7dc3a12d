import type { Props } from '../../../src/engine/kind.ts';
import { dynamodbTableInputs } from '../../../src/kinds/dynamodb-table.ts';
import type { DynamodbTableProps, TableIndex } from '../../../src/kinds/dynamodb-table-props.ts';
import { type Place, physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const id = 'table:Order';
const byStatus: TableIndex = {
  keys: { hash: { name: 'status', type: 'S' }, range: { name: 'placedAt', type: 'N' } },
  projection: 'ALL',
};
const byEmail: TableIndex = { keys: { hash: { name: 'email', type: 'S' } }, projection: ['name', 'total'] };
const byTotal: TableIndex = {
  keys: { hash: { name: 'customerId', type: 'S' }, range: { name: 'total', type: 'N' } },
  projection: 'KEYS_ONLY',
};
const byTracking: TableIndex = { keys: { hash: { name: 'tracking', type: 'B' } }, projection: 'KEYS_ONLY' };

const keyOf = ({ account }: Place, region: string): string =>
  `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const propsOf = (place: Place): DynamodbTableProps => ({
  tableName: physical(place, 'Order'),
  keys: { hash: { name: 'customerId', type: 'S' }, range: { name: 'placedAt', type: 'N' } },
  localIndexes: { byTotal },
  globalIndexes: { byStatus, byEmail },
  capacity: 'on-demand',
  deletionProtection: false,
  ttlAttribute: 'expiresAt',
  recoveryDays: 35,
  tableClass: 'STANDARD',
  encryption: 'owned',
  stream: '',
  replicas: {},
  tags: tagged(place, id),
});

const indexes = (globalIndexes: Readonly<Record<string, TableIndex>>): ((props: Props) => Props) =>
  set({ globalIndexes } as unknown as Props);

/** Replicas are kept by the stream. */
const replicated = (replicas: Readonly<Record<string, string>>) => set({ replicas, stream: 'NEW_AND_OLD_IMAGES' });

export const dynamodbTableSample: Sample = {
  inputs: dynamodbTableInputs,
  parents: () => [],
  node: (place) => ({
    id,
    kind: 'dynamodb-table',
    name: physical(place, 'Order'),
    props: propsOf(place) as unknown as Props,
    dependsOn: [],
  }),
  variations: (place) => ({
    tableName: [{ says: 'another name', change: set({ tableName: physical(place, 'Purchase') }) }],
    keys: [{ says: 'another hash key', change: set({ keys: { hash: { name: 'orderId', type: 'S' } } }) }],
    localIndexes: [{ says: 'none', change: set({ localIndexes: {} }) }],
    globalIndexes: [
      { says: 'one more', change: indexes({ byStatus, byEmail, byTracking }) },
      { says: 'one fewer', change: indexes({ byStatus }) },
      { says: 'another projection', change: indexes({ byStatus, byEmail: { ...byEmail, projection: ['name'] } }) },
      { says: 'both exchanged for two others', change: indexes({ byTracking, byMail: byEmail }) },
    ],
    capacity: [{ says: 'provisioned', change: set({ capacity: { read: 7, write: 3 } }) }],
    deletionProtection: [{ says: 'on', change: set({ deletionProtection: true }) }],
    ttlAttribute: [
      { says: 'off', change: set({ ttlAttribute: '' }) },
      { says: 'another attribute', change: set({ ttlAttribute: 'goneAt' }) },
    ],
    recoveryDays: [
      { says: 'off', change: set({ recoveryDays: 0 }) },
      { says: 'a week', change: set({ recoveryDays: 7 }) },
    ],
    tableClass: [{ says: 'infrequent access', change: set({ tableClass: 'STANDARD_INFREQUENT_ACCESS' }) }],
    encryption: [{ says: "the customer's key", change: set({ encryption: keyOf(place, 'eu-west-1') }) }],
    stream: [{ says: 'of keys', change: set({ stream: 'KEYS_ONLY' }) }],
    replicas: [
      { says: 'one', change: replicated({ 'us-west-2': '' }) },
      { says: 'two', change: replicated({ 'us-west-2': '', 'eu-central-1': '' }) },
    ],
    tags: tagVariations,
  }),
};

import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';

const model = `import * as dynamoose from 'dynamoose';
export const Order = dynamoose.model('Order', new dynamoose.Schema({
  customerId: { type: String, hashKey: true },
  placedAt: { type: Number, rangeKey: true },
  status: { type: String, index: { name: 'byStatus' } },
  ttl: Number,
}), { expires: { ttl: 3600, attribute: 'goneAt' } });
`;
const key = 'arn:aws:kms:eu-west-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const yaml = (settings: string): string => `name: stores
region: eu-west-1
models:
  Order: { file: src/order.ts${settings} }
`;
const region = 'eu-west-1';

describe('every setting of a table, from apigen.yml on MiniStack', () => {
  let project: TemporaryProject;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const env = {
    AWS_ENDPOINT_URL: process.env['MINISTACK_ENDPOINT'],
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const dynamodb = new DynamoDBClient({ region, credentials, endpoint: process.env['MINISTACK_ENDPOINT'] ?? '' });
  const there = new DynamoDBClient({
    region: 'us-west-2',
    credentials,
    endpoint: process.env['MINISTACK_ENDPOINT'] ?? '',
  });
  const TableName = 'stores-dev-Order';
  const apigen = (...args: readonly string[]) => runCli(args, { cwd: project.root, env });

  /** Deploys, and then nothing is left to do. */
  async function deploy(settings: string): Promise<void> {
    await project.write({ 'apigen.yml': yaml(settings) });
    expect(await apigen('deploy', '--yes')).toMatchObject({ code: 0 });
    expect(await apigen('plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await apigen('drift')).toMatchObject({ code: 0 });
  }

  async function live() {
    const [table, backups, ttl] = await Promise.all([
      dynamodb.send(new DescribeTableCommand({ TableName })),
      dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })),
      dynamodb.send(new DescribeTimeToLiveCommand({ TableName })),
    ]);
    const { Table = {} } = table;
    return {
      id: Table.TableId,
      billing: Table.BillingModeSummary?.BillingMode,
      read: Table.ProvisionedThroughput?.ReadCapacityUnits,
      class: Table.TableClassSummary?.TableClass ?? 'STANDARD',
      key: Table.SSEDescription?.Status === 'ENABLED' ? Table.SSEDescription.KMSMasterKeyArn : undefined,
      stream: Table.StreamSpecification?.StreamEnabled ? Table.StreamSpecification.StreamViewType : undefined,
      replicas: (Table.Replicas ?? []).map(({ RegionName }) => RegionName).filter((name) => name !== region),
      protected: Table.DeletionProtectionEnabled,
      recovery: backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus,
      ttl: ttl.TimeToLiveDescription?.AttributeName,
    };
  }

  beforeAll(async () => {
    project = await temporaryProject({ 'apigen.yml': yaml(''), 'src/order.ts': model });
  });
  afterAll(async () => {
    dynamodb.destroy();
    there.destroy();
    await project.remove();
  });

  it('is its default where nothing is said', async () => {
    await deploy('');
    expect(await live()).toMatchObject({
      billing: 'PAY_PER_REQUEST',
      class: 'STANDARD',
      key: undefined,
      stream: undefined,
      replicas: [],
      protected: false,
      recovery: 'DISABLED',
      ttl: 'goneAt',
    });
  });

  it('changes in place, and what is taken out goes back to the default', async () => {
    const { id } = await live();
    await deploy(
      `, capacity: { read: 5, write: 5 }, backups: continuous, class: infrequent-access, encryption: "${key}", stream: old-image, protect: true`,
    );
    expect(await live()).toEqual({
      id,
      billing: 'PROVISIONED',
      read: 5,
      class: 'STANDARD_INFREQUENT_ACCESS',
      key,
      stream: 'OLD_IMAGE',
      replicas: [],
      protected: true,
      recovery: 'ENABLED',
      ttl: 'goneAt',
    });
    await deploy('');
    expect(await live()).toMatchObject({
      id,
      billing: 'PAY_PER_REQUEST',
      class: 'STANDARD',
      key: undefined,
      stream: undefined,
      protected: false,
      recovery: 'DISABLED',
    });
  });

  it('has replicas in other regions, whose items are the same, and lets them go again', async () => {
    await deploy(', replicas: [us-west-2]');
    expect(await live()).toMatchObject({ replicas: ['us-west-2'], stream: 'NEW_AND_OLD_IMAGES' });
    const replica = await there.send(new DescribeTableCommand({ TableName }));
    expect(replica.Table?.TableStatus).toBe('ACTIVE');
    await deploy('');
    expect((await live()).replicas).toEqual([]);
    await expect(there.send(new DescribeTableCommand({ TableName }))).rejects.toThrow('not found');
  });

  it('is kept by destroy while it is protected, and goes with its replicas once it is not', async () => {
    await deploy(', replicas: [us-west-2], protect: true');
    const kept = await apigen('destroy', '--confirm', 'stores/dev');
    expect(kept.code).toBe(0);
    expect(kept.stdout + kept.stderr).toContain(TableName);
    expect((await live()).replicas).toEqual(['us-west-2']);
    await deploy(', replicas: [us-west-2], protect: false');
    expect(await apigen('destroy', '--confirm', 'stores/dev')).toMatchObject({ code: 0 });
    await expect(live()).rejects.toThrow('not found');
    await expect(there.send(new DescribeTableCommand({ TableName }))).rejects.toThrow('not found');
  });
});

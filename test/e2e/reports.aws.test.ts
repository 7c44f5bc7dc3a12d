// What people report of tools like this one, each as a test on an emulator that runs functions.

import * as v2 from '@aws-sdk/client-apigatewayv2';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { DeleteFunctionCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { inventoryOf } from '../harness/crash-sweep/inventory.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { sampleProject, versionHandler } from './sample-projects.ts';

const endpoint = process.env['MINISTACK_ENDPOINT'] ?? '';
const settings = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const name = `reports-${process.pid}`;
const env = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

describe('what people report of deploy tools', () => {
  const lambda = new LambdaClient(settings);
  const gateway = new v2.ApiGatewayV2Client(settings);
  const dynamodb = new DynamoDBClient(settings);
  let project: TemporaryProject;
  const files = sampleProject({ name, type: 'http' });
  const protectedStage = 'releases: { keep: 2 }\nstages: { dev: { protect: true } }\n';

  const apigenIn = async (cwd: string, ...args: readonly string[]) => {
    const { code, stdout, stderr } = await runCli([...args, '--json'], { cwd, env });
    return { code, json: JSON.parse(stdout || 'null'), stderr };
  };
  const apigen = (...args: readonly string[]) => apigenIn(project.root, ...args);
  const lines = async (start: string): Promise<readonly string[]> =>
    (await inventoryOf(endpoint, name)).lines.filter((line) => line.startsWith(start));
  const apiId = async (): Promise<string> => {
    const { Items = [] } = await gateway.send(new v2.GetApisCommand({ MaxResults: '500' }));
    return Items.find((api) => api.Name?.startsWith(name))?.ApiId ?? '';
  };

  beforeAll(async () => {
    project = await temporaryProject({ ...files, 'apigen.yml': files['apigen.yml'] + protectedStage });
    expect((await apigen('deploy', '--yes')).code).toBe(0);
  });
  afterAll(async () => {
    await project.remove();
  });

  it('state in a local file that CI does not have: another checkout plans nothing', async () => {
    const other = await temporaryProject({ ...files, 'apigen.yml': files['apigen.yml'] + protectedStage });
    try {
      const { code, json } = await apigenIn(other.root, 'plan', '--detailed-exitcode');
      expect([code, json.changes]).toEqual([0, []]);
    } finally {
      await other.remove();
    }
  });

  it('one shared, over-broad role: each function has its own, and writes only where it says so', async () => {
    const roles = await lines('role ');
    expect(roles).toHaveLength(3);
    expect(roles.filter((role) => role.includes('dynamodb:PutItem'))).toHaveLength(1);
    expect(roles.filter((role) => /"Action":\s*"\*"|"Resource":\s*"\*"/.test(role))).toEqual([]);
  });

  it('resources it did not create: a route and a table made by hand stay, and drift names the route', async () => {
    await gateway.send(new v2.CreateRouteCommand({ ApiId: await apiId(), RouteKey: 'GET /by-hand' }));
    await dynamodb.send(
      new CreateTableCommand({
        TableName: `${name}-dev-theirs`,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      }),
    );
    const { code, json } = await apigen('drift');
    expect([code, JSON.stringify(json)]).toEqual([3, expect.stringContaining('GET /by-hand')]);
    await project.write({ 'src/version.ts': versionHandler('two') });
    expect((await apigen('deploy', '--yes')).code).toBe(0);
    expect((await lines('HTTP API'))[0]).toContain('GET /by-hand');
  });

  it('changed by hand: drift shows both values, deploy puts it right and makes again what is gone', async () => {
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: `${name}-dev-version`, MemorySize: 1024 }),
    );
    await lambda.send(new DeleteFunctionCommand({ FunctionName: `${name}-dev-notes-get` }));
    const { code, json } = await apigen('drift');
    expect(code).toBe(3);
    const text = JSON.stringify(json);
    expect(text).toMatch(/memory[^}]*1024[^}]*256|memory[^}]*256[^}]*1024/i);
    expect(text).toContain(`${name}-dev-notes-get`);
    expect((await apigen('deploy', '--yes')).code).toBe(0);
    const functions = await lines('function ');
    expect(functions.find((line) => line.includes('-dev-version '))).toContain(' 256 ');
    expect(functions.some((line) => line.includes('-dev-notes-get '))).toBe(true);
  });

  it('statement ids that accumulate, versions that pile up: five deploys leave one of each kept', async () => {
    for (const version of ['three', 'four', 'five']) {
      await project.write({ 'src/version.ts': versionHandler(version) });
      expect((await apigen('deploy', '--yes')).code).toBe(0);
    }
    const line = (await lines(`function ${name}-dev-version`))[0] ?? '';
    expect(/\[(.*)\]/.exec(line)?.[1]?.split(',')).toHaveLength(1);
    expect(line).toContain('versions 2');
    expect((await apigen('releases')).json).toHaveLength(2);
  });

  it('renamed functions left behind: gone with the last kept release that had them, and their roles', async () => {
    const yml = (files['apigen.yml'] ?? '').replaceAll('src/version.handler', 'src/renamed.handler') + protectedStage;
    await project.write({ 'apigen.yml': yml, 'src/renamed.ts': versionHandler('renamed') });
    expect((await apigen('deploy', '--yes')).code).toBe(0);
    expect(await lines(`function ${name}-dev-version`)).toHaveLength(1);
    await project.write({ 'src/renamed.ts': versionHandler('again') });
    expect((await apigen('deploy', '--yes')).code).toBe(0);
    expect(await lines(`function ${name}-dev-version`)).toEqual([]);
    expect(await lines(`role ${name}-dev-version`)).toEqual([]);
  });

  it('a lost ledger: the next deploy changes nothing that is served; versions of lost releases go', async () => {
    const served = async (): Promise<readonly string[]> =>
      (await lines('')).map((line) => line.replace(/ versions \d+/, ''));
    const before = await served();
    // The rows of this stage: other tests use the table meanwhile.
    const rows = await dynamodb.send(
      new QueryCommand({
        TableName: 'apigen-ledger',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: `${name}/dev` } },
        ProjectionExpression: 'pk, sk',
      }),
    );
    for (const Key of rows.Items ?? []) await dynamodb.send(new DeleteItemCommand({ TableName: 'apigen-ledger', Key }));
    const { json } = await apigen('plan');
    expect(json.changes).toEqual([]);
    expect((await apigen('deploy', '--yes')).code).toBe(0);
    expect(await served()).toEqual(before);
  });

  it('tables deleted without a question, log groups left: destroy keeps and names a protected table, and no more', async () => {
    const { code, json } = await apigen('destroy', '--confirm', `${name}/dev`);
    expect([code, json.kept]).toEqual([0, [`${name}-dev-Note`]]);
    const rest = await inventoryOf(endpoint, name);
    expect(rest.lines).toEqual([`table ${name}-dev-Note`, `table ${name}-dev-theirs`]);
    const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
    for (const TableName of TableNames.filter((table) => table.startsWith(name)))
      await dynamodb.send(new DeleteTableCommand({ TableName })).catch(() => undefined);
  });
});

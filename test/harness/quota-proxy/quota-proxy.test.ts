import { APIGatewayClient, GetRestApisCommand, PutRestApiCommand } from '@aws-sdk/client-api-gateway';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { QuotaProxy, QuotaProxyOptions } from './options.ts';
import { startQuotaProxy } from './quota-proxy.ts';
import { failure, settings } from './sdk-client.ts';
import { type StubEmulator, startStubEmulator } from './stub-emulator.ts';

let emulator: StubEmulator;
let open: QuotaProxy[] = [];

beforeEach(async () => {
  emulator = await startStubEmulator();
});

afterEach(async () => {
  for (const proxy of open) await proxy.close();
  open = [];
  await emulator.close();
});

async function proxyWith(options: Omit<QuotaProxyOptions, 'target'>): Promise<QuotaProxy> {
  const proxy = await startQuotaProxy({ target: emulator.endpoint, ...options });
  open.push(proxy);
  return proxy;
}

/** The names (and reasons) of those of many calls at once that were refused. */
async function refusals(calls: number, send: () => Promise<unknown>): Promise<readonly string[]> {
  const settled = await Promise.allSettled(Array.from({ length: calls }, send));
  return settled.flatMap((one) =>
    one.status === 'rejected' ? [`${one.reason.name} ${one.reason.Reason ?? ''}`.trim()] : [],
  );
}

const role = 'arn:aws:iam::123456789012:role/shop-dev-list';
const createFunction = new CreateFunctionCommand({
  FunctionName: 'list',
  Role: role,
  Code: { ZipFile: Buffer.from('zip') },
});

describe('throttles', () => {
  it('are refused in API Gateway’s, Lambda’s and IAM’s own words, and never reach the emulator', async () => {
    const proxy = await proxyWith({});
    const gateway = new APIGatewayClient(settings(proxy));
    const put = (): Promise<unknown> =>
      gateway.send(new PutRestApiCommand({ restApiId: 'a', body: Buffer.from('{}') }));
    await put();
    expect(await failure(put())).toEqual({ name: 'TooManyRequestsException', status: 429 });

    const lambda = new LambdaClient(settings(proxy));
    const lists = await refusals(40, () => lambda.send(new ListFunctionsCommand({})));
    expect(new Set(lists)).toEqual(new Set(['TooManyRequestsException CallerRateLimitExceeded']));

    const iam = new IAMClient(settings(proxy));
    const roles = await refusals(60, () => iam.send(new ListRolesCommand({})));
    expect(new Set(roles)).toEqual(new Set(['Throttling']));

    expect(proxy.calls().filter((call) => call.outcome === 'throttled')).toHaveLength(1 + lists.length + roles.length);
    expect(emulator.seen).toHaveLength(102 - 1 - lists.length - roles.length);
  });

  it('can be left out', async () => {
    const proxy = await proxyWith({ quotas: false });
    const gateway = new APIGatewayClient(settings(proxy));
    for (let call = 0; call < 3; call += 1) {
      await gateway.send(new PutRestApiCommand({ restApiId: 'a', body: Buffer.from('{}') }));
    }
    expect(emulator.seen).toHaveLength(3);
  });
});

it('adds latency to every control call, and none to requests to deployed APIs', async () => {
  const proxy = await proxyWith({ latencyMs: 1000 });
  const before = performance.now();
  await new APIGatewayClient(settings(proxy)).send(new GetRestApisCommand({}));
  const control = performance.now() - before;
  const between = performance.now();
  await fetch(`${proxy.endpoint}/_aws/execute-api/a1/prod/items`, { method: 'POST', body: 'hello' });
  expect(control).toBeGreaterThanOrEqual(999);
  expect(performance.now() - between).toBeLessThan(999);
  expect(emulator.seen.at(-1)).toMatchObject({ method: 'POST', url: '/_aws/execute-api/a1/prod/items', body: 'hello' });
  expect(proxy.calls()).toHaveLength(1);
});

it('refuses a function whose role is too fresh, until the role has spread', async () => {
  const proxy = await proxyWith({ rolePropagationMs: 1000 });
  const lambda = new LambdaClient(settings(proxy));
  await new IAMClient(settings(proxy)).send(
    new CreateRoleCommand({ RoleName: 'shop-dev-list', AssumeRolePolicyDocument: '{}' }),
  );
  expect(await failure(lambda.send(createFunction))).toEqual({ name: 'InvalidParameterValueException', status: 400 });
  await new Promise((resolve) => setTimeout(resolve, 1020));
  await lambda.send(createFunction);
  expect(proxy.calls().map((call) => call.outcome)).toEqual(['passed', 'role-not-ready', 'passed']);
});

describe('function states', () => {
  it('keep a new function Pending and refuse a change until it is Active', async () => {
    emulator.answer('/functions', { FunctionName: 'list', State: 'Active' });
    const proxy = await proxyWith({ functionStatesMs: 1000 });
    const lambda = new LambdaClient(settings(proxy));
    const change = new UpdateFunctionCodeCommand({ FunctionName: 'list', ZipFile: Buffer.from('zip') });
    const state = async (): Promise<unknown> =>
      (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'list' }))).State;

    expect((await lambda.send(createFunction)).State).toBe('Pending');
    expect(await state()).toBe('Pending');
    expect(await failure(lambda.send(change))).toEqual({ name: 'ResourceConflictException', status: 409 });
    await new Promise((resolve) => setTimeout(resolve, 1020));
    expect(await state()).toBe('Active');
    expect((await lambda.send(change)).LastUpdateStatus).toBe('InProgress');
    expect(await failure(lambda.send(change))).toEqual({ name: 'ResourceConflictException', status: 409 });
  });

  it('are not told by lists', async () => {
    emulator.answer('/functions', { Functions: [{ FunctionName: 'list', State: 'Active', MemorySize: 256 }] });
    const lambda = new LambdaClient(settings(await proxyWith({ functionStatesMs: 1000 })));
    expect((await lambda.send(new ListFunctionsCommand({}))).Functions).toEqual([
      { FunctionName: 'list', MemorySize: 256 },
    ]);
  });

  it('let one change of a function’s policy through at a time', async () => {
    const proxy = await proxyWith({ functionStatesMs: 50 });
    const lambda = new LambdaClient(settings(proxy));
    const permit = (id: string): Promise<unknown> =>
      lambda.send(
        new AddPermissionCommand({
          FunctionName: 'list',
          StatementId: id,
          Action: 'lambda:InvokeFunction',
          Principal: 'x',
        }),
      );
    const both = await Promise.allSettled([permit('one'), permit('two')]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await permit('three');
  });
});

it('answers reads as before for a while after a change', async () => {
  const describeTable = new DescribeTableCommand({ TableName: 'items' });
  const proxy = await proxyWith({ staleReadsMs: 1000, quotas: false });
  const lambda = new LambdaClient(settings(proxy));
  const describeFunction = new GetFunctionConfigurationCommand({ FunctionName: 'list' });
  emulator.answer('/configuration', { FunctionName: 'list', MemorySize: 128 });
  expect((await lambda.send(describeFunction)).MemorySize).toBe(128);
  emulator.answer('/configuration', { FunctionName: 'list', MemorySize: 256 });
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'list', ZipFile: Buffer.from('zip') }));
  expect((await lambda.send(describeFunction)).MemorySize).toBe(128);
  await new Promise((resolve) => setTimeout(resolve, 1020));
  expect((await lambda.send(describeFunction)).MemorySize).toBe(256);
  await new DynamoDBClient(settings(proxy)).send(describeTable);
  expect(proxy.calls().map((call) => call.outcome)).toEqual(['passed', 'passed', 'stale', 'passed', 'passed']);
});

it('answers lists of a service as before for a while after a change of any of its things', async () => {
  const proxy = await proxyWith({ staleReadsMs: 1000, quotas: false });
  const lambda = new LambdaClient(settings(proxy));
  const names = async () => (await lambda.send(new ListFunctionsCommand({}))).Functions?.map((one) => one.FunctionName);
  emulator.answer('/functions', { Functions: [{ FunctionName: 'list' }] });
  expect(await names()).toEqual(['list']);
  emulator.answer('/functions', { Functions: [] });
  await lambda.send(new DeleteFunctionCommand({ FunctionName: 'list' }));
  expect(await names()).toEqual(['list']);
  await new Promise((resolve) => setTimeout(resolve, 1020));
  expect(await names()).toEqual([]);
  expect(proxy.calls().map((call) => call.outcome)).toEqual(['passed', 'passed', 'stale', 'passed']);
});

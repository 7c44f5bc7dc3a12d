import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APIGatewayClient, GetRestApisCommand, PutRestApiCommand } from '@aws-sdk/client-api-gateway';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { crashAt } from './crash-point.ts';
import type { Hook, QuotaProxy, QuotaProxyOptions } from './options.ts';
import { startQuotaProxy } from './quota-proxy.ts';
import { type StubEmulator, startStubEmulator } from './stub-emulator.ts';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

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

const settings = (proxy: QuotaProxy) => ({
  endpoint: proxy.endpoint,
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});

interface Failure {
  readonly name: string;
  readonly status: number | undefined;
}

/** What the SDK makes of a refusal: its name for it, and the status. */
async function failure(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode };
  }
  throw new Error('the call succeeded');
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

describe('faults', () => {
  const createGroup = new CreateLogGroupCommand({ logGroupName: '/aws/lambda/list' });

  it('come in the order asked for, before or after the emulator has carried the call out', async () => {
    const operation = 'CreateLogGroup';
    const proxy = await proxyWith({
      faults: [
        { fault: 'error-before', operation, nth: 1 },
        { fault: 'error-after', operation, nth: 2 },
        { fault: 'reset-before', operation, nth: 3 },
        { fault: 'reset-after', operation, nth: 4 },
      ],
    });
    const logs = new CloudWatchLogsClient(settings(proxy));
    const carriedOut: number[] = [];
    const failures: unknown[] = [];
    for (let call = 0; call < 4; call += 1) {
      const before = emulator.seen.length;
      const { name, status } = await failure(logs.send(createGroup));
      carriedOut.push(emulator.seen.length - before);
      failures.push(status ?? name);
    }
    await logs.send(createGroup);
    expect(carriedOut).toEqual([0, 1, 0, 1]);
    expect(failures).toEqual([500, 503, 'Error', 'Error']);
  });

  it('come by chance at the same calls for the same seed', async () => {
    const outcomes = async (seed: string): Promise<string> => {
      const proxy = await proxyWith({ seed, faultShares: { 'error-before': 0.3, 'reset-after': 0.2 } });
      const logs = new CloudWatchLogsClient(settings(proxy));
      for (let call = 0; call < 25; call += 1) await logs.send(createGroup).catch(() => undefined);
      return proxy
        .calls()
        .map((call) => call.outcome)
        .join(' ');
    };
    const first = await outcomes('one');
    expect(await outcomes('one')).toBe(first);
    expect(await outcomes('two')).not.toBe(first);
    expect(new Set(first.split(' '))).toEqual(new Set(['passed', 'error-before', 'reset-after']));
  });
});

it('lets credentials expire after a number of calls, in each protocol', async () => {
  const proxy = await proxyWith({ credentialsExpireAfter: 1 });
  await new APIGatewayClient(settings(proxy)).send(new GetRestApisCommand({}));
  const failures = [
    await failure(new APIGatewayClient(settings(proxy)).send(new GetRestApisCommand({}))),
    await failure(new IAMClient(settings(proxy)).send(new ListRolesCommand({}))),
    await failure(new DynamoDBClient(settings(proxy)).send(new DescribeTableCommand({ TableName: 'items' }))),
  ];
  expect(failures).toEqual([
    { name: 'ExpiredTokenException', status: 403 },
    { name: 'ExpiredToken', status: 403 },
    { name: 'ExpiredTokenException', status: 400 },
  ]);
  expect(emulator.seen).toHaveLength(1);
});

describe('a hook', () => {
  it('is told of every moment of a call, and may hold it', async () => {
    const moments: string[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<undefined>((resolve) => {
      release = () => resolve(undefined);
    });
    const hook: Hook = (call, phase) => {
      moments.push(`${call.number} ${call.operation} ${phase} ${emulator.seen.length}`);
      return phase === 'committed' ? held : undefined;
    };
    const proxy = await proxyWith({ hook });
    const call = new APIGatewayClient(settings(proxy)).send(new GetRestApisCommand({}));
    const first = await Promise.race([call, new Promise((resolve) => setTimeout(resolve, 200, 'held'))]);
    expect(first).toBe('held');
    release();
    await call;
    expect(moments).toEqual(['1 GetRestApis received 0', '1 GetRestApis committed 1', '1 GetRestApis answered 1']);
  });

  it.each([
    ['received', 0],
    ['committed', 1],
    ['answered', 1],
  ] as const)('kills another process at a call that is %s', async (phase, carriedOut) => {
    const proxy = await proxyWith({});
    const authorization = 'AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/lambda/aws4_request';
    const script = `for (;;) await fetch('${proxy.endpoint}/2015-03-31/functions', { headers: { authorization: '${authorization}' } })`;
    const client = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    proxy.setHook(crashAt({ call: 3, phase }, () => client.kill('SIGKILL')));
    const [, signal] = await once(client, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(emulator.seen).toHaveLength(2 + carriedOut);
  });
});

it('keeps a log for tests, as NDJSON, and over HTTP', async () => {
  const logFile = join(mkdtempSync(join(tmpdir(), 'quota-proxy-')), 'calls.ndjson');
  const proxy = await proxyWith({ logFile });
  await new IAMClient(settings(proxy)).send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{}' }));
  const [call] = proxy.calls();
  expect(call).toMatchObject({
    number: 1,
    service: 'iam',
    operation: 'CreateRole',
    resource: 'r',
    mutates: true,
    status: 200,
    outcome: 'passed',
  });
  expect(JSON.parse(readFileSync(logFile, 'utf8'))).toEqual(call);
  expect(await (await fetch(`${proxy.endpoint}/_quota-proxy/calls`)).json()).toEqual([call]);
  await fetch(`${proxy.endpoint}/_quota-proxy/restart`, { method: 'POST' });
  expect(proxy.calls()).toEqual([]);
});

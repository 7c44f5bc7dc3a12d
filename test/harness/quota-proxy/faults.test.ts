import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { crashAt } from './crash-point.ts';
import type { Hook, QuotaProxy, QuotaProxyOptions } from './options.ts';
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

describe('faults', () => {
  const createGroup = new CreateLogGroupCommand({ logGroupName: '/aws/lambda/list' });

  it('a hard limit is refused in each service’s words, under the name of a throttle at API Gateway, and not sent on', async () => {
    const proxy = await proxyWith({
      quotas: false,
      faults: [
        { fault: 'limit', operation: 'GetRestApis' },
        { fault: 'limit', operation: 'CreateRole' },
        { fault: 'limit', operation: 'CreateLogGroup' },
      ],
    });
    const gateway = new APIGatewayClient(settings(proxy));
    const iam = new IAMClient(settings(proxy));
    const role = new CreateRoleCommand({ RoleName: 'one-too-many', AssumeRolePolicyDocument: '{}' });
    expect(await failure(gateway.send(new GetRestApisCommand({})))).toEqual({
      name: 'TooManyRequestsException',
      status: 429,
    });
    expect(await failure(iam.send(role))).toMatchObject({ status: 409 });
    const logs = new CloudWatchLogsClient(settings(proxy));
    expect(await failure(logs.send(createGroup))).toEqual({ name: 'LimitExceededException', status: 400 });
    expect(emulator.seen).toEqual([]);
    expect(proxy.calls().map(({ outcome }) => outcome)).toEqual(['limit', 'limit', 'limit']);
    await logs.send(createGroup);
    expect(emulator.seen).toHaveLength(1);
  });

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
      const faultShares = { 'error-before': 0.3, 'reset-after': 0.2 };
      // Quotas count by the clock, not by the seed.
      const proxy = await proxyWith({ seed, faultShares, quotas: false });
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
    // A client that has its answer may send one more call before the signal reaches it.
    const late = phase === 'answered' ? 1 : 0;
    expect(emulator.seen.length).toBeGreaterThanOrEqual(2 + carriedOut);
    expect(emulator.seen.length).toBeLessThanOrEqual(2 + carriedOut + late);
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

it('the command takes a hard limit as a fault by chance, and says at its end how many calls met it', async () => {
  const words = [join(import.meta.dirname, 'run.js'), '--target', emulator.endpoint, '--latency', '0'];
  const child = spawn(process.execPath, [...words, '--fault', 'limit=1', '--seed', 'one'], { stdio: 'pipe' });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const endpoint = line.toString().trim();
  const gateway = new APIGatewayClient({ ...settings(await proxyWith({})), endpoint });
  expect(await failure(gateway.send(new GetRestApisCommand({})))).toEqual({
    name: 'TooManyRequestsException',
    status: 429,
  });
  expect(emulator.seen).toEqual([]);
  child.kill('SIGINT');
  await once(child, 'exit');
  expect(said).toContain('api-gateway GetRestApis: 1 limit');
});

import {
  CreateRestApiCommand,
  DeleteRestApiCommand,
  GetRestApiCommand,
  GetRestApisCommand,
} from '@aws-sdk/client-api-gateway';
import { CreateApiCommand, DeleteApiCommand, GetApiCommand } from '@aws-sdk/client-apigatewayv2';
import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import type { Aws } from '../../src/aws/aws.ts';
import type { CallEvent } from '../../src/aws/call-events.ts';
import { connect } from '../../src/aws/connect.ts';
import { isNotFound } from '../../src/aws/is-not-found.ts';
import { until } from '../../src/aws/until.ts';
import { untilRoleReady } from '../../src/aws/until-role-ready.ts';
import { KindFaultError } from '../../src/engine/kind.ts';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';

const endpoints = { MiniStack: process.env['MINISTACK_ENDPOINT'], moto: process.env['MOTO_ENDPOINT'] };

function endpointOf(emulator: keyof typeof endpoints): string {
  const endpoint = endpoints[emulator];
  if (endpoint === undefined) throw new Error(`${emulator} does not run`);
  return endpoint;
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const zip = zipSync({ 'index.mjs': Buffer.from('export const handler = async () => ({});') });
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(['MiniStack', 'moto'] as const)('on %s', (emulator) => {
  const name = `connect-${emulator.toLowerCase()}`;
  let aws: Aws;

  beforeAll(async () => {
    aws = await connect({ region: 'eu-west-1', env: {}, endpoint: endpointOf(emulator) });
  });

  it('knows the account and its partition', () => {
    expect(aws.account).toMatch(/^\d{12}$/);
    expect(aws.partition).toBe('aws');
  });

  it('absence of every kind is told apart from failure', async () => {
    const absent = [
      aws.apiGateway.send(new GetRestApiCommand({ restApiId: 'nowhere' })),
      aws.apiGatewayV2.send(new GetApiCommand({ ApiId: 'nowhere' })),
      aws.dynamodb.send(new DescribeTableCommand({ TableName: 'nowhere' })),
      aws.iam.send(new GetRoleCommand({ RoleName: 'nowhere' })),
      aws.lambda.send(new GetFunctionCommand({ FunctionName: 'nowhere' })),
      aws.logs.send(new PutRetentionPolicyCommand({ logGroupName: 'nowhere', retentionInDays: 7 })),
    ];
    const errors = await Promise.all(absent.map(failureOf));
    expect(errors.map(isNotFound)).toEqual([true, true, true, true, true, true]);
  });

  it('a creation that meets its thing is left to the engine', async () => {
    const table = new CreateTableCommand({
      TableName: name,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    const role = new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust });
    const group = new CreateLogGroupCommand({ logGroupName: name });
    const creations = [() => aws.dynamodb.send(table), () => aws.iam.send(role), () => aws.logs.send(group)];
    for (const create of creations) await create();
    const errors = await Promise.all(creations.map((create) => failureOf(create())));
    expect(errors.map((error) => error instanceof KindFaultError && error.fault)).toEqual([
      'exists',
      'exists',
      'exists',
    ]);
    await aws.dynamodb.send(new DeleteTableCommand({ TableName: name }));
    await aws.iam.send(new DeleteRoleCommand({ RoleName: name }));
    await aws.logs.send(new DeleteLogGroupCommand({ logGroupName: name }));
  });
});

describe('behind the quota proxy', () => {
  let proxy: QuotaProxy;
  let aws: Aws;
  const events: CallEvent[] = [];

  beforeAll(async () => {
    proxy = await startQuotaProxy({
      target: endpointOf('MiniStack'),
      latencyMs: 40,
      rolePropagationMs: 1200,
      functionStatesMs: 1500,
    });
    aws = await connect({
      region: 'eu-west-1',
      endpoint: proxy.endpoint,
      env: { APIGEN_PACE: 'aws' },
      onCall: (event) => events.push(event),
    });
  });

  afterAll(() => proxy.close());

  it('functions with fresh roles and a few APIs are made with no call refused for its rate', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `behind-proxy-${index}`);
    const made = names.map(async (FunctionName) => {
      const created = await aws.iam.send(
        new CreateRoleCommand({ RoleName: FunctionName, AssumeRolePolicyDocument: trust }),
      );
      const creation = new CreateFunctionCommand({
        FunctionName,
        Role: created.Role?.Arn,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: zip },
      });
      await untilRoleReady(() => aws.lambda.send(creation), { functionName: FunctionName });
      const settled = async (): Promise<true | undefined> => {
        const { State } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
        return State === 'Active' ? true : undefined;
      };
      await until(settled, { timeoutMs: 10_000, describe: FunctionName });
      await aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 256 }));
      // Still under way: refused and repeated until the first change is done.
      await aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 5 }));
      await aws.lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '$LATEST' }));
    });
    const http = Array.from({ length: 3 }, async () => {
      const { ApiId } = await aws.apiGatewayV2.send(
        new CreateApiCommand({ Name: 'behind-proxy', ProtocolType: 'HTTP' }),
      );
      await aws.apiGatewayV2.send(new DeleteApiCommand({ ApiId }));
    });
    const regional = { types: ['REGIONAL' as const] };
    const rest = aws.apiGateway.send(
      new CreateRestApiCommand({ name: 'behind-proxy', endpointConfiguration: regional }),
    );
    await Promise.all([...made, ...http]);
    const outcomes = new Set(proxy.calls().map((call) => call.outcome));
    expect([...outcomes].sort()).toEqual(['function-busy', 'passed', 'role-not-ready']);
    expect(events.filter((event) => event.outcome === 'throttled')).toEqual([]);
    await aws.apiGateway.send(new DeleteRestApiCommand({ restApiId: (await rest).id }));
    for (const FunctionName of names) {
      await aws.lambda.send(new DeleteFunctionCommand({ FunctionName }));
      await aws.iam.send(new DeleteRoleCommand({ RoleName: FunctionName }));
    }
  });

  it('a REST API whose creation got no answer is not made twice', async () => {
    proxy.addFault({ fault: 'reset-after', operation: 'CreateRestApi' });
    proxy.restart();
    const creation = new CreateRestApiCommand({ name: 'lost-answer', endpointConfiguration: { types: ['REGIONAL'] } });
    expect(await failureOf(aws.apiGateway.send(creation))).toMatchObject({ fault: 'uncertain' });
    expect(proxy.calls().map((call) => `${call.operation} ${call.outcome}`)).toEqual(['CreateRestApi reset-after']);
    const direct = await connect({ region: 'eu-west-1', env: {}, endpoint: endpointOf('MiniStack') });
    const { items = [] } = await direct.apiGateway.send(new GetRestApisCommand({ limit: 500 }));
    const lost = items.filter((api) => api.name === 'lost-answer');
    expect(lost).toHaveLength(1);
    for (const { id } of lost) await direct.apiGateway.send(new DeleteRestApiCommand({ restApiId: id }));
  });
});

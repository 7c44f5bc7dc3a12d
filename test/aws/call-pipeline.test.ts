import { CreateRestApiCommand, GetRestApiCommand } from '@aws-sdk/client-api-gateway';
import { CreateApiCommand, DeleteApiCommand } from '@aws-sdk/client-apigatewayv2';
import { CreateTableCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { DeleteFunctionCommand, GetFunctionCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AwsCall } from '../../src/aws/aws-call.ts';
import { awsFault, hasAwsName } from '../../src/aws/aws-fault.ts';
import { classifyError } from '../../src/aws/classify-error.ts';
import { isNotFound } from '../../src/aws/is-not-found.ts';
import { makeClient } from '../../src/aws/sdk-clients.ts';
import { KindFaultError } from '../../src/engine/kind.ts';
import { ApigenError } from '../../src/errors.ts';
import { apigenError, type Connected, createFunction, serverError, startConnected, thrown } from './connected.ts';

let at: Connected;

beforeEach(async () => {
  at = await startConnected();
});

afterEach(() => at.scripted.close());

const createApi = new CreateRestApiCommand({ name: 'shop-dev-public', endpointConfiguration: { types: ['REGIONAL'] } });

describe('a call that fails', () => {
  it('for its rate is repeated, even one that mints an id, since it did not happen', async () => {
    const aws = await at.connect();
    at.scripted.script('CreateRestApi', {
      status: 429,
      error: 'TooManyRequestsException',
      message: 'Too Many Requests',
    });
    await aws.apiGateway.send(createApi);
    expect(at.calls()).toEqual(['api-gateway CreateRestApi', 'api-gateway CreateRestApi']);
    expect(at.events.slice(1).map(({ attempt, outcome, status }) => [attempt, outcome, status])).toEqual([
      [1, 'throttled', 429],
      [2, 'ok', 200],
    ]);
  });

  it.each([serverError, { instead: 'reset' }] as const)(
    'without telling whether it happened (%j) is repeated where that is safe',
    async (reply) => {
      const aws = await at.connect();
      at.scripted.script('DeleteApi', reply, reply);
      await aws.apiGatewayV2.send(new DeleteApiCommand({ ApiId: 'a1' }));
      expect(at.calls()).toHaveLength(3);
    },
  );

  it.each([serverError, { instead: 'reset' }] as const)(
    'without telling whether it minted an id (%j) is left to the engine',
    async (reply) => {
      const aws = await at.connect();
      at.scripted.script('CreateRestApi', reply);
      at.scripted.script('CreateApi', reply);
      const rest = await thrown(aws.apiGateway.send(createApi));
      const http = await thrown(aws.apiGatewayV2.send(new CreateApiCommand({ Name: 'shop', ProtocolType: 'HTTP' })));
      expect([rest, http]).toEqual([expect.any(KindFaultError), expect.any(KindFaultError)]);
      expect(rest).toMatchObject({ fault: 'uncertain', cause: expect.any(ApigenError) });
      expect(at.calls()).toEqual(['api-gateway CreateRestApi', 'api-gateway-v2 CreateApi']);
    },
  );

  it('because its thing is there is left to the engine', async () => {
    const aws = await at.connect();
    at.scripted.script('CreateFunction', {
      status: 409,
      error: 'ResourceConflictException',
      message: 'Function already exist: shop-dev-list',
    });
    at.scripted.script('CreateRole', {
      status: 409,
      error: 'EntityAlreadyExists',
      message: 'Role with name r already exists.',
    });
    at.scripted.script('CreateTable', {
      status: 400,
      error: 'ResourceInUseException',
      message: 'Table already exists: items',
    });
    const role = new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{}' });
    const table = new CreateTableCommand({ TableName: 'items', KeySchema: [], AttributeDefinitions: [] });
    const errors = [
      await thrown(aws.lambda.send(createFunction)),
      await thrown(aws.iam.send(role)),
      await thrown(aws.dynamodb.send(table)),
    ];
    expect(errors.map((error) => error instanceof KindFaultError && error.fault)).toEqual([
      'exists',
      'exists',
      'exists',
    ]);
    expect(at.calls()).toHaveLength(3);
  });

  it('at a hard limit is not repeated, and says which', async () => {
    const aws = await at.connect();
    const message = 'Maximum number of Rest APIs for this account has been reached.';
    at.scripted.script('CreateRestApi', { status: 429, error: 'LimitExceededException', message });
    const error = await apigenError(aws.apiGateway.send(createApi));
    expect(error).toMatchObject({ code: 'LIMIT_REACHED', summary: 'Cannot create REST API shop-dev-public' });
    expect(error.detail).toContain(message);
    expect(error.hint).toContain('Service Quotas');
    expect(at.calls()).toHaveLength(1);
  });

  it('because an earlier change is still under way is repeated soon', async () => {
    const aws = await at.connect();
    const message = 'The operation cannot be performed at this time. An update is in progress for resource: x';
    const busy = { status: 409, error: 'ResourceConflictException', message };
    at.scripted.script('UpdateFunctionCode', busy, busy);
    await aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: Buffer.from('zip') }));
    expect(at.calls()).toHaveLength(3);
  });

  it('on its revision after an attempt without an answer may have been our own doing: left to the engine', async () => {
    const aws = await at.connect();
    const stale = {
      status: 412,
      error: 'PreconditionFailedException',
      message: 'The Revision Id provided does not match',
    };
    const update = new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: Buffer.from('zip'), RevisionId: 'r1' });
    at.scripted.script('UpdateFunctionCode', { instead: 'reset' }, stale, stale);
    expect(await thrown(aws.lambda.send(update))).toMatchObject({ fault: 'uncertain' });
    expect((await apigenError(aws.lambda.send(update))).aws?.name).toBe('PreconditionFailedException');
  });

  it('over and over on AWS’s side ends in an error that names the call', async () => {
    const aws = await at.connect();
    at.scripted.script('GetFunction', ...Array.from({ length: 9 }, () => serverError));
    const error = await apigenError(aws.lambda.send(new GetFunctionCommand({ FunctionName: 'shop-dev-list' })));
    expect(error).toMatchObject({ code: 'AWS_UNAVAILABLE', summary: 'Cannot read function shop-dev-list' });
    expect(at.calls()).toHaveLength(5);
  });

  it('for lack of permission names who, what and where', async () => {
    const aws = await at.connect();
    const message =
      'User: arn:aws:iam::123456789012:user/kim is not authorized to perform: lambda:DeleteFunction on resource: arn:aws:lambda:eu-west-1:123456789012:function:f because no identity-based policy allows the lambda:DeleteFunction action';
    at.scripted.script('DeleteFunction', { status: 403, error: 'AccessDeniedException', message });
    const error = await apigenError(aws.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' })));
    expect(error.code).toBe('ACCESS_DENIED');
    expect(error.detail).toBe(
      'arn:aws:iam::123456789012:user/kim may not lambda:DeleteFunction on arn:aws:lambda:eu-west-1:123456789012:function:f (because no identity-based policy allows the lambda:DeleteFunction action).',
    );
    expect(error.hint).toContain('lambda:DeleteFunction');
  });

  it('keeps AWS’s trace, and the exception for those who need more of it', async () => {
    const aws = await at.connect();
    at.scripted.script('GetRestApi', {
      status: 404,
      error: 'NotFoundException',
      message: 'Invalid API identifier specified',
    });
    const reasons = [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }];
    const body = { CancellationReasons: reasons };
    at.scripted.script('TransactWriteItems', {
      status: 400,
      error: 'TransactionCanceledException',
      message: 'cancelled',
      body,
    });
    const absent = await apigenError(aws.apiGateway.send(new GetRestApiCommand({ restApiId: 'a1' })));
    expect(isNotFound(absent)).toBe(true);
    expect(absent.aws).toEqual({
      service: 'api-gateway',
      operation: 'GetRestApi',
      requestId: 'request-1',
      name: 'NotFoundException',
      status: 404,
    });
    const cancelled = await apigenError(aws.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] })));
    expect(hasAwsName(cancelled, 'TransactionCanceledException')).toBe(true);
    expect(awsFault(cancelled)?.exception).toMatchObject({ CancellationReasons: reasons });
  });
});

it('a transaction that is repeated carries the same token, so that it cannot fail on its own effect', async () => {
  const aws = await at.connect();
  at.scripted.script('TransactWriteItems', { instead: 'reset' });
  await aws.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] }));
  await aws.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] }));
  const tokens = at.scripted.bodies.slice(1).map((body) => JSON.parse(body).ClientRequestToken);
  expect(tokens).toHaveLength(3);
  expect(tokens[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(tokens[1]).toBe(tokens[0]);
  expect(tokens[2]).not.toBe(tokens[0]);
});

it('an answer that does not come in time is none', async () => {
  at.scripted.script('CreateFunction', { instead: 'silence' });
  const client = await makeClient('lambda', {
    region: 'eu-west-1',
    endpoint: at.scripted.endpoint,
    profile: undefined,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    gate: undefined,
    onOrigin: () => undefined,
    debug: undefined,
  });
  const fault = awsFault(await thrown(client.send(createFunction, { requestTimeout: 150 })));
  if (fault === undefined) throw new Error('no fault');
  const call = { mints: false, creates: true } as AwsCall;
  expect(classifyError(call, fault)).toBe('unanswered');
});

it('a failed condition keeps its name for the ledger', async () => {
  const aws = await at.connect();
  at.scripted.script('UpdateItem', {
    status: 400,
    error: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
  });
  const error = await apigenError(aws.dynamodb.send(new UpdateItemCommand({ TableName: 't', Key: {} })));
  expect(error.aws?.name).toBe('ConditionalCheckFailedException');
});

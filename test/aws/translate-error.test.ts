import { describe, expect, it } from '@jest/globals';
import { awsCall } from '../../src/aws/aws-call.ts';
import { type AwsFault, awsFault } from '../../src/aws/aws-fault.ts';
import { describeCall } from '../../src/aws/describe-call.ts';
import { type CallPlace, translateError } from '../../src/aws/translate-error.ts';

const place: CallPlace = { region: 'eu-west-1', profile: undefined, host: undefined, customEndpoint: false };
const call = awsCall('lambda', 'CreateFunction', { FunctionName: 'shop-dev-list' });
const fault = (fields: object, message = ''): AwsFault =>
  awsFault(Object.assign(new Error(message), { name: 'Error', ...fields })) as AwsFault;

describe('an unreachable AWS', () => {
  const notFound = fault({ code: 'ENOTFOUND' }, 'getaddrinfo ENOTFOUND lambda.eu-wset-1.amazonaws.com');

  it('is a mistyped region where AWS has none of that name', () => {
    const error = translateError(call, notFound, 'unreachable', {
      ...place,
      region: 'eu-wset-1',
      host: 'lambda.eu-wset-1.amazonaws.com',
    });
    expect(error.code).toBe('REGION_UNKNOWN');
    expect(error.summary).toContain('"eu-wset-1"');
    expect(error.hint).toContain('region: eu-west-1');
  });

  it('is the network where the region exists', () => {
    const error = translateError(call, notFound, 'unreachable', { ...place, host: 'lambda.eu-west-1.amazonaws.com' });
    expect(error).toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      summary: 'Cannot reach lambda.eu-west-1.amazonaws.com',
    });
    expect(error.hint).toContain('network');
  });
});

it('a throttle that does not end says that others use the quota, too', () => {
  const throttle = fault({ name: 'TooManyRequestsException', $metadata: { httpStatusCode: 429 } }, 'Rate exceeded');
  const error = translateError(call, throttle, 'throttled', place);
  expect(error).toMatchObject({ code: 'THROTTLED', summary: 'Cannot create function shop-dev-list' });
  expect(error.detail).toContain('Lambda');
});

it('a change without an answer says that it may have happened; a read does not', () => {
  const timeout = fault({ name: 'TimeoutError', code: 'ETIMEDOUT' });
  const read = awsCall('lambda', 'GetFunction', { FunctionName: 'shop-dev-list' });
  expect(translateError(call, timeout, 'unanswered', place).detail).toBe(
    'Lambda did not answer within 10 s; whether the call took effect will be found out by the next run.',
  );
  expect(translateError(read, timeout, 'unanswered', place).detail).toBe('Lambda did not answer within 10 s.');
});

it.each([
  ['api-gateway', 'CreateRestApi', { name: 'shop' }, 'create REST API shop'],
  ['api-gateway', 'GetResources', { restApiId: 'a1' }, 'read resources a1'],
  ['api-gateway-v2', 'CreateVpcLink', { Name: 'private' }, 'create VPC link private'],
  ['api-gateway-v2', 'CreateRoute', { ApiId: 'a2', RouteKey: 'GET /items' }, 'create route GET /items'],
  [
    'dynamodb',
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName: 'ledger' } }] },
    'write rows of table ledger',
  ],
  ['iam', 'PutRolePolicy', { RoleName: 'r', PolicyName: 'p' }, 'set a policy of role r'],
  ['lambda', 'AddPermission', { FunctionName: 'f', StatementId: 's' }, 'add a permission to function f'],
  ['logs', 'CreateLogGroup', { logGroupName: '/aws/lambda/f' }, 'create log group /aws/lambda/f'],
] as const)('%s %s is put in words', (service, operation, input, words) => {
  expect(describeCall(operation, awsCall(service, operation, input).resource)).toBe(words);
});

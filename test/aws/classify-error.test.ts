import { describe, expect, it } from '@jest/globals';
import { type AwsService, awsCall } from '../../src/aws/aws-call.ts';
import { type AwsFault, awsFault, hasAwsName } from '../../src/aws/aws-fault.ts';
import { classifyError, type Verdict } from '../../src/aws/classify-error.ts';
import { isBusy } from '../../src/aws/is-busy.ts';
import { isNotFound } from '../../src/aws/is-not-found.ts';
import { KindFaultError } from '../../src/engine/kind.ts';
import { ApigenError } from '../../src/errors.ts';

function exception(name: string, status: number | undefined, message: string, more: object = {}): Error {
  const metadata = status === undefined ? {} : { $metadata: { httpStatusCode: status, requestId: 'r-1' } };
  return Object.assign(new Error(message), { name, ...metadata, ...more });
}

function verdict(service: AwsService, operation: string, error: Error): Verdict {
  return classifyError(awsCall(service, operation, {}), awsFault(error) as AwsFault);
}

describe('what a failed attempt means', () => {
  const cases: readonly (readonly [Verdict, AwsService, string, Error])[] = [
    // Rates.
    ['throttled', 'api-gateway', 'CreateRestApi', exception('TooManyRequestsException', 429, 'Too Many Requests')],
    ['throttled', 'api-gateway', 'CreateDeployment', exception('LimitExceededException', 429, 'Too Many Requests')],
    ['throttled', 'lambda', 'CreateFunction', exception('TooManyRequestsException', 429, 'Rate exceeded')],
    ['throttled', 'iam', 'CreateRole', exception('Throttling', 400, 'Rate exceeded')],
    ['throttled', 'logs', 'CreateLogGroup', exception('ThrottlingException', 400, 'Rate exceeded')],
    [
      'throttled',
      'dynamodb',
      'CreateTable',
      exception(
        'LimitExceededException',
        400,
        'Subscriber limit exceeded: Only 500 tables can be created, updated, or deleted simultaneously',
      ),
    ],
    ['throttled', 'dynamodb', 'PutItem', exception('ProvisionedThroughputExceededException', 400, 'exceeded')],
    // Hard limits, under the same names.
    [
      'limit',
      'api-gateway',
      'CreateRestApi',
      exception(
        'LimitExceededException',
        429,
        'Maximum number of Rest APIs for this account has been reached. Please contact AWS if you need additional Rest APIs.',
      ),
    ],
    [
      'limit',
      'api-gateway-v2',
      'CreateRoute',
      exception('TooManyRequestsException', 429, 'Maximum number of routes has been reached'),
    ],
    ['limit', 'iam', 'CreateRole', exception('LimitExceeded', 409, 'Cannot exceed quota for RolesPerAccount: 1000')],
    ['limit', 'logs', 'CreateLogGroup', exception('LimitExceededException', 400, 'Resource limit exceeded.')],
    [
      'limit',
      'lambda',
      'CreateFunction',
      exception('CodeStorageExceededException', 400, 'Code storage limit exceeded.'),
    ],
    // There already.
    ['exists', 'lambda', 'CreateFunction', exception('ResourceConflictException', 409, 'Function already exist: list')],
    [
      'exists',
      'lambda',
      'AddPermission',
      exception('ResourceConflictException', 409, 'The statement id (public) provided already exists.'),
    ],
    ['exists', 'iam', 'CreateRole', exception('EntityAlreadyExistsException', 409, 'Role with name r already exists.')],
    ['exists', 'dynamodb', 'CreateTable', exception('ResourceInUseException', 400, 'Table already exists: items')],
    ['exists', 'dynamodb', 'CreateTable', exception('ResourceInUseException', 400, 'Table is being created: items')],
    [
      'exists',
      'logs',
      'CreateLogGroup',
      exception('ResourceAlreadyExistsException', 400, 'The specified log group already exists'),
    ],
    [
      'exists',
      'api-gateway',
      'CreateResource',
      exception('ConflictException', 409, 'Another resource with the same parent already has this name: items'),
    ],
    [
      'exists',
      'api-gateway',
      'PutMethod',
      exception('ConflictException', 409, 'Method already exists for this resource'),
    ],
    // Taking in an earlier change.
    [
      'busy',
      'lambda',
      'UpdateFunctionCode',
      exception(
        'ResourceConflictException',
        409,
        'The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:eu-west-1:1:function:list',
      ),
    ],
    [
      'busy',
      'api-gateway',
      'CreateResource',
      exception(
        'ConflictException',
        409,
        'Unable to complete operation due to concurrent modification. Please try again later.',
      ),
    ],
    [
      'busy',
      'dynamodb',
      'UpdateTable',
      exception(
        'ResourceInUseException',
        400,
        'Attempt to change a resource which is still in use: Table is being updated: items',
      ),
    ],
    [
      'busy',
      'dynamodb',
      'TransactWriteItems',
      exception('TransactionCanceledException', 400, 'Transaction cancelled', {
        CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
      }),
    ],
    // No answer, or none that says whether it happened.
    ['unanswered', 'lambda', 'CreateFunction', exception('ServiceException', 500, 'Internal')],
    ['unanswered', 'api-gateway', 'CreateRestApi', exception('ServiceUnavailableException', 503, 'later')],
    [
      'unanswered',
      'lambda',
      'CreateFunction',
      exception('Error', undefined, 'read ECONNRESET', { code: 'ECONNRESET' }),
    ],
    [
      'unanswered',
      'lambda',
      'CreateFunction',
      exception('TimeoutError', undefined, 'a request has exceeded the configured 10000 ms requestTimeout.', {
        code: 'ETIMEDOUT',
      }),
    ],
    ['unanswered', 'lambda', 'CreateFunction', exception('SyntaxError', 200, 'Unexpected token <')],
    // Nothing was sent.
    ['unreachable', 'lambda', 'CreateFunction', exception('Error', undefined, 'connect', { code: 'ECONNREFUSED' })],
    ['unreachable', 'lambda', 'CreateFunction', exception('Error', undefined, 'getaddrinfo', { code: 'ENOTFOUND' })],
    [
      'unreachable',
      'lambda',
      'CreateFunction',
      exception(
        'TimeoutError',
        undefined,
        'the request socket did not establish a connection with the server within the configured timeout of 3000 ms.',
      ),
    ],
    [
      'refused',
      'sts',
      'GetCallerIdentity',
      exception('CredentialsProviderError', undefined, 'Could not load credentials'),
    ],
    // A plain no.
    ['refused', 'lambda', 'CreateFunction', exception('InvalidParameterValueException', 400, 'no')],
    ['refused', 'lambda', 'UpdateFunctionCode', exception('PreconditionFailedException', 412, 'revision')],
    ['refused', 'iam', 'DeleteRole', exception('DeleteConflictException', 409, 'must delete policies first')],
    [
      'refused',
      'dynamodb',
      'TransactWriteItems',
      exception('TransactionCanceledException', 400, 'Transaction cancelled', {
        CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'TransactionConflict' }],
      }),
    ],
    [
      'skewed',
      'lambda',
      'GetFunction',
      exception('InvalidSignatureException', 403, 'Signature expired', {
        $metadata: { httpStatusCode: 403, clockSkewCorrected: true },
      }),
    ],
  ];

  it.each(cases)('%s: %s %s (%#)', (expected, service, operation, error) => {
    expect(verdict(service, operation, error)).toBe(expected);
  });
});

describe('questions to an error', () => {
  const wrapped = (cause: Error): ApigenError => new ApigenError({ code: 'X', summary: 'x', cause });

  it.each([
    'ResourceNotFoundException',
    'NotFoundException',
    'NoSuchEntityException',
    'NoSuchEntity',
    'TableNotFoundException',
    'QueueDoesNotExist',
    'ResourceNotFound',
  ])('%s is absence, translated or not', (name) => {
    const error = exception(name, 404, 'gone');
    expect([
      isNotFound(error),
      isNotFound(wrapped(error)),
      isNotFound(new KindFaultError('uncertain', wrapped(error))),
    ]).toEqual([true, true, true]);
  });

  it('nothing else is absence: no network, no page at all, no permission', () => {
    const others = [
      exception('SyntaxError', 404, 'Unexpected token <'),
      exception('Error', undefined, 'getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' }),
      exception('AccessDeniedException', 403, 'not authorized'),
      new ApigenError({ code: 'RESOURCE_NOT_FOUND', summary: 'without a cause' }),
      undefined,
    ];
    expect(others.map(isNotFound)).toEqual([false, false, false, false, false]);
  });

  it('a name is found under a translated error', () => {
    const error = wrapped(exception('ConditionalCheckFailedException', 400, 'no'));
    expect(hasAwsName(error, 'ConditionalCheckFailedException')).toBe(true);
    expect(hasAwsName(error, 'TransactionCanceledException')).toBe(false);
  });

  it('a version still named by an alias is a conflict, but not a passing one', () => {
    const message = 'Unable to delete version because the following aliases reference it: [live]';
    expect(isBusy(exception('ResourceConflictException', 409, message))).toBe(false);
  });
});

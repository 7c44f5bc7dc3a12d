// One call to AWS as the pipeline sees it: which service and operation, on what, and what may be done with it
// when no answer comes. It never carries the input, so it can be logged.

import { describeResource } from './describe-call.ts';

export type AwsService =
  | 'api-gateway'
  | 'api-gateway-v2'
  | 'cloudwatch'
  | 'dynamodb'
  | 'eventbridge'
  | 'iam'
  | 'kms'
  | 'lambda'
  | 'logs'
  | 'sns'
  | 'sqs'
  | 'sts';

export interface AwsCall {
  readonly service: AwsService;
  /** AWS's own name: `CreateFunction`. */
  readonly operation: string;
  /** The name or id the call is about, where its input says: `shop-dev-products-create`. */
  readonly resource: string | undefined;
  /** False for calls that only read: those may be cut off and repeated at will. */
  readonly mutates: boolean;
  /** True when AWS mints an id and would mint a second one for a second call: never repeated blindly. */
  readonly mints: boolean;
  /** Whether the call makes something that may be there already. */
  readonly creates: boolean;
  /** How long one attempt may take, in milliseconds. */
  readonly timeoutMs: number;
  /** An edge-optimised REST API: its creation has a quota of its own. */
  readonly edge: boolean;
}

/** As a person calls the services. */
export const serviceTitles: Readonly<Record<AwsService, string>> = {
  'api-gateway': 'API Gateway',
  'api-gateway-v2': 'API Gateway',
  cloudwatch: 'CloudWatch',
  dynamodb: 'DynamoDB',
  eventbridge: 'EventBridge',
  iam: 'IAM',
  kms: 'KMS',
  lambda: 'Lambda',
  logs: 'CloudWatch Logs',
  sns: 'SNS',
  sqs: 'SQS',
  sts: 'STS',
};

/** Shorter than the lock's margin of 15 s, so that a call sent under the lock ends under it. */
const requestTimeoutMs = 10_000;
/** A zip goes over the user's own line: one more second for every 128 KiB, two minutes at most. */
const uploadBytesPerSecond = 128 * 1024;
const longestUploadMs = 120_000;

const readingVerbs = /^(Get|List|Describe|Query|Scan|BatchGet|TransactGet|Filter|Test)/;

/** Creations whose result carries an id of AWS's choosing and whose name AWS does not hold unique. */
const minting: Readonly<Partial<Record<AwsService, ReadonlySet<string>>>> = {
  'api-gateway': new Set([
    'CreateApiKey',
    'CreateAuthorizer',
    'CreateDeployment',
    'CreateRequestValidator',
    'CreateRestApi',
    'CreateUsagePlan',
    'CreateVpcLink',
    'GenerateClientCertificate',
    'ImportApiKeys',
    'ImportRestApi',
  ]),
  'api-gateway-v2': new Set([
    'CreateApi',
    'CreateAuthorizer',
    'CreateDeployment',
    'CreateIntegration',
    'CreateModel',
    'CreateVpcLink',
    'ImportApi',
  ]),
  lambda: new Set(['CreateEventSourceMapping']),
};

/** Operations besides `Create…` that AWS refuses when their thing is there. */
const alsoCreating = new Set(['AddPermission', 'PutMethod', 'PutMethodResponse', 'ImportRestApi', 'ImportApi']);

/** What the pipeline needs to know of a call, from its operation and input. */
export function awsCall(service: AwsService, operation: string, input: object): AwsCall {
  return {
    service,
    operation,
    resource: describeResource(input),
    mutates: !readingVerbs.test(operation),
    mints: minting[service]?.has(operation) ?? false,
    creates: operation.startsWith('Create') || alsoCreating.has(operation),
    timeoutMs: Math.min(longestUploadMs, requestTimeoutMs + Math.ceil(zipBytes(input) / uploadBytesPerSecond) * 1000),
    edge: service === 'api-gateway' && operation === 'CreateRestApi' && isEdge(input),
  };
}

function zipBytes(input: object): number {
  const code = 'Code' in input && typeof input.Code === 'object' && input.Code !== null ? input.Code : input;
  const zip = 'ZipFile' in code ? code.ZipFile : undefined;
  return zip instanceof Uint8Array ? zip.byteLength : 0;
}

/** AWS makes an edge-optimised API where no endpoint type is given. */
function isEdge(input: object): boolean {
  const configuration = 'endpointConfiguration' in input ? input.endpointConfiguration : undefined;
  if (typeof configuration !== 'object' || configuration === null || !('types' in configuration)) return true;
  return (
    !Array.isArray(configuration.types) || configuration.types.length === 0 || configuration.types.includes('EDGE')
  );
}

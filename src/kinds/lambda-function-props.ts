// A function's props, where each field of Lambda's inputs stands, and what its configuration is made of.

import type {
  CreateFunctionCommandInput,
  FunctionConfiguration,
  PutFunctionConcurrencyCommandInput,
  UpdateFunctionCodeCommandInput,
  UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import type { Json, Kind } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { Tags } from './ownership.ts';

export interface LambdaFunctionProps {
  readonly functionName: string;
  readonly role: string;
  readonly runtime: string;
  readonly handler: string;
  readonly architecture: 'arm64' | 'x86_64';
  /** MB. */
  readonly memory: number;
  /** Seconds. */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  /** MB of `/tmp`; 512 is Lambda's default. */
  readonly ephemeralStorage: number;
  /** Sorted; null: in no VPC. */
  readonly vpc: { readonly subnets: readonly string[]; readonly securityGroups: readonly string[] } | null;
  readonly tracing: 'Active' | 'PassThrough';
  /** Shown in the console. */
  readonly description: string;
  /** Of the zip, base64. */
  readonly codeSha256: string;
  /** The hash of all of the above: the description of the version that has them. */
  readonly publication: string;
  /** Executions kept for it, which it never exceeds; null: the account's pool. Of all versions together. */
  readonly reservedConcurrency: number | null;
  readonly tags: Tags;
}

export const lambdaFunctionInputs = {
  FunctionName: 'functionName',
  Role: 'role',
  Runtime: 'runtime',
  Handler: 'handler',
  Architectures: 'architecture',
  MemorySize: 'memory',
  Timeout: 'timeout',
  Environment: 'environment',
  LoggingConfig: 'logGroup',
  Code: 'codeSha256',
  ZipFile: 'codeSha256',
  Tags: 'tags',
  Description: ['description', 'publication'],
  Publish: fixed('a version is published with the function'),
  PublishTo: unsupported('durable versions are not offered'),
  PackageType: fixed('Zip'),
  RevisionId: fixed('guards each update'),
  DryRun: fixed('never'),
  S3Bucket: unsupported('code is sent directly, up to 50 MB'),
  S3Key: unsupported('code is sent directly'),
  S3ObjectVersion: unsupported('code is sent directly'),
  S3ObjectStorageMode: unsupported('code is sent directly'),
  ImageUri: unsupported('container images are not offered'),
  ImageConfig: unsupported('container images are not offered'),
  SourceKMSKeyArn: unsupported('customer keys are not offered yet'),
  KMSKeyArn: unsupported('customer keys are not offered yet'),
  VpcConfig: 'vpc',
  DeadLetterConfig: unsupported('what a stream or queue trigger cannot deliver goes to its own destination'),
  TracingConfig: 'tracing',
  Layers: unsupported('bundles carry what they need'),
  FileSystemConfigs: unsupported('not offered'),
  CodeSigningConfigArn: unsupported('not offered'),
  EphemeralStorage: 'ephemeralStorage',
  ReservedConcurrentExecutions: 'reservedConcurrency',
  SnapStart: unsupported('not for Node.js'),
  CapacityProviderConfig: unsupported('not offered'),
  DurableConfig: unsupported('not offered'),
  TenancyConfig: unsupported('not offered'),
} satisfies Coverage<
  CreateFunctionCommandInput &
    PutFunctionConcurrencyCommandInput &
    UpdateFunctionCodeCommandInput &
    UpdateFunctionConfigurationCommandInput
>;

export const lambdaFunctionFields = {
  functionName: 'immutable',
  role: 'mutable',
  runtime: 'mutable',
  handler: 'mutable',
  architecture: 'mutable',
  memory: 'mutable',
  timeout: 'mutable',
  environment: 'mutable',
  logGroup: 'mutable',
  ephemeralStorage: 'mutable',
  vpc: 'mutable',
  tracing: 'mutable',
  description: 'mutable',
  codeSha256: 'mutable',
  publication: 'mutable',
  reservedConcurrency: 'mutable',
  tags: 'mutable',
} as const satisfies Kind['fields'];

/** Marks the description of a version as ours. */
export const publicationPrefix = 'apigen:';

/**
 * The description of a version, and of a function when it is made with its first one: the text, then the hash. Later
 * the function itself has the text alone.
 */
export const described = ({ description = '', publication }: Partial<LambdaFunctionProps>): string =>
  [description, publication].filter((one) => one !== '').join(' ');

/** The hash at the end of a version's description, or all of it where somebody else wrote it. */
export const publicationIn = (description: string): string => HASHED.exec(description)?.[1] ?? description;

/** The text in a function's description. */
export const textIn = (description: string): string => description.replace(HASHED, '');

const HASHED = /(?:^| )(apigen:[0-9a-f]+)$/;

export const configurationInput = (desired: LambdaFunctionProps) => ({
  FunctionName: desired.functionName,
  Role: desired.role,
  Runtime: desired.runtime as NonNullable<FunctionConfiguration['Runtime']>,
  Handler: desired.handler,
  MemorySize: desired.memory,
  Timeout: desired.timeout,
  Environment: { Variables: { ...desired.environment } },
  LoggingConfig: { LogGroup: desired.logGroup },
  EphemeralStorage: { Size: desired.ephemeralStorage },
  TracingConfig: { Mode: desired.tracing },
  Description: desired.description ?? '',
  // Empty lists take a function out of its VPC.
  VpcConfig: {
    SubnetIds: [...(desired.vpc?.subnets ?? [])],
    SecurityGroupIds: [...(desired.vpc?.securityGroups ?? [])],
  },
});

/** Lambda leaves a VPC that a function is not in out, or gives it empty lists. */
function vpcOf({ VpcConfig }: FunctionConfiguration): LambdaFunctionProps['vpc'] {
  const subnets = [...(VpcConfig?.SubnetIds ?? [])].sort();
  return subnets.length === 0 ? null : { subnets, securityGroups: [...(VpcConfig?.SecurityGroupIds ?? [])].sort() };
}

/** What a version freezes of a function, read from its configuration. */
export const frozen = (configuration: FunctionConfiguration): Omit<LambdaFunctionProps, NotFrozen> => ({
  role: configuration.Role ?? '',
  runtime: configuration.Runtime ?? '',
  handler: configuration.Handler ?? '',
  architecture: configuration.Architectures?.[0] ?? 'x86_64',
  memory: configuration.MemorySize ?? 128,
  timeout: configuration.Timeout ?? 3,
  environment: configuration.Environment?.Variables ?? {},
  logGroup: configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${configuration.FunctionName}`,
  ephemeralStorage: configuration.EphemeralStorage?.Size ?? 512,
  vpc: vpcOf(configuration),
  tracing: configuration.TracingConfig?.Mode ?? 'PassThrough',
  description: textIn(configuration.Description ?? ''),
  codeSha256: configuration.CodeSha256 ?? '',
});

type NotFrozen = 'functionName' | 'publication' | 'reservedConcurrency' | 'tags';

/** What UpdateFunctionConfiguration changes. */
export function settingsOf(props: LambdaFunctionProps): Json {
  const { role, runtime, handler, memory, timeout, environment, logGroup } = props;
  const { ephemeralStorage, vpc, tracing, description = '' } = props;
  return {
    role,
    runtime,
    handler,
    memory,
    timeout,
    environment,
    logGroup,
    ephemeralStorage,
    vpc,
    tracing,
    description,
  };
}

// The environment variables that Lambda's Node runtime gives every function, for this machine. Nothing of the shell
// gets in but PATH: a function that works only thanks to a variable of the shell would fail on AWS.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html

import type { LocalCredential } from '../gateway.ts';

export interface LambdaEnvironmentOptions {
  readonly functionName: string;
  readonly region: string;
  readonly runtime: string;
  readonly memoryMb: number;
  /** The folder of the bundle. */
  readonly taskRoot: string;
  /** Opens nothing on AWS; the local gateway knows it, so that a function may sign requests to its own API. */
  readonly credential: LocalCredential;
  /** `http://127.0.0.1:8000`; absent: calls of DynamoDB go nowhere. */
  readonly dynamodbEndpoint?: string | undefined;
  /** PATH of this machine, for functions that start programs. */
  readonly path?: string | undefined;
  /** The function's own variables; they may not take the place of Lambda's reserved ones. */
  readonly own: Readonly<Record<string, string>>;
}

export function lambdaEnvironment(options: LambdaEnvironmentOptions): Readonly<Record<string, string>> {
  const { functionName, region, runtime, memoryMb, taskRoot, credential, dynamodbEndpoint, path } = options;
  return {
    LANG: 'en_US.UTF-8',
    PATH: path ?? '/usr/local/bin:/usr/bin:/bin',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // Without tables a call must fail at once here, never reach AWS.
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint ?? 'http://127.0.0.1:9',
    ...options.own,
    TZ: ':UTC',
    _HANDLER: 'index.handler',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_ACCESS_KEY_ID: credential.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credential.secretAccessKey,
    ...(credential.sessionToken !== undefined && { AWS_SESSION_TOKEN: credential.sessionToken }),
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
  };
}

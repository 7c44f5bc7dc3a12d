// Where calls go: to AWS, or to an endpoint that the user or `--target local` set. Follows the SDK's own environment
// variables, the one for a service before the one for all.

import { ApigenError } from '../errors.ts';
import type { AwsService } from './aws-call.ts';

/** Source: AWS SDKs reference guide, "Service-specific endpoints". */
const variables: Readonly<Record<AwsService, string>> = {
  'api-gateway': 'AWS_ENDPOINT_URL_API_GATEWAY',
  'api-gateway-v2': 'AWS_ENDPOINT_URL_APIGATEWAYV2',
  cloudwatch: 'AWS_ENDPOINT_URL_CLOUDWATCH',
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  eventbridge: 'AWS_ENDPOINT_URL_EVENTBRIDGE',
  iam: 'AWS_ENDPOINT_URL_IAM',
  kms: 'AWS_ENDPOINT_URL_KMS',
  lambda: 'AWS_ENDPOINT_URL_LAMBDA',
  logs: 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
  sns: 'AWS_ENDPOINT_URL_SNS',
  sqs: 'AWS_ENDPOINT_URL_SQS',
  sts: 'AWS_ENDPOINT_URL_STS',
};

/**
 * The endpoint set for a service, if any.
 * @throws ApigenError ENDPOINT_INVALID when it is no URL
 */
export function endpointFor(
  service: AwsService,
  given: string | undefined,
  env: NodeJS.ProcessEnv,
): string | undefined {
  const ignored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true';
  const configured = ignored ? undefined : env[variables[service]] || env['AWS_ENDPOINT_URL'] || undefined;
  const endpoint = given ?? configured;
  if (endpoint === undefined) return undefined;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    throw new ApigenError({
      code: 'ENDPOINT_INVALID',
      summary: `"${endpoint}" is not the URL of an AWS endpoint`,
      detail: 'An endpoint is a whole URL, as http://127.0.0.1:4566.',
      hint: 'correct AWS_ENDPOINT_URL, or unset it',
    });
  }
  return endpoint.replace(/\/+$/, '');
}

/** Whether a host is AWS's own, in any of its partitions. */
export function isAwsOrigin(origin: string): boolean {
  return /(^|\.)(amazonaws\.com|amazonaws\.com\.cn|api\.aws|amazonaws\.eu|api\.amazonwebservices\.com\.cn)$/.test(
    new URL(origin).hostname,
  );
}

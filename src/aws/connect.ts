// Makes the connection to AWS that everything else uses: one send function per service, all through one pipeline.
// Invariant: who we are (account, partition) is asked first, and in the wrong account nothing else is ever called.

import type { STSClient } from '@aws-sdk/client-sts';
import { ApigenError } from '../errors.ts';
import type { Aws } from './aws.ts';
import type { ConnectOptions } from './connect-options.ts';
import { assertRegionForm } from './regions.ts';
import { Wire } from './wire.ts';

export type { ConnectOptions } from './connect-options.ts';

/**
 * Connects, and asks AWS who we are.
 *
 * Calls are paced by AWS's quotas, but not towards another endpoint (an emulator has none, and a local deploy shall
 * be quick) unless `APIGEN_PACE=aws` is in the environment.
 * @throws ApigenError REGION_INVALID, ENDPOINT_INVALID, ENDPOINT_UNREACHABLE, REGION_UNKNOWN, CREDENTIALS_MISSING,
 * CREDENTIALS_EXPIRED, CREDENTIALS_INVALID, SSO_SESSION_EXPIRED, PROFILE_NOT_FOUND, ACCOUNT_MISMATCH
 */
export async function connect(options: ConnectOptions): Promise<Aws> {
  assertRegionForm(options.region);
  const wire = new Wire(options);
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const sts = wire.sender<STSClient>('sts');
  const identity = await sts.send(new GetCallerIdentityCommand({}));
  const account = identity.Account ?? '';
  refuseOtherAccount(account, options);
  return {
    account,
    region: options.region,
    partition: identity.Arn?.split(':')[1] ?? 'aws',
    endpoint: wire.endpointOf('api-gateway'),
    apiGateway: wire.sender('api-gateway'),
    apiGatewayV2: wire.sender('api-gateway-v2'),
    cloudwatch: wire.sender('cloudwatch'),
    dynamodb: wire.sender('dynamodb'),
    eventbridge: wire.sender('eventbridge'),
    iam: wire.sender('iam'),
    kms: wire.sender('kms'),
    lambda: wire.sender('lambda'),
    logs: wire.sender('logs'),
    sns: wire.sender('sns'),
    sqs: wire.sender('sqs'),
    sts,
  };
}

function refuseOtherAccount(account: string, { expectedAccount, profile }: ConnectOptions): void {
  if (expectedAccount === undefined || expectedAccount === account) return;
  throw new ApigenError({
    code: 'ACCOUNT_MISMATCH',
    summary: `This stage belongs to AWS account ${expectedAccount}, but the credentials are of ${account}`,
    detail: `Nothing was changed.${profile === undefined ? '' : ` The profile in use is ${profile}.`}`,
    hint: 'give --profile NAME of the right account, or correct "account:" of the stage in apigen.yml',
  });
}

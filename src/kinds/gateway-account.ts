// The role that API Gateway writes logs with: one per account and region, shared by every API there. Made only where
// there is none; one that stands is used as it is, whoever made it. It outlives the stage that needed it first.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html

import { GetAccountCommand, UpdateAccountCommand, type UpdateAccountCommandInput } from '@aws-sdk/client-api-gateway';
import { CreateRoleCommand, GetRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { until } from '../aws/until.ts';
import { type Kind, KindFaultError, type Live } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import type { Coverage } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { tagMap } from './ownership.ts';

/** IAM is global: every region of the account uses the same one. */
export const gatewayLogsRole = 'apigen-api-gateway-logs';

const sharedTag = 'apigen:shared';

export const gatewayAccountInputs = {
  patchOperations: 'logsRole',
} satisfies Coverage<UpdateAccountCommandInput>;

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** What AWS's own policy for this purpose allows (AmazonAPIGatewayPushToCloudWatchLogs). */
const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogGroups',
        'logs:DescribeLogStreams',
        'logs:PutLogEvents',
        'logs:GetLogEvents',
        'logs:FilterLogEvents',
      ],
      Resource: '*',
    },
  ],
};

/** A role takes seconds to reach everywhere. */
const roleReadyMs = 120_000;

export function gatewayAccount({ aws }: KindContext): Kind {
  const roleArn = `arn:${aws.partition}:iam::${aws.account}:role/${gatewayLogsRole}`;

  const ensureRole = async (): Promise<void> => {
    try {
      await aws.iam.send(
        new CreateRoleCommand({
          RoleName: gatewayLogsRole,
          AssumeRolePolicyDocument: JSON.stringify(trust),
          Description: 'API Gateway writes the logs of all APIs of this account with it',
          Tags: [{ Key: sharedTag, Value: 'api-gateway-logs' }],
        }),
      );
    } catch (error) {
      if (!(error instanceof KindFaultError)) throw error;
      const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: gatewayLogsRole }));
      if (tagMap(Role?.Tags)[sharedTag] === undefined) throw notOurs();
    }
    await aws.iam.send(
      new PutRolePolicyCommand({
        RoleName: gatewayLogsRole,
        PolicyName: 'write-logs',
        PolicyDocument: JSON.stringify(policy),
      }),
    );
  };

  const setRole = async (): Promise<true | undefined> => {
    try {
      const patchOperations = [{ op: 'replace' as const, path: '/cloudwatchRoleArn', value: roleArn }];
      await aws.apiGateway.send(new UpdateAccountCommand({ patchOperations }));
      return true;
    } catch (error) {
      // "The role ARN does not have required permissions configured …": IAM has not told API Gateway yet.
      const refused = error instanceof ApigenError && error.aws?.name === 'BadRequestException';
      if (refused && /role/i.test(error.detail ?? '')) return undefined;
      throw error;
    }
  };

  const read = async (): Promise<Live | undefined> => {
    const { cloudwatchRoleArn } = await aws.apiGateway.send(new GetAccountCommand({}));
    if (!cloudwatchRoleArn) return undefined;
    const outputs = { roleArn: cloudwatchRoleArn };
    return { physicalId: cloudwatchRoleArn, props: { logsRole: true }, outputs, owned: true };
  };

  return {
    name: 'gateway-account',
    title: "API Gateway's role for logs, of the whole account in",
    // There is one or there is none: which one it is, is not the project's to say.
    fields: { logsRole: 'carried' },
    holdsData: false,
    cutsOver: false,
    retires: false,
    outlives: true,
    replacement: 'create-first',
    read,

    async reconcile(_target, props) {
      await ensureRole();
      await until(setRole, { timeoutMs: roleReadyMs, describe: `API Gateway to accept role ${gatewayLogsRole}` });
      return { physicalId: roleArn, props, outputs: { roleArn }, owned: true };
    },

    // Other stages, and APIs that apigen does not know, write their logs with it.
    remove: async () => undefined,
    discover: async () => [],
  };
}

const notOurs = (): ApigenError =>
  new ApigenError({
    code: 'NOT_OWNED',
    summary: `Role ${gatewayLogsRole} exists and was not made by apigen`,
    detail: 'API Gateway needs a role to write logs, and this account and region have none set.',
    hint: 'set a role of your own in API Gateway (Settings, CloudWatch log role ARN), then: apigen deploy',
  });

// The log group that API Gateway writes a REST stage's execution logs to. Its name holds the API's minted id and API
// Gateway makes it by itself: it is made before that, so that its retention is ours, and goes with the API.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html

import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Aws } from '../aws/aws.ts';
import { KindFaultError } from '../engine/kind.ts';
import { orAbsent } from './or-absent.ts';
import type { Tags } from './ownership.ts';

const prefixOf = (apiId: string): string => `API-Gateway-Execution-Logs_${apiId}/`;

/** Days that it keeps, 0 for ever; undefined where there is none. */
export async function executionLogRetention(aws: Aws, apiId: string, stageName: string): Promise<number | undefined> {
  const name = prefixOf(apiId) + stageName;
  const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  const group = logGroups.find(({ logGroupName }) => logGroupName === name);
  return group && (group.retentionInDays ?? 0);
}

export async function ensureExecutionLog(
  aws: Aws,
  apiId: string,
  stageName: string,
  retentionInDays: number,
  tags: Tags,
): Promise<void> {
  const logGroupName = prefixOf(apiId) + stageName;
  try {
    await aws.logs.send(new CreateLogGroupCommand({ logGroupName, tags: { ...tags } }));
  } catch (error) {
    // API Gateway was faster, or an earlier run.
    if (!(error instanceof KindFaultError)) throw error;
  }
  const policy =
    retentionInDays === 0
      ? new DeleteRetentionPolicyCommand({ logGroupName })
      : new PutRetentionPolicyCommand({ logGroupName, retentionInDays });
  await aws.logs.send(policy as PutRetentionPolicyCommand);
}

/** Of one stage, or of all stages of the API. */
export async function removeExecutionLogs(aws: Aws, apiId: string, stageName?: string): Promise<void> {
  const { logGroups = [] } = await aws.logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: prefixOf(apiId) + (stageName ?? '') }),
  );
  for (const { logGroupName } of logGroups) {
    if (stageName !== undefined && logGroupName !== prefixOf(apiId) + stageName) continue;
    await orAbsent(aws.logs.send(new DeleteLogGroupCommand({ logGroupName })));
  }
}

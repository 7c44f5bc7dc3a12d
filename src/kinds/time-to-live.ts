// The time to live of a table, which DynamoDB lets change but slowly.

import { UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { awsFault } from '../aws/aws-fault.ts';
import { ApigenError } from '../errors.ts';

/**
 * DynamoDB refuses another attribute until the old one is off, and any change for up to an hour after one.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
 * @throws ApigenError TTL_TOO_SOON
 */
export async function setTimeToLive(aws: Aws, TableName: string, now: string, desired: string): Promise<void> {
  if (now === desired) return;
  const set = (AttributeName: string, Enabled: boolean) =>
    aws.dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }));
  try {
    if (now !== '') await set(now, false);
    if (desired !== '') await set(desired, true);
  } catch (error) {
    throw isTooSoon(error) ? timeToLiveTooSoon(TableName, error) : error;
  }
}

/** "Time to live has been modified multiple times within a fixed interval." */
function isTooSoon(error: unknown): boolean {
  const fault = awsFault(error);
  return fault?.name === 'ValidationException' && /modified multiple times/i.test(fault.message);
}

const timeToLiveTooSoon = (TableName: string, cause: unknown): ApigenError =>
  new ApigenError({
    code: 'TTL_TOO_SOON',
    summary: `Cannot change the time to live of table ${TableName} yet`,
    detail: 'DynamoDB takes up to an hour over each change of a time to live; another attribute takes two changes.',
    hint: 'run apigen deploy again in an hour; finished resources are skipped',
    cause,
  });

// What Lambda needs of a function's role to read the streams and queues that trigger it. Topics and schedules call the
// function themselves: they need a permission of the function, nothing of its role.

import type { Statement } from '../../../kinds/iam-role.ts';
import type { FunctionDeclaration, StreamTrigger } from '../../../project/project.ts';
import type { GraphInput } from './graph-input.ts';
import { publishStatements, receiveStatements, sendStatements } from './neighbour-statements.ts';

export function triggerStatements(input: GraphInput, { triggers = [] }: FunctionDeclaration): readonly Statement[] {
  return triggers.flatMap((trigger) => {
    if (trigger.type === 'stream') return streamStatements(input, trigger);
    return trigger.type === 'queue' ? receiveStatements(input, trigger.queue, pollActions) : [];
  });
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions */
const pollActions = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html#events-dynamodb-permissions */
function streamStatements(input: GraphInput, { model, onFailure }: StreamTrigger): readonly Statement[] {
  const spec = input.tables.find((table) => table.model === model);
  if (!spec) return [];
  const { partition, account, project } = input;
  const stream = `arn:${partition}:dynamodb:${project.region}:${account}:table/${spec.tableName}/stream/*`;
  const actions = [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
  ];
  return [{ actions, resources: [stream] }, ...failureStatements(input, onFailure)];
}

function failureStatements(input: GraphInput, onFailure: StreamTrigger['onFailure']): readonly Statement[] {
  if (onFailure === undefined) return [];
  return onFailure.type === 'queue' ? sendStatements(input, onFailure.name) : publishStatements(input, onFailure.name);
}

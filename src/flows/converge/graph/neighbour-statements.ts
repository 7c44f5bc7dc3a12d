// What `access` grants on topics and queues.

import type { Statement } from '../../../kinds/iam-role.ts';
import type { FunctionDeclaration, QueueAccess } from '../../../project/project.ts';
import type { GraphInput } from './graph-input.ts';
import { keyStatements, queueArnOf, queueOf, topicArnOf, topicOf } from './neighbours.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-api-permissions-reference.html */
const queueActions: Readonly<Record<QueueAccess, readonly string[]>> = {
  send: ['sqs:SendMessage'],
  receive: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
};

export function neighbourStatements(
  input: GraphInput,
  { topicAccess = {}, queueAccess = {} }: FunctionDeclaration,
): readonly Statement[] {
  return [
    ...Object.keys(topicAccess).flatMap((name) => publishStatements(input, name)),
    ...Object.entries(queueAccess).flatMap(([name, rights]) =>
      rights.flatMap((right) =>
        right === 'send' ? sendStatements(input, name) : receiveStatements(input, name, queueActions.receive),
      ),
    ),
  ];
}

export function publishStatements(input: GraphInput, name: string): readonly Statement[] {
  const arn = topicArnOf(input, name);
  if (arn === undefined) return [];
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  const key = keyStatements(input, 'sns', topicOf(input, name)?.kmsKey, ['kms:Decrypt', 'kms:GenerateDataKey']);
  return [{ actions: ['sns:Publish'], resources: [arn] }, ...key];
}

export function sendStatements(input: GraphInput, name: string): readonly Statement[] {
  const arn = queueArnOf(input, name);
  if (arn === undefined) return [];
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  const key = keyStatements(input, 'sqs', queueOf(input, name)?.kmsKey, ['kms:Decrypt', 'kms:GenerateDataKey']);
  return [{ actions: queueActions.send, resources: [arn] }, ...key];
}

export function receiveStatements(input: GraphInput, name: string, actions: readonly string[]): readonly Statement[] {
  const arn = queueArnOf(input, name);
  if (arn === undefined) return [];
  return [{ actions, resources: [arn] }, ...keyStatements(input, 'sqs', queueOf(input, name)?.kmsKey, ['kms:Decrypt'])];
}

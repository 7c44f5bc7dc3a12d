// A connection that breaks at a chosen call that changes something, after it took effect and before its answer
// arrives. From then on nothing goes through, as when the process was killed. (A break before a call leaves is one
// after the call before it.)

import type { Aws } from '../../../src/aws/aws.ts';
import { type AwsService, awsCall } from '../../../src/aws/aws-call.ts';

export class ConnectionCut extends Error {}

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: object;
}

/** @param at which changing call breaks it, counted from 1 */
export function cutConnection(aws: Aws, at: number): Aws {
  let changes = 0;
  let isCut = false;
  const broken = <Port extends { send: unknown }>(service: AwsService, port: Port): Port => {
    const send = async (command: Command): Promise<unknown> => {
      if (isCut) throw new ConnectionCut();
      const { mutates } = awsCall(service, command.constructor.name.replace(/Command$/, ''), command.input);
      const last = mutates && ++changes === at;
      if (last) isCut = true;
      const answer = await (port.send as (command: Command) => Promise<unknown>)(command);
      if (last) throw new ConnectionCut();
      return answer;
    };
    return { ...port, send };
  };
  return {
    ...aws,
    apiGateway: broken('api-gateway', aws.apiGateway),
    apiGatewayV2: broken('api-gateway-v2', aws.apiGatewayV2),
    cloudwatch: broken('cloudwatch', aws.cloudwatch),
    dynamodb: broken('dynamodb', aws.dynamodb),
    eventbridge: broken('eventbridge', aws.eventbridge),
    iam: broken('iam', aws.iam),
    lambda: broken('lambda', aws.lambda),
    logs: broken('logs', aws.logs),
    sns: broken('sns', aws.sns),
    sqs: broken('sqs', aws.sqs),
  };
}

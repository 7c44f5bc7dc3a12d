// Triggers put to use: what a message, a change of a table, a publication and a schedule make a function do, seen in
// the table that it writes to. MiniStack runs functions; moto does not.

import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leftoversOf } from '../harness/leftovers.ts';
import { type Deployed, endpointOf, projectOn } from './features/deployed.ts';
import { firedProject } from './features/fired-project.ts';

const name = 'fired';

describe('what triggers a function, on MiniStack', () => {
  const endpoint = endpointOf('ministack');
  const settings = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const [dynamodb, lambda] = [new DynamoDBClient(settings), new LambdaClient(settings)];
  const [sns, sqs, events] = [new SNSClient(settings), new SQSClient(settings), new EventBridgeClient(settings)];
  const queue = (of: string): string => `${endpoint}/000000000000/${name}-dev-${of}`;
  let project: Deployed;

  const seen = async (): Promise<readonly (string | undefined)[]> => {
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: `${name}-dev-Seen` }));
    return Items.map(({ id }) => id?.S);
  };
  const until = async <T>(read: () => Promise<T>, holds: (value: T) => boolean, seconds = 20): Promise<T> => {
    const end = Date.now() + seconds * 1000;
    let value = await read();
    while (!holds(value) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      value = await read();
    }
    return value;
  };
  const seesSoon = async (line: string, seconds?: number) =>
    expect(await until(seen, (lines) => lines.includes(line), seconds)).toContain(line);
  const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl: queue('jobs'), MessageBody }));
  const received = async (of: string): Promise<readonly (string | undefined)[]> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue(of), VisibilityTimeout: 0 }));
    return Messages.map(({ Body }) => Body);
  };

  beforeAll(async () => {
    project = await projectOn(endpoint, firedProject(name));
    const { code, stderr } = await project.apigen('deploy', '--yes');
    if (code !== 0) throw new Error(stderr);
  });
  afterAll(async () => {
    for (const client of [dynamodb, lambda, sns, sqs, events]) client.destroy();
    await project.remove();
  });

  it('is nothing to plan again', async () => {
    expect(await project.leftToDo()).toEqual([]);
  });

  it('is a message in a queue, if its filter lets it through', async () => {
    await send('{"kind":"other"}');
    await send('{"kind":"good"}');
    await seesSoon('aws:sqs: {"kind":"good"}');
    expect(await seen()).not.toContain('aws:sqs: {"kind":"other"}');
  });

  it('is a message that fails, alone of its batch, and then lies in the dead-letter queue', async () => {
    await send('{"kind":"bad"}');
    await seesSoon('aws:sqs: {"kind":"bad"}');
    expect(
      await until(
        () => received('dead'),
        (bodies) => bodies.length > 0,
      ),
    ).toEqual(['{"kind":"bad"}']);
  });

  it('is a publication, by its attributes; a queue that subscribes gets what is for it as it was said', async () => {
    const TopicArn = `arn:aws:sns:eu-west-1:000000000000:${name}-dev-signals`;
    for (const kind of ['seen', 'copied']) {
      const MessageAttributes = { kind: { DataType: 'String', StringValue: kind } };
      await sns.send(new PublishCommand({ TopicArn, Message: `to be ${kind}`, MessageAttributes }));
    }
    await seesSoon('aws:sns: to be seen');
    expect(
      await until(
        () => received('copies'),
        (bodies) => bodies.length > 0,
      ),
    ).toEqual(['to be copied']);
    expect(await seen()).not.toContain('aws:sns: to be copied');
    await sns.send(new PublishCommand({ TopicArn, Message: '{"kind":"wrapped"}' }));
    const [wrapped = '{}'] = await until(
      () => received('wrapped'),
      (bodies) => bodies.length > 0,
    );
    expect(JSON.parse(wrapped)).toMatchObject({ Type: 'Notification', TopicArn, Message: '{"kind":"wrapped"}' });
  });

  it('is a change of a table, from the oldest on; the rest of what is said of it stands in its mapping', async () => {
    const Item = { id: { S: 'first' } };
    await dynamodb.send(new PutItemCommand({ TableName: `${name}-dev-Note`, Item }));
    await seesSoon('aws:dynamodb: first');
    const FunctionName = `${name}-dev-seer:v1`;
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
    // MiniStack tries a failing batch for ever: where it goes is read back.
    expect(EventSourceMappings.find((one) => one.EventSourceArn?.includes('/stream/'))).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      MaximumBatchingWindowInSeconds: 1,
      ParallelizationFactor: 2,
      MaximumRetryAttempts: 0,
      BisectBatchOnFunctionError: false,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
      DestinationConfig: { OnFailure: { Destination: `arn:aws:sqs:eu-west-1:000000000000:${name}-dev-broken` } },
    });
  });

  it('is no schedule that is switched off', async () => {
    const { Rules = [] } = await events.send(new ListRulesCommand({ NamePrefix: `${name}-dev-seer` }));
    const states = Rules.map(({ State, ScheduleExpression }) => `${State} ${ScheduleExpression}`);
    expect(states.sort()).toEqual(['DISABLED cron(0 3 * * ? *)', 'ENABLED rate(1 minute)']);
  });

  it('is a schedule, whose input is the event', async () => {
    await seesSoon('schedule: of the clock', 100);
  }, 120_000);

  it('is gone with the project', async () => {
    expect((await project.apigen('destroy', '--confirm', `${name}/dev`)).code).toBe(0);
    expect(await leftoversOf(endpoint, `${name}-dev`)).toEqual([]);
  });
});

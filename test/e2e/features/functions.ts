// Functions with everything that a function can have, and the alarms, topics and queues beside them.

import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import { statementsOf } from './account.ts';
import type { RestStand } from './rest-stand.ts';

export function functions(stand: RestStand): void {
  it('has a function with every setting of functions', async () => {
    const FunctionName = `${stand.name}-dev-told`;
    const { Configuration, Concurrency } = await stand.aws.lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(Configuration).toMatchObject({
      Description: expect.stringMatching(/^Tells what it was given apigen:\w+$/),
      Runtime: 'nodejs24.x',
      MemorySize: 512,
      Timeout: 20,
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 1024 },
      TracingConfig: { Mode: 'Active' },
      VpcConfig: { SubnetIds: [stand.network.subnet], SecurityGroupIds: [stand.network.securityGroup] },
      Environment: { Variables: { SHAPE: 'round', COLOUR: 'green' } },
    });
    expect(Concurrency?.ReservedConcurrentExecutions).toBe(5);
    const variables = Configuration?.Environment?.Variables ?? {};
    expect(JSON.parse(variables['APIGEN_SECRETS'] ?? '{}')).toEqual({
      STRIPE_KEY: { store: 'ssm', name: `/${stand.name}/stripe` },
      DB_PASSWORD: { store: 'secretsmanager', name: `${stand.name}/db`, key: 'password' },
      SEALED: { store: 'ssm', name: `/${stand.name}/stripe` },
    });
    const logs = new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/${FunctionName}` });
    expect((await stand.aws.logs.send(logs)).logGroups).toMatchObject([{ retentionInDays: 7 }]);
  });

  it('bounds the role that it makes, which reads those secrets, stands in that network, and what is said besides', async () => {
    const RoleName = `${stand.name}-dev-told-eu-west-1`;
    const { Role } = await stand.aws.iam.send(new GetRoleCommand({ RoleName }));
    expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe('arn:aws:iam::aws:policy/PowerUserAccess');
    const statements = await statementsOf(stand.aws, RoleName);
    const place = `eu-west-1:${stand.account}`;
    expect(statements).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Allow',
          Action: ['ssm:GetParameter'],
          Resource: [`arn:aws:ssm:${place}:parameter/${stand.name}/stripe`],
        }),
        expect.objectContaining({
          Effect: 'Allow',
          Action: ['secretsmanager:GetSecretValue'],
          Resource: [`arn:aws:secretsmanager:${place}:secret:${stand.name}/db-??????`],
        }),
        {
          Effect: 'Allow',
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::shop/*'],
          Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
        },
        { Effect: 'Deny', Action: ['s3:DeleteObject'], Resource: ['*'] },
      ]),
    );
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions).toEqual(
      expect.arrayContaining(['ec2:CreateNetworkInterface', 'xray:PutTraceSegments', 'logs:PutLogEvents']),
    );
  });

  it('uses a role that exists, and makes none beside it', async () => {
    const FunctionName = `${stand.name}-dev-guest`;
    const { Configuration } = await stand.aws.lambda.send(new GetFunctionCommand({ FunctionName }));
    expect(Configuration?.Role).toBe(stand.role);
    const made = stand.aws.iam.send(new GetRoleCommand({ RoleName: `${stand.name}-dev-guest-eu-west-1` }));
    await expect(made).rejects.toMatchObject({ cause: { name: 'NoSuchEntityException' } });
  });

  it('has alarms of its API and functions, each by the dimensions that AWS measures, told to its topic', async () => {
    const AlarmNamePrefix = `${stand.name}-dev-partner`;
    const { MetricAlarms = [] } = await stand.aws.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix }));
    const seen = MetricAlarms.map(({ Namespace, MetricName, Dimensions = [], Threshold, ...alarm }) => [
      `${Namespace} ${MetricName} ${alarm.ExtendedStatistic ?? alarm.Statistic} ${Threshold}`,
      Dimensions.map(({ Name, Value }) => `${Name}=${Value}`)
        .sort()
        .join(),
    ]);
    const api = `ApiName=${stand.name}-dev-partner,Stage=dev`;
    expect(Object.fromEntries(seen)).toMatchObject({
      'AWS/ApiGateway 5XXError Average 0.02': api,
      'AWS/ApiGateway Latency p99 1500': api,
      'AWS/Lambda Throttles Sum 3': expect.stringMatching(new RegExp(`^FunctionName=${stand.name}-dev-`)),
    });
    const ops = `arn:aws:sns:eu-west-1:${stand.account}:${stand.name}-dev-ops`;
    expect([...new Set(MetricAlarms.flatMap(({ AlarmActions = [] }) => AlarmActions))]).toEqual([ops]);
  });

  it('has its topics and queues as declared', async () => {
    const TopicArn = `arn:aws:sns:eu-west-1:${stand.account}:${stand.name}-dev-signals`;
    const { Attributes } = await stand.aws.sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes).toMatchObject({ DisplayName: 'Signals', KmsMasterKeyId: 'alias/aws/sns' });
    const ordered = new GetTopicAttributesCommand({ TopicArn: TopicArn.replace('signals', 'ordered.fifo') });
    expect((await stand.aws.sns.send(ordered)).Attributes).toMatchObject({ FifoTopic: 'true' });
    const sealed = new GetQueueAttributesCommand({
      QueueUrl: `${stand.endpoint}/${stand.account}/${stand.name}-dev-sealed.fifo`,
      AttributeNames: ['All'],
    });
    expect((await stand.aws.sqs.send(sealed)).Attributes).toMatchObject({
      FifoQueue: 'true',
      KmsMasterKeyId: 'alias/aws/sqs',
    });
    const QueueUrl = `${stand.endpoint}/${stand.account}/${stand.name}-dev-jobs`;
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    expect((await stand.aws.sqs.send(asked)).Attributes).toMatchObject({
      VisibilityTimeout: '60',
      MessageRetentionPeriod: '3600',
      DelaySeconds: '1',
      ReceiveMessageWaitTimeSeconds: '5',
      MaximumMessageSize: '2048',
    });
  });

  if (stand.called) {
    it('reads its secrets as it starts, and gets its own environment over that of all', async () => {
      const { status, text } = await stand.project.call('partner', 'GET /told');
      expect([status, text]).toEqual([200, 'sk_live_1 hunter2 round green an asset']);
      expect((await stand.project.call('partner', 'GET /guest')).text).toBe('guest');
    });
  }
}

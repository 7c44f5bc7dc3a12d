// Resources that are not the swept project's, though their names begin like its own: a function with its log group and
// role, an API of each type, a table. Made and removed with the SDK.

import { APIGatewayClient, CreateRestApiCommand, DeleteRestApiCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, CreateApiCommand, DeleteApiCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateFunctionCommand, DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';

export interface Bystanders {
  remove(): Promise<void>;
}

export async function makeBystanders(endpoint: string, project: string): Promise<Bystanders> {
  const settings = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const lambda = new LambdaClient(settings);
  const iam = new IAMClient(settings);
  const logs = new CloudWatchLogsClient(settings);
  const dynamodb = new DynamoDBClient(settings);
  const rest = new APIGatewayClient(settings);
  const http = new ApiGatewayV2Client(settings);
  const name = `${project}-dev-neighbour`;
  const logGroupName = `/aws/lambda/${name}`;
  const statement = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' };
  await iam.send(
    new CreateRoleCommand({ RoleName: name, Path: `/apigen/${project}/dev/`, AssumeRolePolicyDocument: '{}' }),
  );
  const [{ id: restApiId }, { ApiId }] = await Promise.all([
    rest.send(new CreateRestApiCommand({ name })),
    http.send(new CreateApiCommand({ Name: name, ProtocolType: 'HTTP' })),
    iam.send(
      new PutRolePolicyCommand({
        RoleName: name,
        PolicyName: 'apigen',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      }),
    ),
    logs.send(new CreateLogGroupCommand({ logGroupName })),
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: `arn:aws:iam::000000000000:role/apigen/${project}/dev/${name}`,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: {
          ZipFile: zipSync(
            { 'index.js': new TextEncoder().encode('exports.handler = async () => 1;') },
            { mtime: '2000-01-01T00:00:00' },
          ),
        },
      }),
    ),
    dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      }),
    ),
  ]);
  return {
    async remove() {
      // What a breach has taken away already is no second one.
      await Promise.allSettled([
        rest.send(new DeleteRestApiCommand({ restApiId })),
        http.send(new DeleteApiCommand({ ApiId })),
        lambda.send(new DeleteFunctionCommand({ FunctionName: name })),
        logs.send(new DeleteLogGroupCommand({ logGroupName })),
        dynamodb.send(new DeleteTableCommand({ TableName: name })),
        iam.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: 'apigen' })),
      ]);
      await iam.send(new DeleteRoleCommand({ RoleName: name })).catch(() => undefined);
      for (const client of [lambda, iam, logs, dynamodb, rest, http]) client.destroy();
    },
  };
}

// Every resource that carries a project's tags, read with the SDK: node, name and the id that its ledger row must have.

import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  paginateListTables,
} from '@aws-sdk/client-dynamodb';
import { IAMClient, ListRoleTagsCommand, paginateListRoles } from '@aws-sdk/client-iam';
import { LambdaClient, ListTagsCommand, paginateListFunctions } from '@aws-sdk/client-lambda';
import { everyPage } from '../every-page.ts';

export interface Tagged {
  readonly node: string;
  /** A name, or the id of an API. */
  readonly id: string;
}

type Tags = Readonly<Record<string, string>> | undefined;
type TagList = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[];

const listed = (tags: TagList = []): Tags => Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

export async function taggedOf(endpoint: string, project: string): Promise<readonly Tagged[]> {
  const settings = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const clients = {
    lambda: new LambdaClient(settings),
    iam: new IAMClient(settings),
    logs: new CloudWatchLogsClient(settings),
    rest: new APIGatewayClient(settings),
    http: new ApiGatewayV2Client(settings),
    dynamodb: new DynamoDBClient(settings),
  };
  try {
    const found = await Promise.all([
      functions(clients.lambda, project),
      roles(clients.iam, project),
      logGroups(clients.logs, project),
      tables(clients.dynamodb, project),
      restApis(clients.rest),
      httpApis(clients.http),
    ]);
    return found
      .flat()
      .flatMap(({ id, tags }) =>
        tags?.['apigen:project'] === project ? [{ node: tags['apigen:node'] ?? '', id }] : [],
      );
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

interface Found {
  readonly id: string;
  readonly tags: Tags;
}

async function functions(lambda: LambdaClient, project: string): Promise<readonly Found[]> {
  const Functions = await everyPage(paginateListFunctions({ client: lambda }, {}), (page) => page.Functions);
  const mine = Functions.filter(({ FunctionName = '' }) => FunctionName.startsWith(`${project}-`));
  return Promise.all(
    mine.map(async ({ FunctionName: id = '', FunctionArn }) => {
      const { Tags } = await lambda.send(new ListTagsCommand({ Resource: FunctionArn }));
      return { id, tags: Tags };
    }),
  );
}

async function roles(iam: IAMClient, project: string): Promise<readonly Found[]> {
  const inPath = { PathPrefix: `/apigen/${project}/` };
  const Roles = await everyPage(paginateListRoles({ client: iam }, inPath), (page) => page.Roles);
  return Promise.all(
    Roles.map(async ({ RoleName: id = '' }) => {
      const { Tags } = await iam.send(new ListRoleTagsCommand({ RoleName: id }));
      return { id, tags: listed(Tags) };
    }),
  );
}

async function logGroups(logs: CloudWatchLogsClient, project: string): Promise<readonly Found[]> {
  const { logGroups: groups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/${project}-` }),
  );
  return Promise.all(
    groups.map(async ({ logGroupName: id = '', arn = '' }) => {
      const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn: arn.replace(/:\*$/, '') }));
      return { id, tags };
    }),
  );
}

async function tables(dynamodb: DynamoDBClient, project: string): Promise<readonly Found[]> {
  const TableNames = await everyPage(paginateListTables({ client: dynamodb }, {}), (page) => page.TableNames);
  const mine = TableNames.filter((name) => name.startsWith(`${project}-`));
  return Promise.all(
    mine.map(async (id) => {
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: id }));
      const { Tags } = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }));
      return { id, tags: listed(Tags) };
    }),
  );
}

async function restApis(gateway: APIGatewayClient): Promise<readonly Found[]> {
  const { items = [] } = await gateway.send(new GetRestApisCommand({ limit: 500 }));
  return items.map(({ id = '', tags }) => ({ id, tags }));
}

async function httpApis(gateway: ApiGatewayV2Client): Promise<readonly Found[]> {
  const { Items = [] } = await gateway.send(new GetApisCommand({ MaxResults: '500' }));
  return Items.map(({ ApiId: id = '', Tags }) => ({ id, tags: Tags }));
}

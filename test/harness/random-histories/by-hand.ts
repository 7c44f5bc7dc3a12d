// What somebody may do in the console to a deployed project: change or delete one thing of it with the SDK. What was
// deleted is made again by the next deploy, though no release of before can be trusted to be whole.

import {
  APIGatewayClient,
  DeleteMethodCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  GetResourcesCommand,
} from '@aws-sdk/client-api-gateway';
import * as v2 from '@aws-sdk/client-apigatewayv2';
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteRoleCommand, DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetPolicyCommand,
  LambdaClient,
  PublishVersionCommand,
  RemovePermissionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { Tagged } from './tagged.ts';

/** @returns what was touched; nothing when there is nothing of that type */
export async function tamper(
  endpoint: string,
  all: readonly Tagged[],
  what: Tampering,
  which: number,
): Promise<Tagged | undefined> {
  const { of, act } = acts[what];
  const candidates = all.filter(({ node }) => of.test(node)).sort((a, b) => (a.node < b.node ? -1 : 1));
  const chosen = candidates[which % Math.max(1, candidates.length)];
  if (!chosen) return undefined;
  const settings = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const done = await act(chosen, settings).then(
    () => true,
    // An earlier one may have taken it away already.
    (error: unknown) => {
      if (error instanceof Error && /NotFound|NoSuch/.test(error.name)) return false;
      throw error;
    },
  );
  return done ? chosen : undefined;
}

interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The alias of every function. */
const Name = 'v1';
const PolicyName = 'apigen';

/** Of which nodes something is touched. */
const nodes = {
  functions: /^function:/,
  roles: /^role:/,
  logGroups: /^log-group:/,
  routedApis: /^(rest|http)-api:/,
  apis: /^(rest|http|websocket)-api:/,
  tables: /^table:/,
} as const;

const acts = {
  'another memory': {
    of: nodes.functions,
    act: ({ id: FunctionName }: Tagged, settings: Settings) =>
      new LambdaClient(settings).send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 1024 })),
  },
  'an alias that points elsewhere': {
    of: nodes.functions,
    act: async ({ id: FunctionName }: Tagged, settings: Settings) => {
      const lambda = new LambdaClient(settings);
      const { Version: FunctionVersion } = await lambda.send(
        new PublishVersionCommand({ FunctionName, Description: 'by hand' }),
      );
      return lambda.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion }));
    },
  },
  'a function deleted': {
    of: nodes.functions,
    act: ({ id: FunctionName }: Tagged, settings: Settings) =>
      new LambdaClient(settings).send(new DeleteFunctionCommand({ FunctionName })),
  },
  'an alias deleted': {
    of: nodes.functions,
    act: ({ id: FunctionName }: Tagged, settings: Settings) =>
      new LambdaClient(settings).send(new DeleteAliasCommand({ FunctionName, Name })),
  },
  'a permission deleted': {
    of: nodes.functions,
    act: async ({ id: FunctionName }: Tagged, settings: Settings) => {
      const lambda = new LambdaClient(settings);
      const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier: Name }));
      const { Statement = [] } = JSON.parse(Policy) as { Statement?: readonly { readonly Sid: string }[] };
      for (const { Sid: StatementId } of Statement) {
        await lambda.send(new RemovePermissionCommand({ FunctionName, Qualifier: Name, StatementId }));
      }
    },
  },
  'another policy': {
    of: nodes.roles,
    act: ({ id: RoleName }: Tagged, settings: Settings) => {
      const Statement = [{ Effect: 'Allow', Action: ['s3:ListAllMyBuckets'], Resource: ['*'] }];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      return new IAMClient(settings).send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    },
  },
  'a policy deleted': {
    of: nodes.roles,
    act: ({ id: RoleName }: Tagged, settings: Settings) =>
      new IAMClient(settings).send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
  },
  'a role deleted': {
    of: nodes.roles,
    act: async ({ id: RoleName }: Tagged, settings: Settings) => {
      const iam = new IAMClient(settings);
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      return iam.send(new DeleteRoleCommand({ RoleName }));
    },
  },
  'another retention': {
    of: nodes.logGroups,
    act: ({ id: logGroupName }: Tagged, settings: Settings) =>
      new CloudWatchLogsClient(settings).send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 })),
  },
  'a log group deleted': {
    of: nodes.logGroups,
    act: ({ id: logGroupName }: Tagged, settings: Settings) =>
      new CloudWatchLogsClient(settings).send(new DeleteLogGroupCommand({ logGroupName })),
  },
  'a route deleted': {
    of: nodes.routedApis,
    act: async ({ node, id }: Tagged, settings: Settings) => {
      if (node.startsWith('rest-')) {
        const gateway = new APIGatewayClient(settings);
        const { items = [] } = await gateway.send(new GetResourcesCommand({ restApiId: id, embed: ['methods'] }));
        const [first] = items.filter(({ resourceMethods }) => Object.keys(resourceMethods ?? {}).length > 0);
        const [httpMethod] = Object.keys(first?.resourceMethods ?? {});
        return gateway.send(new DeleteMethodCommand({ restApiId: id, resourceId: first?.id, httpMethod }));
      }
      const gateway = new v2.ApiGatewayV2Client(settings);
      const { Items = [] } = await gateway.send(new v2.GetRoutesCommand({ ApiId: id }));
      return gateway.send(new v2.DeleteRouteCommand({ ApiId: id, RouteId: Items[0]?.RouteId }));
    },
  },
  'a stage deleted': {
    of: nodes.routedApis,
    act: ({ node, id }: Tagged, settings: Settings) =>
      node.startsWith('rest-')
        ? new APIGatewayClient(settings).send(new DeleteStageCommand({ restApiId: id, stageName: 'dev' }))
        : new v2.ApiGatewayV2Client(settings).send(new v2.DeleteStageCommand({ ApiId: id, StageName: 'dev' })),
  },
  'an API deleted': {
    of: nodes.apis,
    act: ({ node, id }: Tagged, settings: Settings) =>
      node.startsWith('rest-')
        ? new APIGatewayClient(settings).send(new DeleteRestApiCommand({ restApiId: id }))
        : new v2.ApiGatewayV2Client(settings).send(new v2.DeleteApiCommand({ ApiId: id })),
  },
  'a table deleted': {
    of: nodes.tables,
    act: ({ id: TableName }: Tagged, settings: Settings) =>
      new DynamoDBClient(settings).send(new DeleteTableCommand({ TableName })),
  },
} as const;

export type Tampering = keyof typeof acts;
export const tamperings = Object.keys(acts) as Tampering[];

// Everything of one project that is live, read with the SDK and written in plain words: never through apigen's own
// kinds, so that it can contradict them. Ids that AWS mints are left out; counts of what must not multiply are kept.

import {
  APIGatewayClient,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
} from '@aws-sdk/client-api-gateway';
import * as v2 from '@aws-sdk/client-apigatewayv2';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { GetRolePolicyCommand, IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import {
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';
import { everyPage } from '../every-page.ts';

export interface Inventory {
  /** Sorted lines, one per resource. */
  readonly lines: readonly string[];
  /** Table name → the id that DynamoDB gave it: never another one. */
  readonly tableIds: Readonly<Record<string, string>>;
}

/** @param project a name that no other project's begins with */
export async function inventoryOf(endpoint: string, project: string): Promise<Inventory> {
  const settings = settingsFor(endpoint);
  const prefix = `${project}-`;
  const lambda = new LambdaClient(settings);
  const iam = new IAMClient(settings);
  const logs = new CloudWatchLogsClient(settings);
  const rest = new APIGatewayClient(settings);
  const http = new v2.ApiGatewayV2Client(settings);
  const dynamodb = new DynamoDBClient(settings);
  try {
    const lists = await Promise.all([
      functions(lambda, prefix),
      roles(iam, project),
      logGroups(logs, prefix),
      restApis(rest, prefix),
      httpApis(http, prefix),
    ]);
    const tables = await tablesOf(dynamodb, prefix);
    return { lines: [...lists.flat(), ...Object.keys(tables).map((name) => `table ${name}`)].sort(), tableIds: tables };
  } finally {
    for (const client of [lambda, iam, logs, rest, http, dynamodb]) client.destroy();
  }
}

const settingsFor = (endpoint: string) => ({
  endpoint,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

async function functions(lambda: LambdaClient, prefix: string): Promise<readonly string[]> {
  const Functions = await everyPage(paginateListFunctions({ client: lambda }, {}), (page) => page.Functions);
  const mine = Functions.filter(({ FunctionName = '' }) => FunctionName.startsWith(prefix));
  const lines = mine.map(async ({ FunctionName = '', MemorySize, Timeout, Runtime, CodeSha256 }) => {
    const [{ Versions = [] }, { Aliases = [] }] = await Promise.all([
      lambda.send(new ListVersionsByFunctionCommand({ FunctionName })),
      lambda.send(new ListAliasesCommand({ FunctionName })),
    ]);
    const content = new Map(
      Versions.map((item) => [item.Version, [item.CodeSha256, item.Runtime, item.MemorySize, item.Timeout].join('/')]),
    );
    const aliases = await Promise.all(
      Aliases.map(async ({ Name = '', FunctionVersion }) => {
        const statements = await statementsOf(lambda, FunctionName, Name);
        return `${Name}→${content.get(FunctionVersion)} [${statements.join()}]`;
      }),
    );
    return `function ${FunctionName} ${Runtime} ${MemorySize} ${Timeout} ${CodeSha256} versions ${Versions.length - 1} ${aliases.join(' ')}`;
  });
  return Promise.all(lines);
}

async function statementsOf(lambda: LambdaClient, FunctionName: string, Qualifier: string): Promise<readonly string[]> {
  try {
    const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier }));
    const { Statement = [] } = JSON.parse(Policy) as { Statement?: readonly { readonly Sid: string }[] };
    return Statement.map(({ Sid }) => Sid).sort();
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return [];
    throw error;
  }
}

async function roles(iam: IAMClient, project: string): Promise<readonly string[]> {
  const inPath = { PathPrefix: `/apigen/${project}/` };
  const Roles = await everyPage(paginateListRoles({ client: iam }, inPath), (page) => page.Roles);
  return Promise.all(
    Roles.map(async ({ RoleName = '' }) => {
      const document = await policyOf(iam, RoleName);
      return `role ${RoleName} ${document.startsWith('%') ? decodeURIComponent(document) : document}`;
    }),
  );
}

async function policyOf(iam: IAMClient, RoleName: string): Promise<string> {
  try {
    return (await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'apigen' }))).PolicyDocument ?? '';
  } catch (error) {
    // Somebody's hands, or a run that was cut off between role and policy.
    if (error instanceof Error && error.name === 'NoSuchEntityException') return '(no policy)';
    throw error;
  }
}

async function logGroups(logs: CloudWatchLogsClient, prefix: string): Promise<readonly string[]> {
  const { logGroups: groups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/${prefix}` }),
  );
  return groups.map(({ logGroupName, retentionInDays }) => `log group ${logGroupName} ${retentionInDays}`);
}

async function restApis(gateway: APIGatewayClient, prefix: string): Promise<readonly string[]> {
  const { items = [] } = await gateway.send(new GetRestApisCommand({ limit: 500 }));
  const mine = items.filter(({ name = '' }) => name.startsWith(prefix));
  return Promise.all(
    mine.map(async ({ id: restApiId, name }) => {
      const [resources, deployments, stages, authorizers] = await Promise.all([
        gateway.send(new GetResourcesCommand({ restApiId, embed: ['methods'], limit: 500 })),
        gateway.send(new GetDeploymentsCommand({ restApiId, limit: 500 })),
        gateway.send(new GetStagesCommand({ restApiId })),
        gateway.send(new GetAuthorizersCommand({ restApiId, limit: 500 })),
      ]);
      const callers = (authorizers.items ?? []).map((item) => `${item.name} ${item.type}`).sort();
      const order = byAge(deployments.items ?? [], (item) => item.createdDate).map(({ id }) => id);
      const routes = (resources.items ?? []).flatMap(({ path, resourceMethods = {} }) =>
        Object.entries(resourceMethods).map(
          ([verb, method]) => `${verb} ${path} ${method.methodIntegration?.type} ${method.authorizationType}`,
        ),
      );
      const served = (stages.item ?? []).map((stage) => `${stage.stageName}→${order.indexOf(stage.deploymentId)}`);
      return `REST API ${name} routes ${routes.sort().join()} authorizers ${callers.join()} deployments ${order.length} stages ${served.join()}`;
    }),
  );
}

/** Which deployment a stage points at is told by its place in time: its hash holds the project's name. */
const byAge = <T>(items: readonly T[], created: (item: T) => Date | undefined): readonly T[] =>
  [...items].sort((a, b) => (created(a)?.getTime() ?? 0) - (created(b)?.getTime() ?? 0));

async function httpApis(gateway: v2.ApiGatewayV2Client, prefix: string): Promise<readonly string[]> {
  const { Items = [] } = await gateway.send(new v2.GetApisCommand({ MaxResults: '500' }));
  const mine = Items.filter(({ Name = '' }) => Name.startsWith(prefix));
  return Promise.all(
    mine.map(async ({ ApiId, Name }) => {
      const [routes, integrations, deployments, stages, authorizers] = await Promise.all([
        gateway.send(new v2.GetRoutesCommand({ ApiId })),
        gateway.send(new v2.GetIntegrationsCommand({ ApiId })),
        gateway.send(new v2.GetDeploymentsCommand({ ApiId })),
        gateway.send(new v2.GetStagesCommand({ ApiId })),
        gateway.send(new v2.GetAuthorizersCommand({ ApiId })),
      ]);
      const callers = (authorizers.Items ?? []).map((item) => `${item.Name} ${item.AuthorizerType}`).sort();
      const order = byAge(deployments.Items ?? [], (item) => item.CreatedDate).map((item) => item.DeploymentId);
      const keys = (routes.Items ?? []).map((route) => `${route.RouteKey} ${route.AuthorizationType ?? 'NONE'}`).sort();
      const served = (stages.Items ?? []).map((stage) => `${stage.StageName}→${order.indexOf(stage.DeploymentId)}`);
      return `HTTP API ${Name} routes ${keys.join()} authorizers ${callers.join()} integrations ${integrations.Items?.length} deployments ${order.length} stages ${served.join()}`;
    }),
  );
}

async function tablesOf(dynamodb: DynamoDBClient, prefix: string): Promise<Record<string, string>> {
  const TableNames = await everyPage(paginateListTables({ client: dynamodb }, {}), (page) => page.TableNames);
  const mine = TableNames.filter((name) => name.startsWith(prefix));
  const ids = mine.map(async (TableName) => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    return [TableName, Table?.TableId ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(ids));
}

// What is left of a project after it is destroyed: every service that apigen makes anything in, asked by the SDK with
// nothing but the project's name. Apigen's own ledger and kinds are never asked.

import * as v1 from '@aws-sdk/client-api-gateway';
import * as v2 from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { LambdaClient, paginateListEventSourceMappings, paginateListFunctions } from '@aws-sdk/client-lambda';
import { paginateListSubscriptions, paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { paginateListQueues, SQSClient } from '@aws-sdk/client-sqs';
import { everyPage } from './every-page.ts';

/** @param project a name that no other project's holds. @returns lines like `function shop-dev-hello`, sorted */
export async function leftoversOf(endpoint: string, project: string): Promise<readonly string[]> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const settings = { endpoint, region: 'eu-west-1', credentials };
  const rest = new v1.APIGatewayClient(settings);
  const http = new v2.ApiGatewayV2Client(settings);
  const lambda = new LambdaClient(settings);
  const others = {
    iam: new IAMClient(settings),
    logs: new CloudWatchLogsClient(settings),
    dynamodb: new DynamoDBClient(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
    alarms: new CloudWatchClient(settings),
    events: new EventBridgeClient(settings),
  };
  const { iam, logs, dynamodb, sns, sqs, alarms, events } = others;
  const found: Readonly<Record<string, Promise<readonly unknown[]>>> = {
    'REST API': everyPage(v1.paginateGetRestApis({ client: rest }, {}), ({ items }) => items?.map(({ name }) => name)),
    'usage plan': everyPage(v1.paginateGetUsagePlans({ client: rest }, {}), ({ items }) =>
      items?.map(({ name }) => name),
    ),
    'API key': everyPage(v1.paginateGetApiKeys({ client: rest }, {}), ({ items }) => items?.map(({ tags }) => tags)),
    'VPC link of REST APIs': orNone(
      everyPage(v1.paginateGetVpcLinks({ client: rest }, {}), ({ items }) => items?.map(({ name }) => name)),
    ),
    'VPC link': orNone(http.send(new v2.GetVpcLinksCommand({})).then(({ Items = [] }) => Items.map((l) => l.Name))),
    'domain of REST APIs': everyPage(v1.paginateGetDomainNames({ client: rest }, {}), ({ items }) =>
      items?.map(({ domainName }) => domainName),
    ),
    API: http.send(new v2.GetApisCommand({ MaxResults: '500' })).then(({ Items = [] }) => Items.map((api) => api.Name)),
    domain: http.send(new v2.GetDomainNamesCommand({})).then(({ Items = [] }) => Items.map((item) => item.DomainName)),
    function: everyPage(paginateListFunctions({ client: lambda }, {}), ({ Functions }) =>
      Functions?.map(({ FunctionName }) => FunctionName),
    ),
    'event source': everyPage(paginateListEventSourceMappings({ client: lambda }, {}), ({ EventSourceMappings }) =>
      EventSourceMappings?.map(({ FunctionArn }) => FunctionArn),
    ),
    role: everyPage(paginateListRoles({ client: iam }, {}), ({ Roles }) => Roles?.map(({ RoleName }) => RoleName)),
    'log group': everyPage(paginateDescribeLogGroups({ client: logs }, {}), ({ logGroups }) =>
      logGroups?.map(({ logGroupName }) => logGroupName),
    ),
    table: everyPage(paginateListTables({ client: dynamodb }, {}), ({ TableNames }) => TableNames),
    topic: everyPage(paginateListTopics({ client: sns }, {}), ({ Topics }) => Topics?.map(({ TopicArn }) => TopicArn)),
    subscription: everyPage(paginateListSubscriptions({ client: sns }, {}), ({ Subscriptions }) =>
      Subscriptions?.map(({ Endpoint }) => Endpoint),
    ),
    queue: everyPage(paginateListQueues({ client: sqs }, {}), ({ QueueUrls }) => QueueUrls),
    alarm: everyPage(paginateDescribeAlarms({ client: alarms }, {}), ({ MetricAlarms }) =>
      MetricAlarms?.map(({ AlarmName }) => AlarmName),
    ),
    rule: events.send(new ListRulesCommand({ NamePrefix: project })).then(({ Rules = [] }) => Rules.map((r) => r.Name)),
  };
  try {
    const lines = await Promise.all(
      Object.entries(found).map(async ([what, names]) =>
        (await names)
          .map((name) => (typeof name === 'string' ? name : JSON.stringify(name ?? '')))
          .filter((name) => name.includes(project))
          .map((name) => `${what} ${name}`),
      ),
    );
    return lines.flat().sort();
  } finally {
    for (const client of [rest, http, lambda, ...Object.values(others)]) client.destroy();
  }
}

/** An emulator that knows no VPC links has none. */
async function orNone(names: Promise<readonly unknown[]>): Promise<readonly unknown[]> {
  try {
    return await names;
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return [];
    throw error;
  }
}

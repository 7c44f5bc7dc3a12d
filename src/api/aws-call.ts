// `aws:` on REST and WebSocket APIs: any action of any service, in the form that its protocol wants.

import type { AwsTarget } from '../project/project.ts';
import { namedResource, serviceOf } from '../project/service-actions.ts';
import { type ApiContext, arnOf, arnOfTopic } from './build-context.ts';
import type { IntegrationStatement, StringMap } from './definition.ts';
import { parameterOf, TemplateWriter } from './expression.ts';
import {
  arnOfQueue,
  FORM,
  formOf,
  JSON_TYPE,
  queuePath,
  queueUrl,
  type ServiceCall,
  type Side,
  serviceUri,
  templatesOf,
} from './service-call.ts';

/** Services whose actions take form fields; the others take JSON. */
const QUERY_SERVICES: readonly string[] = ['sns', 'sqs', 'sts', 'iam', 'autoscaling', 'rds', 'monitoring'];
/** Services that API Gateway does not set X-Amz-Target for. */
const TARGETS: Readonly<Record<string, readonly [string, string]>> = {
  events: ['AWSEvents', '1.1'],
  firehose: ['Firehose_20150804', '1.1'],
  logs: ['Logs_20140328', '1.1'],
  ssm: ['AmazonSSM', '1.1'],
};

/** Any action of any service. */
export function awsCall(context: ApiContext, aws: AwsTarget, routeMethod: string, side: Side): ServiceCall {
  const service = serviceOf(aws.service);
  const statements = [
    { actions: aws.actions ?? [`${iamPrefix(service)}:${aws.action}`], resources: resourcesOf(context, aws) },
  ];
  const headers = Object.fromEntries(
    Object.entries(aws.headers ?? {}).map(([name, value]) => [
      `integration.request.header.${name}`,
      parameterOf(value, side),
    ]),
  );
  if (aws.action === undefined) return pathCall(context, aws, routeMethod, side, headers, statements);
  const written = templatesOf(aws.template);
  const common = { httpMethod: aws.method ?? 'POST', statements };
  if (QUERY_SERVICES.includes(service)) {
    const queue = service === 'sqs' ? fixedQueue(context, aws) : undefined;
    const write = new TemplateWriter();
    const parameters = { Action: aws.action, ...aws.parameters };
    const fields = flatten(queue === undefined ? parameters : { ...parameters, QueueUrl: undefined }, service);
    return {
      ...common,
      uri: serviceUri(context, aws.service, queue === undefined ? 'path//' : queuePath(queue)),
      requestParameters: { ...FORM, ...headers },
      templates: written ?? { [JSON_TYPE]: write.finish(formOf(write, fields)) },
    };
  }
  const write = new TemplateWriter();
  const target = TARGETS[service];
  return {
    ...common,
    uri: serviceUri(context, aws.service, `action/${aws.action}`),
    requestParameters: {
      ...(target && {
        'integration.request.header.X-Amz-Target': `'${target[0]}.${aws.action}'`,
        'integration.request.header.Content-Type': `'application/x-amz-json-${target[1]}'`,
      }),
      ...headers,
    },
    templates: written ?? { [JSON_TYPE]: write.finish(write.json(physical(context, service, aws.parameters ?? {}))) },
  };
}

function pathCall(
  context: ApiContext,
  aws: AwsTarget,
  routeMethod: string,
  side: Side,
  headers: StringMap,
  statements: readonly IntegrationStatement[],
): ServiceCall {
  const parameters = Object.entries(aws.parameters ?? {}).map(([key, value]) => [
    `integration.request.${key.replace(/^query\./, 'querystring.')}`,
    parameterOf(typeof value === 'string' ? value : JSON.stringify(value), side),
  ]);
  return {
    uri: serviceUri(context, aws.service, `path/${(aws.path ?? '').replace(/^\//, '')}`),
    httpMethod: aws.method ?? (routeMethod === 'ANY' ? 'POST' : routeMethod),
    requestParameters: { ...Object.fromEntries(parameters), ...headers },
    templates: templatesOf(aws.template),
    statements,
  };
}

/** IAM's name of a service where its endpoint has another. */
function iamPrefix(service: string): string {
  const last = service.split('.').at(-1) ?? service;
  return { monitoring: 'cloudwatch', email: 'ses' }[last] ?? last;
}

/** The ARNs that the action is allowed on. */
export function resourcesOf(context: ApiContext, aws: AwsTarget): readonly string[] {
  if (aws.resources !== undefined) return aws.resources;
  const named = namedResource(aws.service, aws.parameters ?? {});
  if (named.type === 'arn') return [named.arn];
  if (named.type === 'unclear') return nameOfProject(context, aws.service, named.value);
  if (named.type !== 'local') return [];
  if (named.service === 'sqs') {
    const [, host, account] = /^https?:\/\/([^/]+)\/(\d{12})\//.exec(named.value) ?? [];
    const region = host?.split('.')[1] ?? context.project.region;
    return [`arn:${context.place.partition}:sqs:${region}:${account}:${named.resource}`];
  }
  const table = named.service === 'dynamodb' ? tableOf(context, named.value) : undefined;
  return [arnOf(context, named.service, table === undefined ? named.resource : `table/${table}`)];
}

/** A queue or topic of the project by its name. */
function nameOfProject(context: ApiContext, service: string, name: string): readonly string[] {
  if (service === 'sqs' && context.project.queues?.[name] !== undefined) return [arnOfQueue(context, name)];
  if (service === 'sns' && context.project.topics?.[name] !== undefined) return [arnOfTopic(context, name)];
  return [];
}

function fixedQueue(context: ApiContext, aws: AwsTarget): string | undefined {
  const [arn] = resourcesOf(context, { ...aws, resources: undefined } as unknown as AwsTarget);
  return arn;
}

/** The physical table of a model's name. */
const tableOf = ({ sources }: ApiContext, model: string): string | undefined =>
  sources.models?.[model]?.table.tableName;

/** Names of the project's models, topics and queues as AWS knows them. */
export function physical(
  context: ApiContext,
  service: string,
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const rename = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    if (name === 'TableName') return tableOf(context, value) ?? value;
    if (name === 'TopicArn') return arnOfTopic(context, value);
    if (name !== 'QueueUrl' || context.project.queues?.[value] === undefined) return value;
    return queueUrl(context, arnOfQueue(context, value));
  };
  const nested = service === 'dynamodb' || service === 'sqs' || service === 'sns';
  if (!nested) return parameters;
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, rename(name, value)]));
}

/** Nested parameters as the query protocol writes them; SQS numbers lists without `member`. */
function flatten(value: Readonly<Record<string, unknown>>, service: string): [string, string][] {
  const visit = (name: string, item: unknown): [string, string][] => {
    if (item === undefined || item === null) return [];
    if (Array.isArray(item)) {
      const step = service === 'sqs' ? '' : 'member.';
      return item.flatMap((one, index) => visit(`${name}.${step}${index + 1}`, one));
    }
    if (typeof item === 'object') return Object.entries(item).flatMap(([key, one]) => visit(`${name}.${key}`, one));
    return [[name, String(item)]];
  };
  return Object.entries(value).flatMap(([name, item]) => visit(name, item));
}

// Topics and queues as targets of routes of REST and WebSocket APIs: the address, the call as a mapping template, and
// what the API's role must be allowed.

import type { SnsTarget, SqsTarget } from '../project/project.ts';
import { queueArn } from '../project/resource-names.ts';
import { type ApiContext, arnOfTopic } from './build-context.ts';
import type { IntegrationStatement, StringMap } from './definition.ts';
import { TemplateWriter } from './expression.ts';

/** A call of a service, as both REST and WebSocket integrations carry it. */
export interface ServiceCall {
  readonly uri: string;
  readonly httpMethod: string;
  /** `integration.request.header.X` → parameter. */
  readonly requestParameters: StringMap;
  /** Content type → template; none: the body as it comes. */
  readonly templates: StringMap | undefined;
  readonly statements: readonly IntegrationStatement[];
  /** What is answered instead of the service's own answer, by default. */
  readonly answer?: string;
}

export type Side = 'method' | 'route';

export const JSON_TYPE = 'application/json';
/** Of calls whose body is a form. */
export const FORM = { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" };

/** `arn:aws:apigateway:eu-west-1:sqs:path/…`. */
export function serviceUri({ project, place }: ApiContext, service: string, rest: string): string {
  return `arn:${place.partition}:apigateway:${project.region}:${service}:${rest}`;
}

/** Publishes to a topic. */
export function snsCall(context: ApiContext, sns: SnsTarget): ServiceCall {
  const topic = arnOfTopic(context, sns.topic);
  const write = new TemplateWriter();
  const fields: [string, string][] = [
    ['Action', 'Publish'],
    ['TopicArn', topic],
    ['Message', sns.message ?? '$request.body'],
    ...optional('Subject', sns.subject),
    ...fifoFields(sns),
    ...attributeFields('MessageAttributes.entry', sns.attributes),
  ];
  return {
    uri: serviceUri(context, 'sns', 'path//'),
    httpMethod: 'POST',
    requestParameters: FORM,
    templates: { [JSON_TYPE]: write.finish(formOf(write, fields)) },
    statements: [{ actions: ['sns:Publish'], resources: [topic] }],
    answer: '{"messageId":"$input.path(\'$.PublishResponse.PublishResult.MessageId\')"}',
  };
}

/** Sends to a queue. */
export function sqsCall(context: ApiContext, sqs: SqsTarget): ServiceCall {
  const arn = arnOfQueue(context, sqs.queue);
  const write = new TemplateWriter();
  const fields: [string, string][] = [
    ['Action', 'SendMessage'],
    ['MessageBody', sqs.message ?? '$request.body'],
    ...optional('DelaySeconds', sqs.delay === undefined ? undefined : String(sqs.delay)),
    ...fifoFields(sqs),
    ...attributeFields('MessageAttribute', sqs.attributes),
  ];
  return {
    uri: serviceUri(context, 'sqs', queuePath(arn)),
    httpMethod: 'POST',
    requestParameters: FORM,
    templates: { [JSON_TYPE]: write.finish(formOf(write, fields)) },
    statements: [{ actions: ['sqs:SendMessage'], resources: [arn] }],
    answer: '{"messageId":"$input.path(\'$.SendMessageResponse.SendMessageResult.MessageId\')"}',
  };
}

/** The ARN of a queue, by its name or as written. */
export function arnOfQueue({ project, place }: ApiContext, name: string): string {
  const queue = project.queues?.[name];
  return queue === undefined ? name : queueArn(project, queue, place);
}

/** `https://sqs.eu-west-1.amazonaws.com/123456789012/shop-dev-jobs`. */
export function queueUrl({ place }: ApiContext, arn: string): string {
  const [, , , region, account, name] = arn.split(':');
  const suffix = place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://sqs.${region}.${suffix}/${account}/${name}`;
}

export function queuePath(arn: string): string {
  const [, , , , account, name] = arn.split(':');
  return `path/${account}/${name}`;
}

/** One template is for application/json. */
export function templatesOf(written: string | Readonly<Record<string, string>> | undefined): StringMap | undefined {
  return typeof written === 'string' ? { [JSON_TYPE]: written } : written;
}

/** Fields of `application/x-www-form-urlencoded`, as a template. */
export function formOf(write: TemplateWriter, fields: readonly (readonly [string, string])[]): string {
  return fields.map(([name, value]) => `${name}=${write.form(value)}`).join('&');
}

const optional = (name: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[name, value]];

const fifoFields = (target: { groupId?: string; deduplicationId?: string }): [string, string][] => [
  ...optional('MessageGroupId', target.groupId),
  ...optional('MessageDeduplicationId', target.deduplicationId),
];

function attributeFields(prefix: string, attributes: StringMap | undefined): [string, string][] {
  return Object.entries(attributes ?? {}).flatMap(([name, value], index): [string, string][] => {
    const at = `${prefix}.${index + 1}`;
    return [
      [`${at}.Name`, name],
      [`${at}.Value.DataType`, 'String'],
      [`${at}.Value.StringValue`, value],
    ];
  });
}

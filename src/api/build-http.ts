// An HTTP API of the project in AWS's terms.

import type { CorsDeclaration, Mapping, RouteDeclaration, SqsTarget } from '../project/project.ts';
import { httpAction } from '../project/service-actions.ts';
import { physical, resourcesOf } from './aws-call.ts';
import { bodySchema } from './body-schema.ts';
import { httpAuthorization, httpAuthorizers } from './build-authorizers.ts';
import type { ApiContext } from './build-context.ts';
import { buildCommon, throttleOf } from './build-stage.ts';
import type {
  HttpApiDefinition,
  HttpCors,
  HttpIntegration,
  HttpRoute,
  IntegrationStatement,
  RequestValidation,
  StringMap,
} from './definition.ts';
import { httpExpression } from './expression.ts';
import { arnOfQueue, queueUrl } from './service-call.ts';

interface HttpTarget {
  readonly integration: HttpIntegration;
  readonly statements: readonly IntegrationStatement[];
}

export function buildHttp(context: ApiContext): HttpApiDefinition {
  const { api } = context;
  const targets = api.routes.flatMap((route) => {
    const target = httpTarget(context, route);
    return target === undefined ? [] : [{ route, target }];
  });
  return {
    // `$default` serves without a stage in the path.
    ...buildCommon(
      context,
      '$default',
      targets.flatMap(({ target }) => target.statements),
    ),
    type: 'http',
    ...(api.cors && { cors: httpCors(api.cors) }),
    authorizers: httpAuthorizers(context),
    routes: targets.map(({ route, target }) => httpRoute(context, route, target)),
  };
}

function httpRoute(context: ApiContext, route: RouteDeclaration, { integration }: HttpTarget): HttpRoute {
  const validation = validationOf(context, route);
  return {
    routeKey: route.key,
    authorization: httpAuthorization(context, route.auth),
    integration,
    ...(route.throttle && { throttle: throttleOf(route.throttle) }),
    ...(validation && { validation }),
  };
}

function validationOf({ sources }: ApiContext, route: RouteDeclaration): RequestValidation | undefined {
  const parameters = (route.parameters ?? []).filter(({ required }) => required);
  const body = route.body === undefined ? undefined : bodySchema(route, route.body, sources);
  if (parameters.length === 0 && body === undefined) return undefined;
  return {
    ...(parameters.length > 0 && { parameters: parameters.map((one) => ({ in: one.in, name: one.name })) }),
    ...(body && { body }),
  };
}

/** `check` refuses what an HTTP API does not have. */
function httpTarget(context: ApiContext, route: RouteDeclaration): HttpTarget | undefined {
  const { target } = route;
  const timeout = target.timeout === undefined ? {} : { timeoutInMillis: target.timeout * 1000 };
  switch (target.type) {
    case 'function':
      return {
        integration: {
          type: 'AWS_PROXY',
          function: target.function,
          payloadFormatVersion: route.payload ?? '2.0',
          ...mappingOf(target.mapping),
        },
        statements: [],
      };
    case 'url':
      return {
        integration: {
          type: 'HTTP_PROXY',
          uri: target.url.replace(/\{([\w.$:-]+)\+\}/g, '{$1}'),
          httpMethod: target.method ?? route.method,
          ...timeout,
          ...(target.vpcLink !== undefined && { vpcLink: target.vpcLink }),
          ...(target.tlsName !== undefined && { tlsServerName: target.tlsName }),
          ...mappingOf(target.mapping),
        },
        statements: [],
      };
    case 'sqs':
      return sqsTarget(context, target.sqs, timeout);
    case 'aws': {
      const { aws } = target;
      const action = aws.action === undefined ? undefined : httpAction(aws.service, aws.action);
      if (action === undefined) return undefined;
      const service = action.subtype.startsWith('SQS') ? 'sqs' : aws.service;
      const parameters = Object.entries(physical(context, service, aws.parameters ?? {}));
      return {
        integration: {
          type: 'AWS_PROXY',
          subtype: action.subtype,
          requestParameters: Object.fromEntries(parameters.map(([name, value]) => [name, textOf(value)])),
          ...timeout,
        },
        statements: [
          {
            actions: aws.actions ?? [`${SERVICE[action.subtype.split('-')[0] ?? ''] ?? aws.service}:${aws.action}`],
            resources: resourcesOf(context, aws),
          },
        ],
      };
    }
    case 'mock':
    case 'sns':
    case 'dynamodb':
      return undefined;
  }
}

/** IAM's names of the services in subtypes. */
const SERVICE: StringMap = {
  EventBridge: 'events',
  SQS: 'sqs',
  AppConfig: 'appconfig',
  Kinesis: 'kinesis',
  StepFunctions: 'states',
};

function sqsTarget(context: ApiContext, sqs: SqsTarget, timeout: { timeoutInMillis?: number }): HttpTarget {
  const arn = arnOfQueue(context, sqs.queue);
  const attributes = Object.entries(sqs.attributes ?? {}).map(([name, value]) => [
    name,
    { DataType: 'String', StringValue: httpExpression(value).replace(/^\$(?!\{)(.+)$/s, '$${$1}') },
  ]);
  return {
    integration: {
      type: 'AWS_PROXY',
      subtype: 'SQS-SendMessage',
      requestParameters: {
        QueueUrl: queueUrl(context, arn),
        MessageBody: httpExpression(sqs.message ?? '$request.body'),
        ...(sqs.delay !== undefined && { DelaySeconds: String(sqs.delay) }),
        ...(sqs.groupId !== undefined && { MessageGroupId: httpExpression(sqs.groupId) }),
        ...(sqs.deduplicationId !== undefined && { MessageDeduplicationId: httpExpression(sqs.deduplicationId) }),
        ...(attributes.length > 0 && { MessageAttributes: JSON.stringify(Object.fromEntries(attributes)) }),
      },
      ...timeout,
    },
    statements: [{ actions: ['sqs:SendMessage'], resources: [arn] }],
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? httpExpression(value) : JSON.stringify(value));

/** `header.X` → `overwrite:header.X`; AWS's own keys stand as they are. */
function mappingOf(mapping: Mapping | undefined): Pick<HttpIntegration, 'requestParameters' | 'responseParameters'> {
  const request = Object.entries(mapping?.parameters ?? {}).map(([key, value]) => [
    mappingKey(key),
    httpExpression(value),
  ]);
  const responses = Object.entries(mapping?.responses ?? {}).map(([status, { headers = {} }]) => [
    status,
    Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [mappingKey(`header.${name}`), httpExpression(value)]),
    ),
  ]);
  return {
    ...(request.length > 0 && { requestParameters: Object.fromEntries(request) }),
    ...(responses.length > 0 && { responseParameters: Object.fromEntries(responses) }),
  };
}

function mappingKey(key: string): string {
  if (/^(?:append|overwrite|remove):/.test(key)) return key;
  return `overwrite:${key.replace(/^query\./, 'querystring.')}`;
}

function httpCors(cors: CorsDeclaration): HttpCors {
  return {
    allowOrigins: cors.origins,
    allowMethods: cors.methods,
    allowHeaders: cors.headers,
    exposeHeaders: cors.exposeHeaders,
    ...(cors.maxAge !== undefined && { maxAge: cors.maxAge }),
    allowCredentials: cors.credentials,
  };
}

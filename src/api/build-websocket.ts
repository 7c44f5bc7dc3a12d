// A WebSocket API of the project in AWS's terms.

import type { RouteDeclaration } from '../project/project.ts';
import { awsCall } from './aws-call.ts';
import { bodySchema } from './body-schema.ts';
import { socketAuthorization, socketAuthorizers } from './build-authorizers.ts';
import type { ApiContext } from './build-context.ts';
import { buildCommon, throttleOf } from './build-stage.ts';
import type {
  IntegrationStatement,
  JsonSchema,
  WebSocketApiDefinition,
  WebSocketIntegration,
  WebSocketIntegrationResponse,
  WebSocketRoute,
} from './definition.ts';
import { dynamodbCall } from './dynamodb-call.ts';
import { literalTemplate } from './literal-template.ts';
import { type ServiceCall, snsCall, sqsCall } from './service-call.ts';

interface SocketTarget {
  readonly integration: WebSocketIntegration;
  readonly statements: readonly IntegrationStatement[];
}

export function buildWebSocket(context: ApiContext): WebSocketApiDefinition {
  const { api, project } = context;
  const models: Record<string, JsonSchema> = {};
  const targets = api.routes.map((route) => ({ route, target: socketTarget(context, route) }));
  const routes = targets.map(({ route, target }) => socketRoute(context, route, target, models));
  return {
    ...buildCommon(
      context,
      project.stage.name,
      targets.flatMap(({ target }) => target.statements),
    ),
    type: 'websocket',
    routeSelectionExpression: api.selectionExpression ?? '$request.body.action',
    models,
    authorizers: socketAuthorizers(context),
    routes,
  };
}

function socketRoute(
  context: ApiContext,
  route: RouteDeclaration,
  { integration }: SocketTarget,
  models: Record<string, JsonSchema>,
): WebSocketRoute {
  const schema = route.body === undefined ? undefined : bodySchema(route, route.body, context.sources);
  const model = schema === undefined ? undefined : modelName(route.key, models);
  if (schema !== undefined && model !== undefined) {
    models[model] = { $schema: 'http://json-schema.org/draft-04/schema#', ...schema };
  }
  return {
    routeKey: route.key,
    authorization: socketAuthorization(route.auth),
    routeResponse: route.responds ?? false,
    ...(model !== undefined && { requestModel: model }),
    integration,
    ...(route.throttle && { throttle: throttleOf(route.throttle) }),
  };
}

/** Letters and digits alone. */
function modelName(key: string, models: Readonly<Record<string, JsonSchema>>): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = `${words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('')}Message`;
  let free = name;
  for (let count = 2; Object.hasOwn(models, free); count++) free = `${name}${count}`;
  return free;
}

function socketTarget(context: ApiContext, { target, method }: RouteDeclaration): SocketTarget {
  const timeout = target.timeout === undefined ? {} : { timeoutInMillis: target.timeout * 1000 };
  switch (target.type) {
    case 'function':
      return { integration: { type: 'AWS_PROXY', function: target.function }, statements: [] };
    case 'mock':
      return {
        integration: {
          type: 'MOCK',
          requestTemplates: { $default: JSON.stringify({ statusCode: target.status }) },
          templateSelectionExpression: '\\$default',
          ...(target.body !== undefined && { responses: [whatever(literalTemplate(target.body))] }),
        },
        statements: [],
      };
    case 'url': {
      const httpMethod = target.method === undefined || target.method === 'ANY' ? 'POST' : target.method;
      return { integration: { type: 'HTTP_PROXY', uri: target.url, httpMethod, ...timeout }, statements: [] };
    }
    case 'sns':
      return serviceTarget(snsCall(context, target.sns), timeout);
    case 'sqs':
      return serviceTarget(sqsCall(context, target.sqs), timeout);
    case 'dynamodb':
      return serviceTarget(dynamodbCall(context, target.dynamodb), timeout);
    case 'aws':
      return serviceTarget(awsCall(context, target.aws, method, 'route'), timeout);
  }
}

function serviceTarget(call: ServiceCall, timeout: { timeoutInMillis?: number }): SocketTarget {
  const template = Object.values(call.templates ?? {})[0];
  return {
    integration: {
      type: 'AWS',
      uri: call.uri,
      httpMethod: call.httpMethod,
      ...timeout,
      requestParameters: call.requestParameters,
      passthroughBehavior: template === undefined ? 'WHEN_NO_MATCH' : 'NEVER',
      ...(template !== undefined && {
        requestTemplates: { $default: template },
        templateSelectionExpression: '\\$default',
      }),
      responses: [whatever(call.answer)],
    },
    statements: call.statements,
  };
}

/** The answer to every status: by a template, or as it comes. */
function whatever(template: string | undefined): WebSocketIntegrationResponse {
  if (template === undefined) return { key: '$default' };
  return { key: '$default', responseTemplates: { $default: template }, templateSelectionExpression: '\\$default' };
}

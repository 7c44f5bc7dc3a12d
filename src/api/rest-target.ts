// What answers a route of a REST API: its integration and the method responses that a non-proxy one needs.

import type { Mapping, RouteDeclaration } from '../project/project.ts';
import { parameterOf as pathParameter } from '../project/route-key.ts';
import { awsCall } from './aws-call.ts';
import type { ApiContext } from './build-context.ts';
import type {
  IntegrationStatement,
  RestIntegration,
  RestIntegrationResponse,
  RestMethodResponse,
  StringMap,
} from './definition.ts';
import { dynamodbCall } from './dynamodb-call.ts';
import { isParameter, parameterOf } from './expression.ts';
import { literalTemplate } from './literal-template.ts';
import { JSON_TYPE, type ServiceCall, snsCall, sqsCall, templatesOf } from './service-call.ts';

export interface RestTarget {
  readonly integration: RestIntegration;
  readonly methodResponses: readonly RestMethodResponse[];
  readonly statements: readonly IntegrationStatement[];
}

type Answers = NonNullable<Mapping['responses']>;

/** A pattern that any error message matches: `.` does not match line ends. */
const ANY_ERROR = '(\\n|.)+';

/** What a service's answers become where the route does not say: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html */
const serviceAnswers = (template: string | undefined): Answers => ({
  200: template === undefined ? {} : { template },
  400: { pattern: '4\\d{2}' },
  500: { pattern: '5\\d{2}', template: '{"message":"Internal server error"}' },
});

/** The error of a function holds its stack trace, which is nobody's business. */
const FUNCTION_ANSWERS: Answers = {
  200: {},
  500: { pattern: ANY_ERROR, template: '{"message":"Internal server error"}' },
};

export function restTarget(context: ApiContext, route: RouteDeclaration): RestTarget {
  const { target } = route;
  const timeout = target.timeout === undefined ? {} : { timeoutInMillis: target.timeout * 1000 };
  const withoutRole = { methodResponses: [], statements: [] };
  switch (target.type) {
    case 'function': {
      if (target.mapping === undefined) {
        return { ...withoutRole, integration: { type: 'AWS_PROXY', function: target.function, httpMethod: 'POST' } };
      }
      const { responses, ...mapped } = mappingOf(target.mapping, target.mapping.responses ?? FUNCTION_ANSWERS);
      return {
        ...withoutRole,
        integration: { type: 'AWS', function: target.function, httpMethod: 'POST', ...mapped, responses },
        methodResponses: methodResponsesOf(responses),
      };
    }
    case 'mock':
      return { ...mockTarget(target.status, target.body, target.headers ?? {}), statements: [] };
    case 'url':
      return { ...urlTarget(route, target, timeout), statements: [] };
    case 'sns':
      return serviceTarget(snsCall(context, target.sns), undefined, timeout);
    case 'sqs':
      return serviceTarget(sqsCall(context, target.sqs), undefined, timeout);
    case 'dynamodb':
      return dynamodbTarget(context, target.dynamodb, timeout);
    case 'aws':
      return serviceTarget(awsCall(context, target.aws, route.method, 'method'), target.aws.responses, timeout);
  }
}

function dynamodbTarget(
  context: ApiContext,
  target: Parameters<typeof dynamodbCall>[1],
  timeout: { timeoutInMillis?: number },
): RestTarget {
  const call = dynamodbCall(context, target);
  const answers = { ...serviceAnswers(call.answer), 400: { pattern: '4\\d{2}', template: BAD_OR_CONFLICT } };
  return serviceTarget(call, answers, timeout);
}

/** DynamoDB says which 400 it is in `__type`. */
const BAD_OR_CONFLICT = [
  '#set($type = "$!input.path(\'$.__type\')")#if($type.contains("ConditionalCheckFailed"))',
  '#set($context.responseOverride.status = 409){"message":"Conflict"}#else{"message":"Bad Request"}#end',
].join('');

function mockTarget(
  status: number,
  body: unknown,
  headers: StringMap,
): Pick<RestTarget, 'integration' | 'methodResponses'> {
  const statusCode = String(status);
  const responseParameters = headerMappings(headers);
  return {
    integration: {
      type: 'MOCK',
      passthroughBehavior: 'WHEN_NO_MATCH',
      requestTemplates: { [JSON_TYPE]: JSON.stringify({ statusCode: status }) },
      responses: [
        {
          statusCode,
          selectionPattern: null,
          ...(Object.keys(headers).length > 0 && { responseParameters }),
          responseTemplates: { [JSON_TYPE]: literalTemplate(body) },
        },
      ],
    },
    methodResponses: [{ statusCode, responseParameters: declared(responseParameters), responseModels: {} }],
  };
}

function urlTarget(
  route: RouteDeclaration,
  target: Extract<RouteDeclaration['target'], { type: 'url' }>,
  timeout: { timeoutInMillis?: number },
): Pick<RestTarget, 'integration' | 'methodResponses'> {
  const { url, vpcLink, mapping } = target;
  const names = route.path.split('/').flatMap((segment) => pathParameter(segment) ?? []);
  const paths = Object.fromEntries(
    names
      .filter((name) => url.includes(`{${name}}`) || url.includes(`{${name}+}`))
      .map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
  );
  const common = {
    uri: url.replace(/\{([\w.$:-]+)\+\}/g, '{$1}'),
    httpMethod: target.method ?? route.method,
    ...timeout,
    ...(vpcLink !== undefined && { vpcLink }),
  };
  const proxied = mapping === undefined || (mapping.template === undefined && mapping.responses === undefined);
  if (proxied) {
    const requestParameters = { ...paths, ...requestMappings(mapping?.parameters ?? {}) };
    const some = Object.keys(requestParameters).length > 0;
    return { integration: { type: 'HTTP_PROXY', ...common, ...(some && { requestParameters }) }, methodResponses: [] };
  }
  const { responses, requestParameters, ...mapped } = mappingOf(mapping, mapping.responses ?? { 200: {} });
  return {
    integration: {
      type: 'HTTP',
      ...common,
      ...mapped,
      requestParameters: { ...paths, ...requestParameters },
      responses,
    },
    methodResponses: methodResponsesOf(responses),
  };
}

function serviceTarget(
  call: ServiceCall,
  answers: Answers | undefined,
  timeout: { timeoutInMillis?: number },
): RestTarget {
  const responses = responsesOf(answers ?? serviceAnswers(call.answer), 'status');
  return {
    integration: {
      type: 'AWS',
      uri: call.uri,
      httpMethod: call.httpMethod,
      ...timeout,
      // A body of another type would reach the service as it is, with the role of the API.
      passthroughBehavior: call.templates === undefined ? 'WHEN_NO_MATCH' : 'NEVER',
      requestParameters: call.requestParameters,
      ...(call.templates && { requestTemplates: call.templates }),
      responses,
    },
    methodResponses: methodResponsesOf(responses),
    statements: call.statements,
  };
}

function mappingOf(mapping: Mapping, answers: Answers) {
  const templates = templatesOf(mapping.template);
  return {
    passthroughBehavior: passthroughOf(mapping),
    requestParameters: requestMappings(mapping.parameters ?? {}),
    ...(templates && { requestTemplates: templates }),
    responses: responsesOf(answers, 'message'),
  };
}

function passthroughOf({ passthrough, template }: Mapping): 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER' {
  const word = passthrough ?? (template === undefined ? 'when_no_match' : 'never');
  return word.toUpperCase() as 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
}

/** `header.X` → `integration.request.header.X`. */
function requestMappings(parameters: StringMap): StringMap {
  return Object.fromEntries(
    Object.entries(parameters).map(([place, value]) => [
      `integration.request.${place.replace(/^query\./, 'querystring.')}`,
      parameterOf(value),
    ]),
  );
}

/** The first answer without a pattern is the default; others without one are chosen by their own status. */
function responsesOf(answers: Answers, by: 'status' | 'message'): readonly RestIntegrationResponse[] {
  const entries = Object.entries(answers);
  const first = entries.find(([, { pattern }]) => pattern === undefined)?.[0];
  return entries.map(([statusCode, { pattern, template, headers = {} }]) => {
    const own = by === 'status' ? statusCode : ANY_ERROR;
    return {
      statusCode,
      selectionPattern: pattern ?? (statusCode === first ? null : own),
      ...(Object.keys(headers).length > 0 && { responseParameters: headerMappings(headers) }),
      ...(template !== undefined && { responseTemplates: { [JSON_TYPE]: template } }),
    };
  });
}

function headerMappings(headers: StringMap): StringMap {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => isParameter(value))
      .map(([name, value]) => [`method.response.header.${name}`, parameterOf(value)]),
  );
}

/** A header must be declared by the method before an integration can set it. */
function declared(parameters: StringMap): Readonly<Record<string, boolean>> {
  return Object.fromEntries(Object.keys(parameters).map((name) => [name, false]));
}

export function methodResponsesOf(responses: readonly RestIntegrationResponse[]): readonly RestMethodResponse[] {
  return responses.map(({ statusCode, responseParameters = {} }) => ({
    statusCode,
    responseParameters: declared(responseParameters),
    responseModels: {},
  }));
}

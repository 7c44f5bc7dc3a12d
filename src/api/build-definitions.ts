// Project → api definitions, in AWS's own terms. What kinds deploy and what the local gateway serves both come from
// here, so that nothing of apigen.yml is interpreted twice.

import type { ApiDeclaration, CorsDeclaration, Project, RouteDeclaration } from '../project/project.ts';
import type { AccountPlace } from '../project/resource-names.ts';
import type {
  ApiDefinition,
  HttpApiDefinition,
  HttpCors,
  HttpRoute,
  RestApiDefinition,
  RestIntegration,
  RestRoute,
  StageSettings,
} from './definition.ts';

/**
 * The definition of every API of the project, by name, in file order.
 *
 * @param _place the account whose topics, queues and tables the definitions name
 */
export function buildDefinitions(project: Project, _place: AccountPlace): ReadonlyMap<string, ApiDefinition> {
  return new Map(
    Object.values(project.apis).map((api) => [api.name, api.type === 'rest' ? rest(api, project) : http(api)]),
  );
}

function common(api: ApiDeclaration, stageName: string) {
  const stage: StageSettings = {
    name: stageName,
    variables: api.stageVariables,
    ...(api.throttle && { throttle: { rateLimit: api.throttle.rate, burstLimit: api.throttle.burst } }),
  };
  return { name: api.name, ...(api.description !== undefined && { description: api.description }), stage };
}

function rest(api: ApiDeclaration, project: Project): RestApiDefinition {
  return {
    ...common(api, project.stage.name),
    type: 'rest',
    endpointType: 'REGIONAL',
    binaryMediaTypes: [],
    apiKeySource: 'HEADER',
    models: {},
    authorizers: {},
    gatewayResponses: {},
    routes: api.routes.map(restRoute),
  };
}

function restRoute(route: RouteDeclaration): RestRoute {
  return {
    method: route.method,
    path: route.path,
    authorization: { type: route.auth.type === 'iam' ? 'AWS_IAM' : 'NONE' },
    apiKeyRequired: false,
    requestParameters: {},
    requestModels: {},
    ...restTarget(route),
  };
}

function restTarget(route: RouteDeclaration): Pick<RestRoute, 'integration' | 'methodResponses'> {
  const { target } = route;
  if (target.type === 'function') {
    return {
      integration: { type: 'AWS_PROXY', function: target.function, httpMethod: 'POST' },
      methodResponses: [],
    };
  }
  const statusCode = String(target.status);
  const integration: RestIntegration = {
    type: 'MOCK',
    passthroughBehavior: 'WHEN_NO_MATCH',
    requestTemplates: { 'application/json': JSON.stringify({ statusCode: target.status }) },
    responses: [
      {
        statusCode,
        selectionPattern: null,
        responseTemplates: { 'application/json': literalTemplate(target.body) },
      },
    ],
  };
  return { integration, methodResponses: [{ statusCode, responseParameters: {}, responseModels: {} }] };
}

/** A body as a mapping template that renders to itself: `$` and `#` mean something in a template, so they are escaped. */
export function literalTemplate(body: unknown): string {
  if (body === undefined || body === null) return '';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  if (!/[$#]/.test(text)) return text;
  const reference = (name: string): string => `$\x7b${name}}`;
  const escaped = text.replace(/[$#]/g, (character) => reference(character === '$' ? 'D' : 'H'));
  return `#set($D = '$')#set($H = '#')${escaped}`;
}

function http(api: ApiDeclaration): HttpApiDefinition {
  return {
    // `$default` serves without a stage in the path.
    ...common(api, '$default'),
    type: 'http',
    ...(api.cors && { cors: httpCors(api.cors) }),
    authorizers: {},
    routes: api.routes.flatMap(httpRoute),
  };
}

function httpRoute(route: RouteDeclaration): readonly HttpRoute[] {
  // `check` refuses mocks on HTTP APIs; nothing else is without a function.
  if (route.target.type !== 'function') return [];
  return [
    {
      routeKey: route.path === '$default' ? '$default' : `${route.method} ${route.path}`,
      authorization: { type: route.auth.type === 'iam' ? 'AWS_IAM' : 'NONE' },
      integration: { type: 'AWS_PROXY', function: route.target.function, payloadFormatVersion: '2.0' },
    },
  ];
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

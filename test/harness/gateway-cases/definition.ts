// A case's `api` as an API definition of ours: the same fields with AWS's defaults filled in.

import type {
  ApiDefinition,
  ApiKey,
  HttpApiDefinition,
  RestApiDefinition,
  RestRoute,
  UsagePlan,
  WebSocketApiDefinition,
} from '../../../src/api/definition.ts';
import type { GatewayCase, Json, JsonObject } from './case-format.ts';
import { isRecord } from './matchers.ts';

export interface CaseDefinition {
  readonly definition: ApiDefinition;
  readonly apiKeys: readonly ApiKey[];
  readonly usagePlans: readonly UsagePlan[];
}

const KNOWN_KEYS = new Set(
  [
    'stage stageVariables binaryMediaTypes models apiKeys usagePlans apiKeySource authorizers gatewayResponses cors',
    'canary routes functions backends routeSelectionExpression throttle',
  ].flatMap((line) => line.split(' ')),
);

/** @throws Error for a key of `api` that the format does not know. */
export function definitionOf(given: GatewayCase): CaseDefinition {
  const { api } = given;
  const unknown = Object.keys(api).filter((key) => !KNOWN_KEYS.has(key));
  if (unknown.length > 0) throw new Error(`the case's api has unknown keys: ${unknown.join(', ')}`);
  const definition = given.gateway === 'rest' ? restOf(api) : given.gateway === 'http' ? httpOf(api) : webSocketOf(api);
  return {
    definition,
    apiKeys: as<ApiKey[]>(list(api['apiKeys'])).map((key) => ({ ...key, enabled: key.enabled ?? true })),
    usagePlans: as<UsagePlan[]>(list(api['usagePlans'])),
  };
}

function restOf(api: JsonObject): RestApiDefinition {
  return as<RestApiDefinition>({
    ...common(api),
    type: 'rest',
    endpointType: 'REGIONAL',
    binaryMediaTypes: list(api['binaryMediaTypes']),
    apiKeySource: api['apiKeySource'] ?? 'HEADER',
    models: object(api['models']),
    authorizers: mapValues(object(api['authorizers']), restAuthorizer),
    gatewayResponses: object(api['gatewayResponses']),
    routes: list(api['routes']).map(restRoute),
    ...(api['canary'] === undefined ? {} : { canary: canary(object(api['canary']), list(api['routes'])) }),
  });
}

function restRoute(given: Json): RestRoute {
  const route = object(given);
  return as<RestRoute>({
    authorization: { type: 'NONE' },
    apiKeyRequired: false,
    requestParameters: {},
    requestModels: {},
    methodResponses: [],
    ...route,
  });
}

// A canary that names no routes is a new share of the same deployment.
function canary(given: JsonObject, stageRoutes: Json[]): Json {
  return {
    percentTraffic: given['percentTraffic'] ?? 0,
    stageVariableOverrides: given['stageVariableOverrides'] ?? {},
    routes: as<Json>((given['routes'] === undefined ? stageRoutes : list(given['routes'])).map(restRoute)),
  };
}

function restAuthorizer(given: Json): Json {
  const authorizer = object(given);
  const source = authorizer['identitySource'];
  if (authorizer['type'] === 'COGNITO_USER_POOLS') {
    return {
      userPoolArns: [],
      identitySource: 'method.request.header.Authorization',
      issuers: authorizer['issuer'] === undefined ? [] : [authorizer['issuer']],
      ...authorizer,
    };
  }
  const sources = typeof source === 'string' ? source.split(',').map((part) => part.trim()) : source;
  return { ttl: 300, ...authorizer, ...(authorizer['type'] === 'REQUEST' ? { identitySource: sources ?? [] } : {}) };
}

function httpOf(api: JsonObject): HttpApiDefinition {
  const cors = api['cors'];
  return as<HttpApiDefinition>({
    ...common(api),
    type: 'http',
    authorizers: mapValues(object(api['authorizers']), (given) => {
      const authorizer = object(given);
      return authorizer['type'] === 'REQUEST'
        ? { payloadFormatVersion: '2.0', simpleResponses: false, ttl: 300, identitySource: [], ...authorizer }
        : { identitySource: '$request.header.Authorization', audience: [], ...authorizer };
    }),
    routes: list(api['routes']).map((given) => ({ authorization: { type: 'NONE' }, ...object(given) })),
    ...(cors === undefined
      ? {}
      : { cors: { allowOrigins: [], allowMethods: [], allowHeaders: [], exposeHeaders: [], ...object(cors) } }),
  });
}

function webSocketOf(api: JsonObject): WebSocketApiDefinition {
  return as<WebSocketApiDefinition>({
    ...common(api),
    type: 'websocket',
    routeSelectionExpression: api['routeSelectionExpression'] ?? '$request.body.action',
    models: object(api['models']),
    authorizers: mapValues(object(api['authorizers']), (given) => ({ ttl: 0, identitySource: [], ...object(given) })),
    routes: list(api['routes']).map((given) => {
      const route = object(given);
      const answered = route['routeResponse'] !== undefined && route['routeResponse'] !== false;
      return { authorization: { type: 'NONE' }, ...route, routeResponse: answered };
    }),
  });
}

function common(api: JsonObject): JsonObject {
  return {
    name: 'case',
    stage: {
      name: api['stage'] ?? 'dev',
      variables: object(api['stageVariables']),
      ...(api['throttle'] === undefined ? {} : { throttle: api['throttle'] }),
    },
  };
}

function mapValues(given: JsonObject, map: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, map(value)]));
}

function object(value: Json | undefined): JsonObject {
  return isRecord(value) ? (value as JsonObject) : {};
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

// A case is as wrong or right as its author made it: it is checked by running it, not by its types.
function as<T>(value: unknown): T {
  return value as T;
}

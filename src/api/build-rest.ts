// A REST API of the project in AWS's terms.

import type { ApiDeclaration, RouteDeclaration } from '../project/project.ts';
import { bodySchema } from './body-schema.ts';
import { restAuthorization, restAuthorizers } from './build-authorizers.ts';
import type { ApiContext } from './build-context.ts';
import { buildCommon, throttleOf } from './build-stage.ts';
import type {
  GatewayResponse,
  GatewayResponseType,
  JsonSchema,
  RestApiDefinition,
  RestRoute,
  UsagePlanDefinition,
} from './definition.ts';
import { parameterOf } from './expression.ts';
import { withErrorHeaders, withPreflights } from './rest-cors.ts';
import { type RestTarget, restTarget } from './rest-target.ts';
import { JSON_TYPE } from './service-call.ts';

export function buildRest(context: ApiContext): RestApiDefinition {
  const { api, project } = context;
  const models = new BodyModels();
  const targets = api.routes.map((route) => ({ route, target: restTarget(context, route) }));
  const routes = targets.map(({ route, target }) => restRoute(context, route, target, models));
  const responses = gatewayResponsesOf(api);
  return {
    ...buildCommon(
      context,
      project.stage.name,
      targets.flatMap(({ target }) => target.statements),
    ),
    type: 'rest',
    endpointType: api.endpoint === 'edge' ? 'EDGE' : 'REGIONAL',
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    ...(api.compressFrom !== undefined && { minimumCompressionSize: api.compressFrom }),
    apiKeySource: api.keySource === 'authorizer' ? 'AUTHORIZER' : 'HEADER',
    models: models.schemas,
    authorizers: restAuthorizers(context),
    gatewayResponses: api.cors === undefined ? responses : withErrorHeaders(responses, api.cors),
    routes: api.cors === undefined ? routes : withPreflights(routes, api.cors),
    ...(api.policy && { policy: policyOf(api.policy) }),
    ...(api.plans && { usagePlans: Object.values(api.plans).map(planOf) }),
  };
}

function restRoute(context: ApiContext, route: RouteDeclaration, target: RestTarget, models: BodyModels): RestRoute {
  const schema = route.body === undefined ? undefined : bodySchema(route, route.body, context.sources);
  const parameters = route.parameters ?? [];
  const validates = { body: schema !== undefined, parameters: parameters.some(({ required }) => required) };
  const keys = (route.cache?.by ?? []).map((one) => `method.request.${one.in}.${one.name}`);
  const pathKeys = route.cache === undefined ? [] : route.path.split('/').flatMap((one) => pathName(one));
  const cacheKeys = [...new Set([...pathKeys, ...keys])];
  return {
    method: route.method,
    path: route.path,
    authorization: restAuthorization(context, route.auth),
    apiKeyRequired: route.keyRequired ?? false,
    ...((validates.body || validates.parameters) && { validator: validates }),
    requestParameters: {
      ...Object.fromEntries([...mapped(target), ...cacheKeys].map((name) => [name, isPath(name)])),
      ...Object.fromEntries(parameters.map((one) => [`method.request.${one.in}.${one.name}`, one.required])),
    },
    requestModels: schema === undefined ? {} : { [JSON_TYPE]: models.nameOf(route, schema) },
    integration: cacheKeys.length > 0 ? { ...target.integration, cacheKeyParameters: cacheKeys } : target.integration,
    methodResponses: target.methodResponses,
    ...(route.throttle && { throttle: throttleOf(route.throttle) }),
    ...(route.cache && { cache: { ttl: route.cache.ttl } }),
  };
}

/** Items with one path must not be answered with another's: path parameters are part of the key. */
function pathName(segment: string): readonly string[] {
  const name = /^\{(.+?)\+?\}$/.exec(segment)?.[1];
  return name === undefined ? [] : [`method.request.path.${name}`];
}

const isPath = (name: string): boolean => name.startsWith('method.request.path.');

/** What an integration maps must be declared by its method. */
function mapped({ integration }: RestTarget): readonly string[] {
  return Object.values(integration.requestParameters ?? {}).filter((value) =>
    /^method\.request\.(?:path|querystring|header)\./.test(value),
  );
}

/** Models by their schema: routes that ask for the same share one. */
class BodyModels {
  readonly schemas: Record<string, JsonSchema> = {};
  readonly #names = new Map<string, string>();

  /** Letters and digits, after the first route that asks for it: `PostProducts`, `PatchProductsId`. */
  nameOf({ method, path }: RouteDeclaration, schema: JsonSchema): string {
    const text = JSON.stringify(schema);
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const words = `${method.toLowerCase()} ${path}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const name = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
    let free = name;
    for (let count = 2; Object.hasOwn(this.schemas, free); count++) free = `${name}${count}`;
    this.#names.set(text, free);
    this.schemas[free] = { $schema: 'http://json-schema.org/draft-04/schema#', ...schema };
    return free;
  }
}

function gatewayResponsesOf(api: ApiDeclaration): Readonly<Partial<Record<GatewayResponseType, GatewayResponse>>> {
  return Object.fromEntries(
    Object.entries(api.gatewayResponses ?? {}).map(([name, { status, headers = {}, template }]) => {
      const parameters = Object.entries(headers).map(([header, value]) => [
        `gatewayresponse.header.${header}`,
        parameterOf(value),
      ]);
      return [
        name,
        {
          ...(status !== undefined && { statusCode: String(status) }),
          ...(parameters.length > 0 && { responseParameters: Object.fromEntries(parameters) }),
          ...(template !== undefined && { responseTemplates: { [JSON_TYPE]: template } }),
        },
      ];
    }),
  );
}

function policyOf(statements: NonNullable<ApiDeclaration['policy']>): JsonSchema {
  return {
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ Action: 'execute-api:Invoke', Resource: 'execute-api:/*', ...one })),
  };
}

function planOf(plan: NonNullable<ApiDeclaration['plans']>[string]): UsagePlanDefinition {
  const throttles = Object.entries(plan.routes).map(([key, value]) => [key, throttleOf(value)]);
  return {
    name: plan.name,
    ...(plan.description !== undefined && { description: plan.description }),
    ...(plan.throttle && { throttle: throttleOf(plan.throttle) }),
    ...(plan.quota && { quota: plan.quota }),
    ...(throttles.length > 0 && { methodThrottles: Object.fromEntries(throttles) }),
  };
}

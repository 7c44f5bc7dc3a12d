// The content of a WebSocket API's definition node: its authorizers, models, integrations and routes, in the words of
// the kind that deploys them.

import type {
  WebSocketApiDefinition,
  WebSocketIntegration,
  WebSocketMapping,
  WebSocketRoute,
} from '../../../api/definition.ts';
import { equal } from '../../../engine/compare.ts';
import type { Json, Props } from '../../../engine/kind.ts';
import { plainIntegration, type V2IntegrationProps } from '../../../kinds/v2-integration.ts';
import { whateverKey } from '../../../kinds/v2-protocol.ts';
import { openRoute, type V2RouteProps } from '../../../kinds/v2-route.ts';
import type { GraphInput } from './graph-input.ts';
import { invocationUri } from './invocation.ts';
import { apiRoleArn } from './roles.ts';

export function websocketContent(input: GraphInput, definition: WebSocketApiDefinition): Props {
  const integrations: Record<string, V2IntegrationProps> = {};
  const routes: Record<string, V2RouteProps> = {};
  for (const route of definition.routes) {
    const props = integrationProps(input, definition, route.integration);
    const key = keyOf(input, definition, route, props);
    integrations[key] = props;
    routes[route.routeKey] = routeProps(route, key);
  }
  const authorizers = Object.entries(definition.authorizers).map(
    ([name, { type, function: logical, identitySource }]) => [
      name,
      { type, uri: invocationUri(input, logical), identitySource },
    ],
  );
  const models = Object.entries(definition.models).map(([name, schema]) => [name, { schema }]);
  return {
    authorizers: Object.fromEntries(authorizers),
    models: Object.fromEntries(models),
    integrations: integrations as unknown as Json,
    routes: routes as unknown as Json,
  };
}

/** Routes share the integration of a function that is called the usual way; any other belongs to its route. */
function keyOf(
  input: GraphInput,
  definition: WebSocketApiDefinition,
  { routeKey, integration }: WebSocketRoute,
  props: V2IntegrationProps,
): string {
  if (!('function' in integration)) return `route:${routeKey}`;
  const usual = integrationProps(input, definition, { type: 'AWS_PROXY', function: integration.function });
  return equal(props as unknown as Json, usual as unknown as Json)
    ? `function:${integration.function}`
    : `route:${routeKey}`;
}

function integrationProps(
  input: GraphInput,
  definition: WebSocketApiDefinition,
  integration: WebSocketIntegration,
): V2IntegrationProps {
  const { type, timeoutInMillis } = integration;
  const common = { ...plainIntegration('WEBSOCKET'), type, ...(timeoutInMillis !== undefined && { timeoutInMillis }) };
  switch (integration.type) {
    case 'AWS_PROXY':
      return { ...common, uri: invocationUri(input, integration.function) };
    case 'HTTP_PROXY':
      return {
        ...common,
        uri: integration.uri,
        method: integration.httpMethod,
        requestParameters: integration.requestParameters ?? {},
      };
    case 'MOCK':
      return { ...common, ...mappingProps(integration) };
    case 'HTTP':
      return { ...common, ...mappingProps(integration), uri: integration.uri, method: integration.httpMethod };
    case 'AWS':
      return {
        ...common,
        ...mappingProps(integration),
        uri: integration.uri,
        method: integration.httpMethod,
        credentials: apiRoleArn(input, definition),
      };
  }
}

function mappingProps(integration: WebSocketMapping): Partial<V2IntegrationProps> {
  return {
    requestParameters: integration.requestParameters ?? {},
    requestTemplates: integration.requestTemplates ?? {},
    templateSelectionExpression: integration.templateSelectionExpression ?? '',
    passthroughBehavior: integration.passthroughBehavior ?? 'WHEN_NO_MATCH',
    responses: responsesOf(integration.responses ?? []),
  };
}

type Responses = NonNullable<WebSocketMapping['responses']>;

/** A mapped integration without any response answers nothing but an error, on $connect too. */
function responsesOf(declared: Responses): V2IntegrationProps['responses'] {
  const all: Responses = declared.length > 0 ? declared : [{ key: whateverKey }];
  return Object.fromEntries(
    all.map(({ key, responseTemplates = {}, templateSelectionExpression = '' }) => [
      key,
      { responseTemplates, templateSelectionExpression },
    ]),
  );
}

function routeProps(route: WebSocketRoute, integration: string): V2RouteProps {
  const { authorization, requestModel = '', routeResponse } = route;
  return {
    ...openRoute(integration),
    authorizationType: authorization.type,
    ...('authorizer' in authorization && { authorizer: authorization.authorizer }),
    requestModel,
    responds: routeResponse,
  };
}

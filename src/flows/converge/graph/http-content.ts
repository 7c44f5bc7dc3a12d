// The content of an HTTP API's definition node: its authorizers, integrations and routes, in the words of the kind that
// deploys them.

import type { HttpApiDefinition, HttpAuthorizer, HttpIntegration, HttpRoute } from '../../../api/definition.ts';
import { equal } from '../../../engine/compare.ts';
import type { Json, Props } from '../../../engine/kind.ts';
import type { V2AuthorizerProps } from '../../../kinds/v2-authorizer.ts';
import { plainIntegration, type V2IntegrationProps } from '../../../kinds/v2-integration.ts';
import { openRoute, type V2RouteProps } from '../../../kinds/v2-route.ts';
import type { GraphInput } from './graph-input.ts';
import { aliasArn, invocationUri } from './invocation.ts';
import { apiRoleArn } from './roles.ts';
import { vpcLinkId } from './vpc-link-id.ts';

export function httpContent(input: GraphInput, definition: HttpApiDefinition): Props {
  const integrations: Record<string, Json> = {};
  const routes: Record<string, V2RouteProps> = {};
  for (const route of definition.routes) {
    const props = integrationProps(input, definition, route.integration);
    const key = keyOf(input, route, props);
    integrations[key] = props;
    routes[route.routeKey] = routeProps(route, key);
  }
  const authorizers = Object.entries(definition.authorizers).map(([name, authorizer]) => [
    name,
    authorizerProps(input, authorizer),
  ]);
  return { authorizers: Object.fromEntries(authorizers), integrations, routes: routes as unknown as Json };
}

/** Routes share the integration of a function that is called the usual way; any other belongs to its route. */
function keyOf(input: GraphInput, { routeKey, integration }: HttpRoute, props: Json): string {
  if (!('function' in integration)) return `route:${routeKey}`;
  const usual = functionProps(input, {
    type: 'AWS_PROXY',
    function: integration.function,
    payloadFormatVersion: '2.0',
  });
  return equal(props, usual as unknown as Json) ? `function:${integration.function}` : `route:${routeKey}`;
}

function integrationProps(input: GraphInput, definition: HttpApiDefinition, integration: HttpIntegration): Json {
  if ('function' in integration) return functionProps(input, integration) as unknown as Json;
  const common = { ...plainIntegration('HTTP'), ...mappingOf(integration), type: integration.type } as unknown as Props;
  if ('subtype' in integration) {
    const credentials = integration.credentials ?? apiRoleArn(input, definition);
    return { ...common, subtype: integration.subtype, credentials };
  }
  const { uri, httpMethod: method, vpcLink, tlsServerName = '' } = integration;
  const connectionId = vpcLink === undefined ? '' : vpcLinkId(input, vpcLink);
  return { ...common, uri, method, connectionId, tlsServerName };
}

function functionProps(
  input: GraphInput,
  integration: Extract<HttpIntegration, { function: string }>,
): V2IntegrationProps {
  return {
    ...plainIntegration('HTTP'),
    ...mappingOf(integration),
    type: integration.type,
    uri: aliasArn(input, integration.function),
    payloadFormatVersion: integration.payloadFormatVersion,
  };
}

function mappingOf({ timeoutInMillis, requestParameters, responseParameters }: HttpIntegration) {
  return {
    ...(timeoutInMillis !== undefined && { timeoutInMillis }),
    ...(requestParameters && { requestParameters }),
    ...(responseParameters && { responseParameters }),
  };
}

function routeProps({ authorization }: HttpRoute, integration: string): V2RouteProps {
  return {
    ...openRoute(integration),
    authorizationType: authorization.type,
    ...('authorizer' in authorization && { authorizer: authorization.authorizer }),
    ...('scopes' in authorization && authorization.scopes && { scopes: authorization.scopes }),
  };
}

function authorizerProps(input: GraphInput, authorizer: HttpAuthorizer): V2AuthorizerProps {
  if (authorizer.type === 'JWT') return { ...authorizer, identitySource: [authorizer.identitySource] };
  const { function: logical, ...request } = authorizer;
  return { ...request, uri: invocationUri(input, logical) };
}

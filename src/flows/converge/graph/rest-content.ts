// The content of a REST API's definition node: its methods and what they refer to, in the words of the kind that
// deploys them.

import type { RestApiDefinition, RestAuthorizer, RestIntegration, RestRoute } from '../../../api/definition.ts';
import type { Json } from '../../../engine/kind.ts';
import { defaultAuthorizerTtl, type RestAuthorizerProps } from '../../../kinds/rest-authorizers.ts';
import type { RestContent } from '../../../kinds/rest-content.ts';
import { gatewayResponseOf } from '../../../kinds/rest-gateway-responses.ts';
import { defaultTimeoutMs, type RestIntegrationProps, type RestMethodProps } from '../../../kinds/rest-method.ts';
import { validatorName, validatorsFor } from '../../../kinds/rest-validators.ts';
import type { GraphInput } from './graph-input.ts';
import { invocationUri } from './invocation.ts';
import { apiRoleArn } from './roles.ts';
import { vpcLinkId } from './vpc-link-id.ts';

/** JSON as the kind takes it: ids of VPC links may still be references. */
type Content = { readonly [Field in keyof RestContent]: Json };

export function restContent(input: GraphInput, definition: RestApiDefinition): Content {
  const methods = definition.routes.map(
    (route) => [`${route.method} ${route.path}`, restMethod(input, definition, route)] as const,
  );
  const content = {
    methods: Object.fromEntries(methods),
    authorizers: mapValues(definition.authorizers, (authorizer) => authorizerProps(input, authorizer)),
    validators: validatorsFor(methods.map(([, method]) => method)),
    models: definition.models,
    gatewayResponses: Object.fromEntries(
      Object.entries(definition.gatewayResponses).map(([type, response]) => [type, gatewayResponseOf(type, response)]),
    ),
  };
  return content as unknown as Content;
}

function mapValues<From, To>(map: Readonly<Record<string, From>>, change: (from: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function authorizerProps(input: GraphInput, authorizer: RestAuthorizer): RestAuthorizerProps {
  const { type, identitySource } = authorizer;
  const common = {
    type,
    identitySource: typeof identitySource === 'string' ? identitySource : identitySource.join(','),
  };
  if (type === 'COGNITO_USER_POOLS') {
    const providerArns = [...authorizer.userPoolArns].sort();
    return { ...common, uri: '', identityValidationExpression: '', ttl: defaultAuthorizerTtl, providerArns };
  }
  return {
    ...common,
    uri: invocationUri(input, authorizer.function),
    identityValidationExpression: type === 'TOKEN' ? (authorizer.identityValidationExpression ?? '') : '',
    ttl: authorizer.ttl,
    providerArns: [],
  };
}

function restMethod(input: GraphInput, definition: RestApiDefinition, route: RestRoute): RestMethodProps {
  const { integration, authorization } = route;
  const responses = route.methodResponses.map((declared) => {
    const mapped = integration.responses?.find((item) => item.statusCode === declared.statusCode);
    return [
      declared.statusCode,
      {
        responseParameters: declared.responseParameters,
        responseModels: declared.responseModels,
        selectionPattern: mapped?.selectionPattern ?? '',
        mappedParameters: mapped?.responseParameters ?? {},
        responseTemplates: mapped?.responseTemplates ?? {},
        contentHandling: mapped?.contentHandling ?? '',
      },
    ] as const;
  });
  return {
    authorizationType: authorization.type,
    authorizer: 'authorizer' in authorization ? authorization.authorizer : '',
    scopes: 'scopes' in authorization ? [...(authorization.scopes ?? [])].sort() : [],
    apiKeyRequired: route.apiKeyRequired,
    validator: validatorName(route.validator),
    operationName: route.operationName ?? '',
    requestParameters: route.requestParameters,
    requestModels: route.requestModels,
    integration: integrationProps(input, definition, integration),
    responses: Object.fromEntries(responses),
  };
}

function integrationProps(
  input: GraphInput,
  definition: RestApiDefinition,
  integration: RestIntegration,
): RestIntegrationProps {
  const { type } = integration;
  const byUri = 'uri' in integration ? integration.uri : '';
  const isService = type === 'AWS' && 'uri' in integration;
  const vpcLink = 'vpcLink' in integration ? integration.vpcLink : undefined;
  return {
    type,
    httpMethod: type === 'MOCK' ? '' : (integration.httpMethod ?? 'POST'),
    uri: 'function' in integration ? invocationUri(input, integration.function) : byUri,
    credentials: isService ? (integration.credentials ?? apiRoleArn(input, definition)) : '',
    // Known when the link stands: the engine puts its id in place.
    connectionId: vpcLink === undefined ? '' : (vpcLinkId(input, vpcLink) as string),
    insecureSkipVerification:
      ('insecureSkipVerification' in integration && integration.insecureSkipVerification) ?? false,
    passthroughBehavior: integration.passthroughBehavior ?? 'WHEN_NO_MATCH',
    contentHandling: integration.contentHandling ?? '',
    timeoutInMillis: integration.timeoutInMillis ?? defaultTimeoutMs,
    requestParameters: integration.requestParameters ?? {},
    requestTemplates: integration.requestTemplates ?? {},
    cacheKeyParameters: [...(integration.cacheKeyParameters ?? [])].sort(),
    cacheNamespace: integration.cacheNamespace ?? '',
    responseTransferMode: integration.responseTransferMode ?? 'BUFFERED',
  };
}

// The content of a REST API's definition node: its methods, in the words of the kind that deploys them.

import type { RestApiDefinition, RestRoute } from '../../../api/definition.ts';
import type { Json } from '../../../engine/kind.ts';
import { defaultTimeoutMs, type RestMethodProps } from '../../../kinds/rest-method.ts';
import type { GraphInput } from './graph-input.ts';
import { invocationUri } from './invocation.ts';

export function restContent(input: GraphInput, definition: RestApiDefinition): { readonly methods: Json } {
  const methods = Object.fromEntries(
    definition.routes.map((route) => [`${route.method} ${route.path}`, restMethod(input, route)]),
  );
  return { methods: methods as unknown as Json };
}

function restMethod(input: GraphInput, route: RestRoute): RestMethodProps {
  const { integration } = route;
  const uri =
    'function' in integration
      ? invocationUri(input, integration.function)
      : 'uri' in integration
        ? integration.uri
        : '';
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
    authorizationType: route.authorization.type,
    apiKeyRequired: route.apiKeyRequired,
    requestParameters: route.requestParameters,
    requestModels: route.requestModels,
    integration: {
      type: integration.type,
      httpMethod: integration.type === 'MOCK' ? '' : (integration.httpMethod ?? 'POST'),
      uri,
      passthroughBehavior: integration.passthroughBehavior ?? 'WHEN_NO_MATCH',
      contentHandling: integration.contentHandling ?? '',
      timeoutInMillis: integration.timeoutInMillis ?? defaultTimeoutMs,
      requestParameters: integration.requestParameters ?? {},
      requestTemplates: integration.requestTemplates ?? {},
    },
    responses: Object.fromEntries(responses),
  };
}

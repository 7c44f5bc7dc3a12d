// The content of an HTTP API's definition node: its integrations and routes, in the words of the kind that deploys them.

import type { HttpApiDefinition } from '../../../api/definition.ts';
import type { Json } from '../../../engine/kind.ts';
import { httpTimeoutMs } from '../../../kinds/http-definition.ts';
import type { GraphInput } from './graph-input.ts';
import { aliasArn } from './invocation.ts';

export function httpContent(
  input: GraphInput,
  definition: HttpApiDefinition,
): { readonly integrations: Json; readonly routes: Json } {
  const integrations: Record<string, Json> = {};
  const routes: Record<string, Json> = {};
  for (const { routeKey, authorization, integration } of definition.routes) {
    if (!('function' in integration)) continue;
    const key = `function:${integration.function}`;
    integrations[key] = {
      type: integration.type,
      uri: aliasArn(input, integration.function),
      payloadFormatVersion: integration.payloadFormatVersion,
      timeoutInMillis: integration.timeoutInMillis ?? httpTimeoutMs,
    };
    routes[routeKey] = { authorizationType: authorization.type, integration: key };
  }
  return { integrations, routes };
}

// What the terminal lists of an API: its routes, who may call them, and which function answers.

import type { ApiDefinition } from '../../api/definition.ts';
import type { ServedRoute } from './dev-event.ts';

/** In the order of apigen.yml. */
export function servedRoutes(definition: ApiDefinition): readonly ServedRoute[] {
  if (definition.type === 'rest') {
    return definition.routes.map(({ method, path, authorization, apiKeyRequired, integration }) =>
      served(`${method} ${path}`, authorization, apiKeyRequired, integration),
    );
  }
  if (definition.type === 'http') {
    return definition.routes.map(({ routeKey, authorization, integration }) =>
      served(routeKey, authorization, false, integration),
    );
  }
  return definition.routes.map((route) =>
    served(route.routeKey, 'authorization' in route ? route.authorization : undefined, false, route.integration),
  );
}

function served(
  route: string,
  authorization: { readonly type: string; readonly authorizer?: string } | undefined,
  key: boolean,
  integration: object | undefined,
): ServedRoute {
  const called = integration !== undefined && 'function' in integration ? integration.function : undefined;
  return { route, auth: authOf(authorization), key, ...(typeof called === 'string' && { function: called }) };
}

function authOf(authorization: { readonly type: string; readonly authorizer?: string } | undefined): string {
  if (authorization === undefined || authorization.type === 'NONE') return 'none';
  return authorization.type === 'AWS_IAM' ? 'iam' : (authorization.authorizer ?? authorization.type.toLowerCase());
}

// Which routes anybody may call.

import type { ApiDefinition, RestRoute, WebSocketApiDefinition } from '../../api/definition.ts';

/** `public: GET /products`, `chat: $connect`. */
export function publicRoutes(definition: ApiDefinition): readonly string[] {
  const label = (route: string): string => `${definition.name}: ${route}`;
  if (definition.type === 'websocket') return connectsFreely(definition) ? [label('$connect')] : [];
  if (definition.type === 'rest') {
    const open = definition.routes.filter(
      (route) => route.authorization.type === 'NONE' && !route.apiKeyRequired && !isPreflight(route),
    );
    return open.map((route) => label(`${route.method} ${route.path}`));
  }
  return definition.routes.filter((route) => route.authorization.type === 'NONE').map((route) => label(route.routeKey));
}

/** Without a $connect route API Gateway refuses nobody. */
export function connectsFreely({ routes }: WebSocketApiDefinition): boolean {
  const connect = routes.find(({ routeKey }) => routeKey === '$connect');
  return connect === undefined || connect.authorization.type === 'NONE';
}

/** Browsers send preflights without credentials, and the answer says nothing else. */
function isPreflight({ method, integration }: RestRoute): boolean {
  return method === 'OPTIONS' && integration.type === 'MOCK';
}

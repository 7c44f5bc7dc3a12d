// Which route a message takes: the selection expression is evaluated on the JSON of the message and must give a route
// key to the letter; what is no JSON, or gives no key, goes to `$default`.

import type { WebSocketRoute } from '../../api/definition.ts';
import { JsonPathError, jsonPathText } from '../json-path.ts';
import { bodyPath, compileSelection, type ReadVariable } from './selection-expression.ts';

/** Compiles the expression of an API for its routes. */
export function createRouteSelection(
  expression: string,
  routes: readonly WebSocketRoute[],
): (message: string) => WebSocketRoute | undefined {
  const reserved = new Set(['$connect', '$disconnect']);
  const byKey = new Map(
    routes.filter((route) => !reserved.has(route.routeKey)).map((route) => [route.routeKey, route]),
  );
  const select = compileSelection(expression);
  return (message) => {
    const key = isJson(message) ? select(readMessage(message)) : undefined;
    return (key === undefined ? undefined : byKey.get(key)) ?? byKey.get('$default');
  };
}

/** Reads `request.body…` in a message: "any JSON path expression" (routes of WebSocket APIs, developer guide). */
export function readMessage(message: string): ReadVariable {
  return (variable) => {
    const path = bodyPath(variable);
    if (path === undefined || message === '') return undefined;
    if (path === '') return message;
    try {
      return jsonPathText(`$${path}`, message);
    } catch (cause) {
      if (cause instanceof JsonPathError) return undefined;
      throw cause;
    }
  };
}

function isJson(message: string): boolean {
  try {
    JSON.parse(message);
    return true;
  } catch {
    return false;
  }
}

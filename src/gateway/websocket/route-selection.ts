// Which route a message takes: the selection expression is evaluated on the JSON of the message and must give a route
// key to the letter; what is no JSON, or gives no key, goes to `$default`.

import type { WebSocketRoute } from '../../api/definition.ts';
import { createBodyReader } from '../http/read-body-path.ts';

/** Compiles the expression (`$request.body.action`, `${request.body.a}/${request.body.b}`, `\$default`, a text). */
export function createRouteSelection(
  expression: string,
  routes: readonly WebSocketRoute[],
): (message: string) => WebSocketRoute | undefined {
  const reserved = new Set(['$connect', '$disconnect']);
  const byKey = new Map(
    routes.filter((route) => !reserved.has(route.routeKey)).map((route) => [route.routeKey, route]),
  );
  const select = compile(expression);
  return (message) => {
    const key = isJson(message) ? select(message) : undefined;
    return (key === undefined ? undefined : byKey.get(key)) ?? byKey.get('$default');
  };
}

// "A dollar sign can be escaped with \" and "evaluation occurs only once" (selection expressions, developer guide).
const PIECE = /\\\$|\$\{([^{}]*)\}|\$(request\.body(?:\.[\w-]+|\[[^\]]*\])*)/g;

function compile(expression: string): (message: string) => string {
  const pieces: (string | { readonly path: string })[] = [];
  let from = 0;
  for (const match of expression.matchAll(PIECE)) {
    const variable = match[1] ?? match[2];
    pieces.push(expression.slice(from, match.index));
    pieces.push(variable === undefined ? '$' : { path: pathOf(variable) });
    from = match.index + match[0].length;
  }
  pieces.push(expression.slice(from));
  return (message) => {
    const read = createBodyReader(Buffer.from(message));
    return pieces.map((piece) => (typeof piece === 'string' ? piece : asText(read(piece.path)))).join('');
  };
}

function pathOf(variable: string): string {
  return variable.startsWith('request.body') ? variable.slice('request.body'.length) : '.none';
}

// A list reads "[item1, item2]" (routes of WebSocket APIs, developer guide); what is not found is empty.
function asText(text: string | undefined): string {
  if (text === undefined) return '';
  if (!text.startsWith('[')) return text;
  try {
    const items: unknown = JSON.parse(text);
    const written = (item: unknown): string => (typeof item === 'string' ? item : JSON.stringify(item));
    return Array.isArray(items) ? `[${items.map(written).join(', ')}]` : text;
  } catch {
    return text;
  }
}

function isJson(message: string): boolean {
  try {
    JSON.parse(message);
    return true;
  } catch {
    return false;
  }
}

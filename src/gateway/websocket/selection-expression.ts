// Selection expressions of WebSocket APIs: `$request.body.action`, `${request.body.a}/${request.body.b}`, `\$default`, a
// text. What a variable does not find is empty.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html

/** Gives a variable's value: `request.body.action`, `integration.response.statuscode`. */
export type ReadVariable = (variable: string) => string | undefined;

// "A dollar sign can be escaped with \" and "evaluation occurs only once".
const PIECE = /\\\$|\$\{([^{}]*)\}|\$((?:request\.body|integration\.response)(?:\.[\w-]+|\[[^\]]*\])*)/g;

/** Compiles an expression; every text is one. */
export function compileSelection(expression: string): (read: ReadVariable) => string {
  const pieces: (string | { readonly variable: string })[] = [];
  let from = 0;
  for (const match of expression.matchAll(PIECE)) {
    const variable = match[1] ?? match[2];
    pieces.push(expression.slice(from, match.index));
    pieces.push(variable === undefined ? '$' : { variable });
    from = match.index + match[0].length;
  }
  pieces.push(expression.slice(from));
  return (read) => pieces.map((piece) => (typeof piece === 'string' ? piece : asText(read(piece.variable)))).join('');
}

/** The path behind `request.body` (`.action`, `['a b']`); nothing for a variable that is none of the body's. */
export function bodyPath(variable: string): string | undefined {
  return /^request\.body(?=[.[]|$)/.test(variable) ? variable.slice('request.body'.length) : undefined;
}

// A list reads "[item1, item2]" (routes of WebSocket APIs, developer guide).
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

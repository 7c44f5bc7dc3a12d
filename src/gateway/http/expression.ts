// Selection expressions of HTTP APIs: `$request.header.x` alone, variables in a text (`/v1/$request.path.proxy`,
// `${request.path.a}-${context.requestId}`), or a text that stands for itself. What a variable names and the request
// lacks is empty, or nothing at all when the variable stands alone.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html:
// "a variable is prefixed with $; curly braces can be used to explicitly define variable boundaries".

/** What the variables of an expression are read from. */
export interface ExpressionScope {
  /** `request.header.x`, `context.routeKey`, … without `$` and braces. */
  read(variable: string): string | undefined;
}

export type Expression = (scope: ExpressionScope) => string | undefined;

const ROOT = '(?:request|response|context|stageVariables)';
// Alone, a name may hold what ends it within a text: `$context.authorizer.claims.custom:tenant`.
const ALONE = new RegExp(`^\\$(?:\\{([^{}]+)\\}|(${ROOT}(?:\\.[^\\s/$[\\]{}]*|\\[[^\\]]*\\])*))$`);
const WITHIN = new RegExp(`\\$\\{([^{}]+)\\}|\\$(${ROOT}(?:\\.[\\w-]+|\\[[^\\]]*\\])+)`);

/** Compiles an expression; every text is one. */
export function compileExpression(text: string): Expression {
  const alone = ALONE.exec(text);
  const variable = alone?.[1] ?? alone?.[2];
  if (variable !== undefined) return (scope) => scope.read(variable);
  if (!WITHIN.test(text)) return () => text;
  // Split with two groups: texts at every third place, a variable in one of the two behind each.
  const parts = text.split(WITHIN) as (string | undefined)[];
  return (scope) =>
    parts.map((part, index) => (index % 3 === 0 || part === undefined ? part : scope.read(part))).join('');
}

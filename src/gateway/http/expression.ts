// Selection expressions of HTTP APIs: `$request.header.x` alone, `${request.path.a}-${context.requestId}` in a text, or
// a text that stands for itself. What a variable names and the request lacks is empty, or nothing at all when the
// variable stands alone.

/** What the variables of an expression are read from. */
export interface ExpressionScope {
  /** `request.header.x`, `context.routeKey`, … without `$` and braces. */
  read(variable: string): string | undefined;
}

export type Expression = (scope: ExpressionScope) => string | undefined;

const VARIABLE = /^\$(request|response|context|stageVariables)(?=[.[]|$)/;

/** Compiles an expression; every text is one. */
export function compileExpression(text: string): Expression {
  if (VARIABLE.test(text)) {
    const variable = text.slice(1);
    return (scope) => scope.read(variable);
  }
  const whole = /^\$\{([^{}]+)\}$/.exec(text)?.[1];
  if (whole !== undefined) return (scope) => scope.read(whole);
  if (!text.includes('${')) return () => text;
  // Split with a group: texts at even places, variables at odd ones.
  const parts = text.split(/\$\{([^{}]+)\}/);
  return (scope) => parts.map((part, index) => (index % 2 === 0 ? part : (scope.read(part) ?? ''))).join('');
}

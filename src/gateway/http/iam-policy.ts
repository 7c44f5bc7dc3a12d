// Evaluates the IAM policies that Lambda authorizers return. What cannot be evaluated here counts against the caller:
// an Allow with a condition allows nothing, a Deny with one denies.

/** Whether a policy allows an action on a resource; undefined when it is no policy at all. */
export function policyAllows(document: unknown, action: string, resource: string): boolean | undefined {
  const statements = statementsOf(document);
  if (statements === undefined) return undefined;
  let allowed = false;
  for (const statement of statements) {
    const { Effect: effect, Condition: condition } = statement;
    if (effect !== 'Allow' && effect !== 'Deny') return undefined;
    const hits = matchesAction(statement, action) && matchesResource(statement, resource);
    if (effect === 'Deny' && hits) return false;
    if (effect === 'Allow' && hits && condition === undefined) allowed = true;
  }
  return allowed;
}

function statementsOf(document: unknown): readonly Record<string, unknown>[] | undefined {
  if (!isRecord(document)) return undefined;
  const { Statement: given } = document;
  const list = Array.isArray(given) ? given : [given];
  return list.every(isRecord) ? list : undefined;
}

function matchesAction(statement: Record<string, unknown>, action: string): boolean {
  const { Action: actions, NotAction: others } = statement;
  if (others !== undefined) return !matchesAny(others, action, 'i');
  return matchesAny(actions, action, 'i');
}

function matchesResource(statement: Record<string, unknown>, resource: string): boolean {
  const { Resource: resources, NotResource: others } = statement;
  if (others !== undefined) return !matchesAny(others, resource, '');
  return matchesAny(resources, resource, '');
}

// `*` is any text, slashes and colons included; `?` one character. Action names ignore case, resources do not.
function matchesAny(patterns: unknown, text: string, flags: '' | 'i'): boolean {
  const list: readonly unknown[] = Array.isArray(patterns) ? patterns : [patterns];
  return list.some((pattern) => typeof pattern === 'string' && matches(pattern, text, flags));
}

function matches(pattern: string, text: string, flags: '' | 'i'): boolean {
  // Runs of stars are one star: otherwise a policy could make the expression explode.
  const source = pattern
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `s${flags}`).test(text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Policy documents of a role: written in one plain form, and read back from whatever form IAM answers.

/** A statement of a policy, always an Allow; lists sorted. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Statements with sorted lists, one per set of resources, none twice: equal grants give equal values. */
export function mergeStatements(statements: readonly Statement[]): readonly Statement[] {
  const actionsByResources = new Map<string, { resources: readonly string[]; actions: Set<string> }>();
  for (const { actions, resources } of statements) {
    const sorted = [...new Set(resources)].sort();
    const key = JSON.stringify(sorted);
    const entry = actionsByResources.get(key) ?? { resources: sorted, actions: new Set<string>() };
    for (const action of actions) entry.actions.add(action);
    actionsByResources.set(key, entry);
  }
  return [...actionsByResources.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { resources, actions }]) => ({ actions: [...actions].sort(), resources }));
}

/** Statements whose resources AWS mints stand in an order that only then is known: equal ones read as wanted. */
export function inWantedOrder(live: readonly Statement[], wanted: unknown): readonly Statement[] {
  if (!Array.isArray(wanted)) return live;
  const said = (statements: readonly Statement[]): string => JSON.stringify(mergeStatements(statements));
  return said(live) === said(wanted as readonly Statement[]) ? (wanted as readonly Statement[]) : live;
}

export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources })),
  });

export const trustPolicy = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

interface PolicyJson {
  readonly Statement?: PolicyStatementJson | readonly PolicyStatementJson[];
}
interface PolicyStatementJson {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: { readonly Service?: string | readonly string[] };
}

/** IAM answers documents percent-encoded (RFC 3986); emulators answer them as they came. */
function parseDocument(document: string): readonly PolicyStatementJson[] {
  const text = document.trimStart().startsWith('{') ? document : decodeURIComponent(document);
  const { Statement } = JSON.parse(text || '{}') as PolicyJson;
  if (Statement === undefined) return [];
  return Array.isArray(Statement) ? (Statement as readonly PolicyStatementJson[]) : [Statement as PolicyStatementJson];
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** A statement of another form (a denial, a condition), written by hand, reads as a text that no grant equals. */
export const parseStatements = (document: string): readonly Statement[] =>
  mergeStatements(
    parseDocument(document).map((statement) => {
      const { Sid: _, Effect, Action, Resource, ...more } = statement;
      return Effect === 'Allow' && Action && Resource && Object.keys(more).length === 0
        ? { actions: listOf(Action), resources: listOf(Resource) }
        : { actions: [JSON.stringify(statement)], resources: [] };
    }),
  );

/** Not one of those texts. */
export const isGrant = ({ resources }: Statement): boolean => resources.length > 0;

/** Anything but the one plain trust statement that apigen writes reads as a text that differs from it. */
export function trustedServiceOf(document: string): string {
  const statements = parseDocument(document);
  const [service = '', ...others] = statements.flatMap(({ Principal }) => listOf(Principal?.Service));
  const { Sid: _, ...statement } = statements[0] ?? {};
  const isPlain =
    statements.length === 1 &&
    others.length === 0 &&
    Object.keys(statement).sort().join() === 'Action,Effect,Principal' &&
    Object.keys(statement.Principal ?? {}).join() === 'Service' &&
    statement.Effect === 'Allow' &&
    listOf(statement.Action).join() === 'sts:AssumeRole';
  return isPlain ? service : JSON.stringify(statements);
}

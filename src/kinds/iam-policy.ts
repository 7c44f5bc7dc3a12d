// Policy documents of a role: written in one plain form, and read back from whatever form IAM answers.

import { canonical } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';

/** Operator → key → values, sorted. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A statement of a policy; lists sorted. */
export interface Statement {
  /** Absent: it allows. */
  readonly effect?: 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
}

/** Statements with sorted lists, one per set of resources, none twice: equal grants give equal values. */
export function mergeStatements(statements: readonly Statement[]): readonly Statement[] {
  const merged = new Map<string, { of: Omit<Statement, 'actions'>; actions: Set<string> }>();
  for (const { effect, actions, resources, conditions } of statements) {
    const of = {
      ...(effect && { effect }),
      resources: [...new Set(resources)].sort(),
      ...(conditions && Object.keys(conditions).length > 0 && { conditions }),
    };
    const key = canonical([of.resources, of.conditions ?? null, effect ?? null]);
    const entry = merged.get(key) ?? { of, actions: new Set<string>() };
    for (const action of actions) entry.actions.add(action);
    merged.set(key, entry);
  }
  return [...merged.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { of, actions }]) => ({ ...of, actions: [...actions].sort() }));
}

/** Statements whose resources AWS mints stand in an order that only then is known: equal ones read as wanted. */
export function inWantedOrder(live: readonly Statement[], wanted: unknown): readonly Statement[] {
  if (!Array.isArray(wanted)) return live;
  const said = (statements: readonly Statement[]): string => JSON.stringify(mergeStatements(statements));
  return said(live) === said(wanted as readonly Statement[]) ? (wanted as readonly Statement[]) : live;
}

/**
 * What serves two versions of a function at once: the grants of both, and of the denials those alone that both have.
 * A text that is no statement (see {@link parseStatements}) is nobody's grant.
 */
export function widest(live: readonly Statement[], desired: readonly Statement[]): readonly Statement[] {
  const isText = ({ resources }: Statement): boolean => resources.length === 0;
  const has = (statement: Statement): boolean =>
    live.some((one) => canonical(json(one)) === canonical(json(statement)));
  return mergeStatements([
    ...desired.filter((statement) => statement.effect !== 'Deny' || has(statement)),
    ...live.filter((statement) => statement.effect !== 'Deny' && !isText(statement)),
  ]);
}

const json = (statement: Statement): Json => statement as unknown as Json;

/** Values of conditions as sorted lists, however they were written. */
export const conditionsOf = (
  written: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>,
): Conditions =>
  Object.fromEntries(
    Object.entries(written).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, [...listOf(value)].sort()])),
    ]),
  );

export const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ effect, actions, resources, conditions }) => ({
      Effect: effect ?? 'Allow',
      Action: actions,
      Resource: resources,
      ...(conditions && { Condition: conditions }),
    })),
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
  readonly Condition?: Parameters<typeof conditionsOf>[0];
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

/** A statement of another form (NotAction, no resource), written by hand, reads as a text that no grant equals. */
export const parseStatements = (document: string): readonly Statement[] =>
  mergeStatements(
    parseDocument(document).map((statement): Statement => {
      const { Sid: _, Effect, Action, Resource, Condition, ...more } = statement;
      return (Effect === 'Allow' || Effect === 'Deny') && Action && Resource && Object.keys(more).length === 0
        ? {
            ...(Effect === 'Deny' && { effect: Effect }),
            actions: listOf(Action),
            resources: listOf(Resource),
            ...(Condition && { conditions: conditionsOf(Condition) }),
          }
        : { actions: [JSON.stringify(statement)], resources: [] };
    }),
  );

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

// Decides what an authorizer's IAM policy says about one call. What cannot be understood never allows: an unknown
// condition or action leaves an Allow without effect, and lets a Deny stand.

import { isRecord } from '../json-record.ts';
import { conditionHolds, type PolicyFacts } from './policy-condition.ts';
import { matchesWildcard } from './wildcard.ts';

export type PolicyDecision = 'allow' | 'explicit-deny' | 'implicit-deny';

/** Whether a value has the shape of a policy document: an object with statements of a known effect. */
export function isPolicyDocument(value: unknown): value is PolicyDocument {
  if (!isRecord(value)) return false;
  const statements = listOf(value['Statement']);
  return (
    statements.length > 0 && statements.every((each) => isRecord(each) && /^(Allow|Deny)$/.test(String(each['Effect'])))
  );
}

export interface PolicyDocument {
  readonly Statement: unknown;
}

/** `methodArn` is the call's own ARN; `facts` are what conditions may ask for. */
export function decide(document: PolicyDocument, methodArn: string, facts: PolicyFacts): PolicyDecision {
  let decision: PolicyDecision = 'implicit-deny';
  for (const statement of listOf(document.Statement)) {
    if (!isRecord(statement)) continue;
    const denies = statement['Effect'] === 'Deny';
    if (!covers(statement, 'Action', 'execute-api:Invoke') || !covers(statement, 'Resource', methodArn)) continue;
    const holds = conditionHolds(statement['Condition'], facts);
    if (denies && holds !== false) return 'explicit-deny';
    if (!denies && holds === true) decision = 'allow';
  }
  return decision;
}

function covers(statement: Record<string, unknown>, key: 'Action' | 'Resource', subject: string): boolean {
  const names = listOf(statement[key]);
  const excluded = listOf(statement[`Not${key}`]);
  const matchesAny = (patterns: readonly unknown[]): boolean =>
    patterns.some((pattern) => typeof pattern === 'string' && matchesWildcard(pattern, subject, key === 'Action'));
  if (names.length > 0) return matchesAny(names);
  return excluded.length > 0 && !matchesAny(excluded);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

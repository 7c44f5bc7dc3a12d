// Reads what a Lambda authorizer returned: a principal, a policy, and a flat context. Any other shape is a
// configuration error, never an allow. Source: "Output from an API Gateway Lambda authorizer".

import { isRecord, parseRecord } from '../json-record.ts';
import { isPolicyDocument, type PolicyDocument } from './policy.ts';

export interface AuthorizerResult {
  readonly principalId: string;
  readonly policyDocument: PolicyDocument;
  /** Strings, numbers and booleans alone. */
  readonly context: Readonly<Record<string, string | number | boolean>>;
  readonly usageIdentifierKey: string | undefined;
}

/** The result, or why it is none. */
export function readAuthorizerResult(payload: string): AuthorizerResult | { readonly problem: string } {
  const value = parseRecord(payload);
  if (value === undefined) return { problem: 'it returned no object' };
  const { principalId, policyDocument, usageIdentifierKey } = value;
  const context = value['context'] ?? {};
  if (typeof principalId !== 'string' || principalId === '') return { problem: 'principalId is no text' };
  if (!isPolicyDocument(policyDocument)) return { problem: 'policyDocument is no IAM policy' };
  if (!isRecord(context)) return { problem: 'context is no object' };
  const flat: Record<string, string | number | boolean> = {};
  for (const [name, item] of Object.entries(context)) {
    if (item === null) continue;
    if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') {
      return { problem: `context.${name} is no text, number or boolean` };
    }
    flat[name] = item;
  }
  const key = typeof usageIdentifierKey === 'string' ? usageIdentifierKey : undefined;
  return { principalId, policyDocument, context: flat, usageIdentifierKey: key };
}

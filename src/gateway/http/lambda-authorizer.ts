// Lambda authorizers of HTTP APIs. A missing identity source is a 401 without a call; what the function decides is kept
// by the identity sources' values, and a policy is evaluated anew for every route it is used on.

import type { HttpAuthorizer } from '../../api/definition.ts';
import { DecisionCache } from '../authorizers/decision-cache.ts';
import { decide, isPolicyDocument, type PolicyDocument } from '../authorizers/policy.ts';
import type { GatewayAnswer } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { headerValue } from '../header-list.ts';
import { invokeFunction } from '../integrations/invoke-function.ts';
import { isRecord, parseRecord } from '../json-record.ts';
import { authorizerEvent, routeArn } from './authorizer-event.ts';
import { errorAnswer } from './error-answer.ts';
import { compileExpression } from './expression.ts';
import type { Access, HttpCall } from './http-call.ts';
import { mappingScope } from './mapping-scope.ts';

type LambdaAuthorizer = Extract<HttpAuthorizer, { type: 'REQUEST' }>;

/** Either what the caller may go on with, or the answer that ends the request. */
export type Authorization =
  | { readonly granted: true; readonly access: Access }
  | { readonly granted: false; readonly answer: GatewayAnswer };

/** "Timeout for Lambda authorizer response: 10000 ms" (HTTP API quotas). */
const TIMEOUT_MS = 10_000;

interface Decision {
  /** A simple response holds for every route; a policy is asked about each. */
  readonly verdict: boolean | PolicyDocument;
  readonly access: Access;
}

/** One authorizer with its cache; `now` in milliseconds since the epoch. */
export function createLambdaAuthorizer(
  authorizer: LambdaAuthorizer,
  environment: GatewayEnvironment,
  now: () => number,
): (call: HttpCall) => Promise<Authorization> {
  const sources = authorizer.identitySource.map(compileExpression);
  const cache = new DecisionCache<Decision>(now);
  return async (call) => {
    const scope = mappingScope(call);
    const identities = sources.map((source) => source(scope) ?? '');
    if (identities.includes('')) return refuse(401);
    // "To enable caching, your authorizer must have at least one identity source" (developer guide).
    const key = authorizer.ttl > 0 && sources.length > 0 ? JSON.stringify(identities) : undefined;
    let decision = key === undefined ? undefined : cache.get(key);
    if (decision === undefined) {
      const asked = await ask(authorizer, call, identities, environment);
      if ('status' in asked) return refuse(asked.status);
      decision = asked;
      if (key !== undefined) cache.set(key, decision, authorizer.ttl);
    }
    return allows(decision.verdict, call) ? { granted: true, access: decision.access } : refuse(403);
  };
}

function allows(verdict: boolean | PolicyDocument, call: HttpCall): boolean {
  if (typeof verdict === 'boolean') return verdict;
  const userAgent = headerValue(call.headers, 'user-agent') ?? '';
  const facts = { sourceIp: call.request.sourceIp, userAgent, now: call.request.receivedAt };
  return decide(verdict, routeArn(call), facts) === 'allow';
}

async function ask(
  authorizer: LambdaAuthorizer,
  call: HttpCall,
  identities: readonly string[],
  environment: GatewayEnvironment,
): Promise<Decision | { readonly status: 401 | 500 }> {
  const outcome = await invokeFunction(environment, {
    functionName: authorizer.function,
    event: JSON.stringify(authorizerEvent(call, identities, authorizer.payloadFormatVersion)),
    route: call.route.routeKey,
    requestId: call.requestId,
    timeoutMs: TIMEOUT_MS,
    request: call.request,
  });
  if (outcome.type === 'error' && outcome.reason === 'Unauthorized') return { status: 401 };
  const decision = outcome.type === 'success' ? decisionOf(outcome.payload, authorizer) : undefined;
  if (decision !== undefined) return decision;
  const why = outcome.type === 'success' ? 'its answer' : outcome.reason;
  environment.note(`${call.route.routeKey}: authorizer ${authorizer.function} failed: ${why}`);
  return { status: 500 };
}

function decisionOf(payload: string, authorizer: LambdaAuthorizer): Decision | undefined {
  const value = parseRecord(payload);
  if (value === undefined) return undefined;
  const context = value['context'] ?? null;
  if (context !== null && !isRecord(context)) return undefined;
  if (authorizer.payloadFormatVersion === '2.0' && authorizer.simpleResponses) {
    const { isAuthorized } = value;
    if (typeof isAuthorized !== 'boolean') return undefined;
    return { verdict: isAuthorized, access: { type: 'lambda', context, principalId: undefined } };
  }
  const { principalId, policyDocument } = value;
  if (!isPolicyDocument(policyDocument)) return undefined;
  const principal = typeof principalId === 'string' ? principalId : undefined;
  return { verdict: policyDocument, access: { type: 'lambda', context, principalId: principal } };
}

function refuse(status: 401 | 403 | 500): Authorization {
  return { granted: false, answer: errorAnswer(status) };
}

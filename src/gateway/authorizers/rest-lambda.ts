// Lambda authorizers of REST APIs. Missing or malformed identities are refused without a call; a cached policy is
// decided anew for every method, as on AWS.

import type { RestAuthorizer } from '../../api/definition.ts';
import { headerValue } from '../header-list.ts';
import { invokeFunction } from '../integrations/invoke-function.ts';
import { requestParts } from '../rest/event-v1.ts';
import { GatewayFault } from '../rest/fault.ts';
import { identityText } from '../rest/mapping.ts';
import { eventRequestContext, templateContext } from '../rest/request-context.ts';
import { methodArn, type RoutedExchange } from '../rest/rest-exchange.ts';
import { matchesWhole } from '../rest/select-response.ts';
import { withStageVariables } from '../rest/stage-variables.ts';
import { type AuthorizerResult, readAuthorizerResult } from './authorizer-result.ts';
import type { DecisionCache } from './decision-cache.ts';
import { decide } from './policy.ts';

type LambdaAuthorizer = Extract<RestAuthorizer, { type: 'TOKEN' | 'REQUEST' }>;

/** AWS gives an authorizer's function as long as an integration. */
const TIMEOUT_MS = 29_000;

/** Fills in the caller. @throws GatewayFault 401, 403, 500. */
export async function authorizeByLambda(
  name: string,
  authorizer: LambdaAuthorizer,
  exchange: RoutedExchange,
  cache: DecisionCache<AuthorizerResult>,
): Promise<void> {
  const identity = identityOf(authorizer, exchange);
  const key = JSON.stringify([name, ...identity]);
  const startedAt = performance.now();
  let result = cache.get(key);
  const latency = result === undefined ? () => Math.round(performance.now() - startedAt) : () => 0;
  if (result === undefined) {
    result = await call(authorizer, eventOf(authorizer, identity, exchange), exchange);
    cache.set(key, result, authorizer.ttl);
  }
  const context = Object.entries(result.context).map(([field, value]) => [field, String(value)]);
  exchange.caller.authorizer = {
    principalId: result.principalId,
    integrationLatency: latency(),
    ...Object.fromEntries(context),
  };
  if (result.usageIdentifierKey !== undefined) exchange.caller.usageIdentifierKey = result.usageIdentifierKey;
  refuseUnlessAllowed(result, exchange);
}

function refuseUnlessAllowed(result: AuthorizerResult, exchange: RoutedExchange): void {
  const decision = decide(result.policyDocument, methodArn(exchange), {
    sourceIp: exchange.request.sourceIp,
    userAgent: headerValue(exchange.headers, 'user-agent') ?? '',
    now: exchange.request.receivedAt,
  });
  if (decision === 'allow') return;
  if (decision === 'implicit-deny') throw new GatewayFault('accessDenied');
  throw new GatewayFault('accessDenied', {
    message: 'User is not authorized to access this resource with an explicit deny in an identity-based policy',
  });
}

/** The values of the identity sources. @throws GatewayFault 401 when one is absent, empty or malformed. */
function identityOf(authorizer: LambdaAuthorizer, exchange: RoutedExchange): readonly string[] {
  const sources = authorizer.type === 'TOKEN' ? [authorizer.identitySource] : authorizer.identitySource;
  const context = templateContext(exchange);
  const values = sources.map((source) => identityText(source, exchange, context));
  if (values.some((value) => value === '')) throw new GatewayFault('unauthorized');
  const expression = authorizer.type === 'TOKEN' ? authorizer.identityValidationExpression : undefined;
  if (expression !== undefined && expression !== '' && !matchesWhole(expression, values[0] ?? '')) {
    throw new GatewayFault('unauthorized');
  }
  return values;
}

function eventOf(authorizer: LambdaAuthorizer, identity: readonly string[], exchange: RoutedExchange): string {
  const arn = methodArn(exchange);
  if (authorizer.type === 'TOKEN') {
    return JSON.stringify({ type: 'TOKEN', methodArn: arn, authorizationToken: identity[0] ?? '' });
  }
  const context = eventRequestContext(exchange);
  return JSON.stringify({ type: 'REQUEST', methodArn: arn, ...requestParts(exchange, {}), requestContext: context });
}

async function call(authorizer: LambdaAuthorizer, event: string, exchange: RoutedExchange): Promise<AuthorizerResult> {
  const outcome = await invokeFunction(exchange.environment, {
    functionName: withStageVariables(authorizer.function, exchange.stageVariables),
    event,
    route: `authorizer of ${exchange.request.method} ${exchange.route.path}`,
    requestId: exchange.requestId,
    timeoutMs: TIMEOUT_MS,
    request: exchange.request,
  });
  if (outcome.type === 'error' && outcome.reason === 'Unauthorized') throw new GatewayFault('unauthorized');
  if (outcome.type !== 'success') {
    const fault = outcome.type === 'not-called' ? 'authorizerConfiguration' : 'authorizerFailure';
    throw new GatewayFault(fault, { reason: `authorizer ${authorizer.function} failed: ${outcome.reason}` });
  }
  const read = readAuthorizerResult(outcome.payload);
  if ('problem' in read) {
    throw new GatewayFault('authorizerConfiguration', {
      reason: `authorizer ${authorizer.function} gave no policy: ${read.problem}`,
    });
  }
  return read;
}

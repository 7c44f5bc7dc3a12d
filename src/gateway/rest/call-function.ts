// Calls a function for an integration of a REST API: an answer and a function's error go on to the integration, all else
// is a fault of the gateway in AWS's words.

import { type FunctionFailure, type FunctionOutcome, invokeFunction } from '../integrations/invoke-function.ts';
import { type FaultName, GatewayFault } from './fault.ts';
import type { RoutedExchange } from './rest-exchange.ts';
import { withStageVariables } from './stage-variables.ts';
import { timeLimit } from './time-limit.ts';

/** What Lambda answers with: the returned value, or `{ errorMessage, errorType }`. */
export type FunctionEnd = Extract<FunctionOutcome, { type: 'success' | 'error' }>;

const FAULTS: Readonly<Record<Exclude<FunctionFailure['type'], 'error'>, FaultName>> = {
  timeout: 'integrationTimeout',
  throttled: 'integrationFailure',
  'too-large': 'tooLarge',
  'not-called': 'integrationFailure',
};

/** Lambda's greatest time limit, for what nobody waits for. */
const LONGEST_MS = 15 * 60 * 1000;

/** @throws GatewayFault 413 (event too large), 500 (no such function, throttled), 504 (integration timeout). */
export async function callFunction(
  exchange: RoutedExchange,
  functionName: string,
  event: string,
  timeoutMs: number | undefined,
): Promise<FunctionEnd> {
  const outcome = await invoke(exchange, functionName, event, timeLimit(timeoutMs));
  if (outcome.type === 'success' || outcome.type === 'error') return outcome;
  throw new GatewayFault(FAULTS[outcome.type], { reason: `${functionName} ${outcome.reason}` });
}

/** Starts a function and lets it run: `X-Amz-Invocation-Type: Event`. */
export function startFunction(exchange: RoutedExchange, functionName: string, event: string): void {
  // Lambda retries and reports asynchronous failures by its own means; here they stand in the function's log.
  void invoke(exchange, functionName, event, LONGEST_MS).then((outcome) => {
    if (outcome.type === 'not-called') exchange.environment.note(`${functionName} ${outcome.reason}`);
  });
}

/** The function's name with stage variables filled in. @throws GatewayFault 500 when nothing is left. */
export function functionNameOf(name: string, exchange: RoutedExchange): string {
  const filled = withStageVariables(name, exchange.stageVariables);
  if (filled === '') throw new GatewayFault('configuration', { reason: `the function ${name} has no name here` });
  return filled;
}

function invoke(
  exchange: RoutedExchange,
  functionName: string,
  event: string,
  timeoutMs: number,
): Promise<FunctionOutcome> {
  return invokeFunction(exchange.environment, {
    functionName,
    event,
    route: `${exchange.request.method} ${exchange.route.path}`,
    requestId: exchange.requestId,
    timeoutMs,
    request: exchange.request,
  });
}

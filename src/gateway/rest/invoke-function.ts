// Calls a function for an integration within the integration's time limit, and sorts its ends the way API Gateway
// tells them apart: an answer, a function's error, or a fault of the gateway.

import type { InvocationResult } from '../exchange.ts';
import { GatewayFault } from './fault.ts';
import type { RoutedExchange } from './rest-exchange.ts';
import { withStageVariables } from './stage-variables.ts';

/** AWS's default and maximum, ms. */
const DEFAULT_TIMEOUT_MS = 29_000;
const MIN_TIMEOUT_MS = 50;
/** Lambda's limit for a synchronous event; API Gateway answers 413 beyond. */
const EVENT_LIMIT_BYTES = 6 * 1024 * 1024;

export interface FunctionEnd {
  readonly failed: boolean;
  /** JSON text: the returned value, or `{ errorMessage, errorType }`. */
  readonly payload: string;
}

/** @throws GatewayFault 413 (event too large), 500 (no such function, throttled), 504 (integration timeout). */
export async function invokeFunction(
  exchange: RoutedExchange,
  functionName: string,
  event: string,
  timeoutMs: number | undefined,
): Promise<FunctionEnd> {
  if (Buffer.byteLength(event) > EVENT_LIMIT_BYTES) {
    throw new GatewayFault('tooLarge', { reason: `the event for ${functionName} is larger than Lambda's 6 MB` });
  }
  const limitMs = timeLimit(timeoutMs);
  const running = call(exchange, functionName, event, limitMs);
  const { debugged } = exchange.environment;
  const result = debugged === true ? await running : await withLimit(running, limitMs, functionName);
  switch (result.type) {
    case 'success':
      return { failed: false, payload: result.payload };
    case 'error':
      return { failed: true, payload: result.payload };
    case 'timeout': {
      if (result.afterMs >= limitMs) throw timedOut(functionName, limitMs);
      const errorMessage = `${exchange.requestId} Task timed out after ${(result.afterMs / 1000).toFixed(2)} seconds`;
      return { failed: true, payload: JSON.stringify({ errorMessage, errorType: 'Sandbox.Timedout' }) };
    }
    case 'throttled':
      throw new GatewayFault('integrationFailure', { reason: `Lambda throttled ${functionName}` });
  }
}

/** The time limit of an integration in ms, within AWS's bounds. */
export function timeLimit(timeoutMs: number | undefined): number {
  return Math.min(DEFAULT_TIMEOUT_MS, Math.max(MIN_TIMEOUT_MS, timeoutMs ?? DEFAULT_TIMEOUT_MS));
}

/** Starts a function and lets it run: `X-Amz-Invocation-Type: Event`. */
export function startFunction(exchange: RoutedExchange, functionName: string, event: string): void {
  // Lambda retries and reports asynchronous failures by its own means; here they stand in the function's log.
  void call(exchange, functionName, event, 15 * 60 * 1000).catch((cause: unknown) => {
    exchange.environment.note(`${functionName}: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
}

/** The function's name with stage variables filled in. @throws GatewayFault 500 when nothing is left. */
export function functionNameOf(name: string, exchange: RoutedExchange): string {
  const filled = withStageVariables(name, exchange.stageVariables);
  if (filled === '') throw new GatewayFault('configuration', { reason: `the function ${name} has no name here` });
  return filled;
}

async function call(
  exchange: RoutedExchange,
  functionName: string,
  event: string,
  timeoutMs: number,
): Promise<InvocationResult> {
  const route = `${exchange.request.method} ${exchange.route.path}`;
  try {
    return await exchange.environment.functions.invoke(functionName, event, {
      route,
      requestId: exchange.requestId,
      timeoutMs,
      request: exchange.request,
    });
  } catch (cause) {
    throw new GatewayFault('integrationFailure', {
      reason: `cannot call ${functionName}: ${cause instanceof Error ? cause.message : String(cause)}`,
    });
  }
}

function withLimit(
  running: Promise<InvocationResult>,
  limitMs: number,
  functionName: string,
): Promise<InvocationResult> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(timedOut(functionName, limitMs)), limitMs);
    void running.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function timedOut(functionName: string, limitMs: number): GatewayFault {
  return new GatewayFault('integrationTimeout', { reason: `${functionName} gave no answer within ${limitMs} ms` });
}

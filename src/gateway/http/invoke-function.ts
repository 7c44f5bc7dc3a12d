// Calls a function for an HTTP API, within the integration's time limit whatever the function does, and tells what
// became of it. A function that cannot even be called is a failure of the integration, not of the gateway.

import type { GatewayRequest, InvocationResult } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';

export interface FunctionCall {
  readonly functionName: string;
  readonly event: Readonly<Record<string, unknown>>;
  /** For the log line: `GET /products`. */
  readonly route: string;
  readonly requestId: string;
  readonly timeoutMs: number;
  /** Absent for what a WebSocket connection brings about. */
  readonly request?: GatewayRequest;
}

export type FunctionOutcome =
  | { readonly type: 'success'; readonly payload: string }
  /** `message` is the error's own text. */
  | { readonly type: 'error'; readonly message: string }
  /** Of the integration; a function's own time limit is an error of the function. */
  | { readonly type: 'timeout' }
  | { readonly type: 'throttled' }
  /** The event is over Lambda's 6 MB. */
  | { readonly type: 'too-large' };

/** Lambda's limit for the payload of a synchronous invocation. */
const EVENT_LIMIT_BYTES = 6 * 1024 * 1024;

/** Never rejects. */
export async function invokeFunction(environment: GatewayEnvironment, call: FunctionCall): Promise<FunctionOutcome> {
  const event = JSON.stringify(call.event);
  if (Buffer.byteLength(event) > EVENT_LIMIT_BYTES) return { type: 'too-large' };
  const running = run(environment, call, event);
  if (environment.debugged === true) return running;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ type: 'timeout' }), call.timeoutMs);
    void running.then((outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}

async function run(environment: GatewayEnvironment, call: FunctionCall, event: string): Promise<FunctionOutcome> {
  const { functionName, route, requestId, timeoutMs, request } = call;
  try {
    const options = { route, requestId, timeoutMs, request };
    return outcomeOf(await environment.functions.invoke(functionName, event, options), timeoutMs);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    environment.note(`${route}: function ${functionName} could not be called: ${message}`);
    return { type: 'error', message };
  }
}

function outcomeOf(result: InvocationResult, timeoutMs: number): FunctionOutcome {
  switch (result.type) {
    case 'success':
      return result;
    case 'error':
      return { type: 'error', message: errorMessage(result.payload) };
    case 'throttled':
      return result;
    case 'timeout':
      if (result.afterMs >= timeoutMs) return { type: 'timeout' };
      return { type: 'error', message: `Task timed out after ${(result.afterMs / 1000).toFixed(2)} seconds` };
  }
}

function errorMessage(payload: string): string {
  try {
    const parsed: unknown = JSON.parse(payload);
    const message = typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed && parsed.errorMessage;
    return typeof message === 'string' ? message : '';
  } catch {
    return '';
  }
}

// Calls a function for an integration or an authorizer of any API type, within the caller's time limit whatever the
// function does, and tells the ends apart that API Gateway answers differently.

import type { GatewayRequest, InvocationResult } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { parseRecord } from '../json-record.ts';

export interface FunctionCall {
  readonly functionName: string;
  /** JSON text. */
  readonly event: string;
  /** For the log line: `GET /products`. */
  readonly route: string;
  readonly requestId: string;
  readonly timeoutMs: number;
  /** Absent for what a WebSocket connection brings about. */
  readonly request?: GatewayRequest | undefined;
}

/** Why a function returned nothing; the reason fits behind its name, and is an error's own message. */
export type FunctionFailure =
  /** Of the function, its own time limit included; `payload` is Lambda's `{ errorMessage, errorType }`. */
  | { readonly type: 'error'; readonly payload: string; readonly reason: string }
  /** `too-large`: the event is over Lambda's 6 MB. `not-called`: there is no such function, or it cannot start. */
  | { readonly type: 'timeout' | 'throttled' | 'too-large' | 'not-called'; readonly reason: string };

export type FunctionOutcome = { readonly type: 'success'; readonly payload: string } | FunctionFailure;

/** Lambda's limit for the payload of a synchronous invocation. */
const EVENT_LIMIT_BYTES = 6 * 1024 * 1024;

/** Never rejects. */
export async function invokeFunction(environment: GatewayEnvironment, call: FunctionCall): Promise<FunctionOutcome> {
  if (Buffer.byteLength(call.event) > EVENT_LIMIT_BYTES) {
    return { type: 'too-large', reason: "its event is larger than Lambda's 6 MB" };
  }
  const running = run(environment, call);
  if (environment.debugged === true) return running;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(timedOut(call)), call.timeoutMs);
    void running.then((outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}

async function run(environment: GatewayEnvironment, call: FunctionCall): Promise<FunctionOutcome> {
  const { functionName, event, route, requestId, timeoutMs, request } = call;
  try {
    const options = { route, requestId, timeoutMs, request };
    return outcomeOf(await environment.functions.invoke(functionName, event, options), call);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { type: 'not-called', reason: `could not be called: ${message}` };
  }
}

function outcomeOf(result: InvocationResult, call: FunctionCall): FunctionOutcome {
  switch (result.type) {
    case 'success':
      return result;
    case 'error':
      return { ...result, reason: errorMessage(result.payload) };
    case 'throttled':
      return { type: 'throttled', reason: 'was throttled' };
    case 'timeout':
      return result.afterMs >= call.timeoutMs ? timedOut(call) : taskTimedOut(call.requestId, result.afterMs);
  }
}

function timedOut({ timeoutMs }: FunctionCall): FunctionFailure {
  return { type: 'timeout', reason: `gave no answer within ${timeoutMs} ms` };
}

/** In Lambda's words. */
function taskTimedOut(requestId: string, afterMs: number): FunctionFailure {
  const reason = `${requestId} Task timed out after ${(afterMs / 1000).toFixed(2)} seconds`;
  return { type: 'error', payload: JSON.stringify({ errorMessage: reason, errorType: 'Sandbox.Timedout' }), reason };
}

function errorMessage(payload: string): string {
  const message = parseRecord(payload)?.['errorMessage'];
  return message === undefined ? '' : String(message);
}

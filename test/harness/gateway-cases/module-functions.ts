// Runs a case's functions in this process: each `code` is an ES module exporting `handler`. Invocations are recorded,
// and results are told as Lambda tells them (serialised, errors as errorMessage/errorType/trace, own time limit).

import type { FunctionInvoker, InvocationResult } from '../../../src/gateway/exchange.ts';
import type { Json } from './case-format.ts';
import { isRecord } from './matchers.ts';

export interface CodeFunction {
  readonly code: string;
  readonly timeoutSeconds?: number;
}

export interface RecordedFunctions extends FunctionInvoker {
  /** The events each function got, in order. */
  readonly events: ReadonlyMap<string, readonly Json[]>;
}

type Handler = (event: unknown, context: unknown, callback: (error: unknown, value?: unknown) => void) => unknown;

/** An invoker over the code of a case. */
export function moduleFunctions(functions: Readonly<Record<string, CodeFunction>>): RecordedFunctions {
  const events = new Map<string, Json[]>(Object.keys(functions).map((name) => [name, []]));
  // Loaded before the first call, so that loading does not count against a time limit.
  const handlers = new Map(Object.entries(functions).map(([name, { code }]) => [name, loading(code)]));
  return {
    events,
    async invoke(name, event, options) {
      const declared = functions[name];
      const handler = await handlers.get(name);
      if (declared === undefined || handler === undefined) throw new Error(`there is no function ${name}`);
      events.get(name)?.push(JSON.parse(event) as Json);
      if (handler instanceof Error) return failed(handler);
      return run(handler, event, options.requestId, (declared.timeoutSeconds ?? 30) * 1000);
    },
  };
}

// A module that cannot be loaded fails its invocations, as on Lambda, not the case.
async function loading(code: string): Promise<Handler | Error> {
  try {
    return await importHandler(code);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** The default or named exports of a module given as text. */
export async function importCode(code: string): Promise<Record<string, unknown>> {
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return (await import(url)) as Record<string, unknown>;
}

async function importHandler(code: string): Promise<Handler> {
  const { handler } = await importCode(code);
  if (typeof handler !== 'function') throw new Error('the code of a function exports no handler');
  return handler as Handler;
}

function run(handler: Handler, event: string, awsRequestId: string, limitMs: number): Promise<InvocationResult> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ type: 'timeout', afterMs: limitMs }), limitMs);
    const settle = (error: unknown, value: unknown): void => {
      clearTimeout(timer);
      resolve(error === null || error === undefined ? succeeded(value) : failed(error));
    };
    const context = {
      awsRequestId,
      functionName: 'case',
      getRemainingTimeInMillis: () => limitMs,
      done: settle,
      succeed: (value: unknown) => settle(null, value),
      fail: (error: unknown) => settle(error ?? 'failed', undefined),
    };
    try {
      const returned = handler(JSON.parse(event), context, settle);
      if (returned instanceof Promise || (isRecord(returned) && typeof returned['then'] === 'function')) {
        Promise.resolve(returned).then(
          (value) => settle(null, value),
          (error: unknown) => settle(error ?? 'rejected', undefined),
        );
      }
    } catch (error) {
      settle(error ?? 'thrown', undefined);
    }
  });
}

function succeeded(value: unknown): InvocationResult {
  return { type: 'success', payload: JSON.stringify(value) ?? 'null' };
}

function failed(error: unknown): InvocationResult {
  const payload = isRecord(error)
    ? {
        errorType: String(error['name'] ?? 'Error'),
        errorMessage: String(error['message'] ?? ''),
        trace: String(error['stack'] ?? '').split('\n'),
      }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { type: 'error', payload: JSON.stringify(payload) };
}

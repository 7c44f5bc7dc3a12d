// One invocation inside a worker: the context object, the callback, and how the end is told. The first end counts;
// an end that waits for an empty event loop is told when the loop is empty, as Lambda does.

import { type InvokeMessage, RESPONSE_LIMIT_BYTES, type WorkerSettings } from '../protocol.ts';
import { errorPayload, runtimeErrorPayload } from './error-payload.ts';
import { type Handler, takesCallbacks } from './load-handler.ts';

interface End {
  readonly type: 'success' | 'error';
  readonly payload: string;
}

export class Invocation {
  readonly #settings: WorkerSettings;
  readonly #message: InvokeMessage;
  /** Milliseconds since the epoch at which Lambda would stop the function. */
  readonly #deadlineMs: number;
  readonly #finish: (end: End) => void;
  #ended = false;
  /** Called back, but the event loop is to run empty first. */
  #held: End | undefined;
  #waitsForEmptyLoop = true;

  constructor(settings: WorkerSettings, message: InvokeMessage, finish: (end: End) => void) {
    this.#settings = settings;
    this.#message = message;
    this.#deadlineMs = Date.now() + settings.timeoutMs;
    this.#finish = finish;
  }

  run(handler: Handler): void {
    const callback = takesCallbacks(this.#settings.runtime) ? this.#callback : undefined;
    try {
      const returned = handler(JSON.parse(this.#message.event), this.#context(), callback);
      if (!isThenable(returned)) {
        // A plain value is ignored where a callback may still come; without callbacks it is the answer.
        if (callback === undefined) this.#end(succeeded(returned));
        return;
      }
      returned.then(
        (value) => this.#end(succeeded(value)),
        (thrown: unknown) => this.fail(thrown),
      );
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  /** Nothing is left that could answer: what was called back, else null. */
  loopIsEmpty(): void {
    this.#end(this.#held ?? { type: 'success', payload: 'null' });
  }

  fail(thrown: unknown): void {
    this.#end({ type: 'error', payload: errorPayload(thrown) });
  }

  failAs(errorType: string, errorMessage: string, trace: readonly string[] = []): void {
    this.#end({ type: 'error', payload: runtimeErrorPayload(errorType, errorMessage, trace) });
  }

  readonly #callback = (error?: unknown, result?: unknown): void => {
    const end = endOf(error, result);
    if (!this.#waitsForEmptyLoop) this.#end(end);
    else this.#held ??= end;
  };

  #end(end: End): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#finish(end);
  }

  #context(): object {
    const { functionName, functionVersion, invokedFunctionArn, memoryLimitMb, ...settings } = this.#settings;
    const context = {
      functionName,
      functionVersion,
      invokedFunctionArn,
      memoryLimitInMB: String(memoryLimitMb),
      awsRequestId: this.#message.awsRequestId,
      logGroupName: settings.logGroupName,
      logStreamName: settings.logStreamName,
      getRemainingTimeInMillis: () => Math.max(0, this.#deadlineMs - Date.now()),
    };
    if (!takesCallbacks(settings.runtime)) return context;
    const done = (error?: unknown, result?: unknown): void => this.#end(endOf(error, result));
    Object.assign(context, {
      done,
      succeed: (result?: unknown) => done(null, result),
      fail: (error?: unknown) => done(error ?? 'handled', undefined),
    });
    Object.defineProperty(context, 'callbackWaitsForEmptyEventLoop', {
      enumerable: true,
      get: () => this.#waitsForEmptyLoop,
      set: (value: unknown) => {
        this.#waitsForEmptyLoop = Boolean(value);
      },
    });
    return context;
  }
}

function endOf(error: unknown, result: unknown): End {
  const failed = error !== null && error !== undefined;
  return failed ? { type: 'error', payload: errorPayload(error) } : succeeded(result);
}

function succeeded(value: unknown): End {
  let payload: string;
  try {
    payload = JSON.stringify(value) ?? 'null';
  } catch {
    const message = 'Unable to stringify response body';
    return { type: 'error', payload: runtimeErrorPayload('Runtime.JSONStringifyError', message) };
  }
  if (Buffer.byteLength(payload) <= RESPONSE_LIMIT_BYTES) return { type: 'success', payload };
  const message = `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT_BYTES} bytes).`;
  return { type: 'error', payload: runtimeErrorPayload('Function.ResponseSizeTooLarge', message) };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

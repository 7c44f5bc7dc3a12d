// Errors as Lambda's Node runtime reports them: errorType, errorMessage, trace.

import { types } from 'node:util';

/** JSON of what a handler threw, rejected with or passed to its callback. */
export function errorPayload(thrown: unknown): string {
  if (isError(thrown)) {
    const trace = String(thrown.stack ?? `${thrown.name}: ${thrown.message}`).split('\n');
    return JSON.stringify({ errorType: String(thrown.name), errorMessage: String(thrown.message), trace });
  }
  return JSON.stringify({ errorType: typeof thrown, errorMessage: textOf(thrown), trace: [] });
}

/** JSON of a failure that the runtime itself names, as `Runtime.HandlerNotFound`. */
export function runtimeErrorPayload(errorType: string, errorMessage: string, trace: readonly string[] = []): string {
  return JSON.stringify({ errorType, errorMessage, trace });
}

function isError(thrown: unknown): thrown is Error {
  if (types.isNativeError(thrown)) return true;
  return typeof thrown === 'object' && thrown !== null && 'name' in thrown && 'message' in thrown && 'stack' in thrown;
}

function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}

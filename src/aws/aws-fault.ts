// Reads what AWS said out of any error that comes from a call: the SDK's own, a translated one, or one that the
// engine is to handle. Kinds and the ledger ask here instead of looking at names and messages themselves.

import { KindFaultError } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';

export interface AwsFault {
  /** AWS's error name: `ConditionalCheckFailedException`. */
  readonly name: string;
  readonly message: string;
  /** The HTTP status; absent when no answer came. */
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** Node's code of a network error: `ECONNRESET`. */
  readonly code: string | undefined;
  /** The SDK's exception, for those that carry more (`CancellationReasons`, `Item`). */
  readonly exception: Error;
}

/** The AWS error inside, if there is one: through ApigenError and KindFaultError down to the SDK's exception. */
export function awsFault(error: unknown): AwsFault | undefined {
  let current: unknown = error;
  while (current instanceof ApigenError || current instanceof KindFaultError) current = current.cause;
  if (!(current instanceof Error)) return undefined;
  const metadata: unknown = '$metadata' in current ? current.$metadata : undefined;
  return {
    name: current.name,
    message: current.message,
    status: numberField(metadata, 'httpStatusCode'),
    requestId: stringField(metadata, 'requestId'),
    code: stringField(current, 'code') ?? stringField(current.cause, 'code') ?? codeInText(current.message),
    exception: current,
  };
}

/** Whether AWS answered with one of these error names: `hasAwsName(error, 'ConditionalCheckFailedException')`. */
export function hasAwsName(error: unknown, ...names: readonly string[]): boolean {
  const fault = awsFault(error);
  return fault !== undefined && names.includes(fault.name);
}

/** Of an error from another realm (a sandbox's), the SDK keeps nothing but the text. */
function codeInText(message: string): string | undefined {
  if (/socket hang up/.test(message)) return 'ECONNRESET';
  return /\b(ECONN\w+|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b/.exec(message)?.[1];
}

function numberField(holder: unknown, field: string): number | undefined {
  const value = fieldOf(holder, field);
  return typeof value === 'number' ? value : undefined;
}

function stringField(holder: unknown, field: string): string | undefined {
  const value = fieldOf(holder, field);
  return typeof value === 'string' ? value : undefined;
}

function fieldOf(holder: unknown, field: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, field) : undefined;
}

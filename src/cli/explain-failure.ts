// Whatever was thrown, as an ApigenError: ours as it is, what follows an interruption as one, what the operating
// system refused with its own words, and everything else as a fault of ours that asks for --debug.

import { getSystemErrorMap, types } from 'node:util';
import { ApigenError } from '../errors.ts';

/** @param typed the command line, for the hint: `apigen deploy --yes`. */
export function explainFailure(thrown: unknown, typed: string, isInterrupted: boolean): ApigenError {
  if (thrown instanceof ApigenError) return thrown;
  // Ctrl-C reaches child processes too: what breaks then follows from it, whatever it calls itself.
  if (isInterrupted) {
    return new ApigenError({ code: 'INTERRUPTED', summary: 'Interrupted', exitCode: 130, cause: thrown });
  }
  if (isSystemError(thrown)) return systemFailure(thrown);
  return new ApigenError({
    code: 'INTERNAL',
    summary: 'apigen met an error that it did not expect',
    detail: types.isNativeError(thrown) ? `${thrown.name}: ${thrown.message}` : String(thrown),
    hint: `${typed} --debug    (shows where, for a bug report)`,
    cause: thrown,
  });
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return types.isNativeError(error) && 'syscall' in error && 'code' in error && 'errno' in error;
}

function systemFailure(error: NodeJS.ErrnoException): ApigenError {
  const meaning = getSystemErrorMap().get(error.errno ?? 0)?.[1] ?? error.message;
  const place = error.path ?? 'the system';
  return new ApigenError({
    code: 'SYSTEM_ERROR',
    summary: `Cannot ${error.syscall ?? 'use'} ${place}: ${meaning}`,
    detail: error.message,
    hint: cures[error.code ?? ''],
    cause: error,
  });
}

const writable = 'make that folder writable for this user, or run the command where it is';
const room = 'make room on that disk';

/** What a person can do about it. */
const cures: Readonly<Record<string, string>> = {
  EACCES: writable,
  EPERM: writable,
  EROFS: writable,
  ENOSPC: room,
  EDQUOT: room,
};

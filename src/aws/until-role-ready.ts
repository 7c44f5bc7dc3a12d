// Waiting for Lambda to learn of a new role: IAM tells its regions within seconds, rarely up to a minute, and Lambda
// refuses the function until then.

import { setTimeout as sleep } from 'node:timers/promises';
import { ApigenError } from '../errors.ts';
import { awsFault } from './aws-fault.ts';
import { pauseMs } from './until.ts';

export interface RoleReadyOptions {
  /** For the message. */
  readonly functionName: string;
  /** Default 60,000. */
  readonly timeoutMs?: number;
}

/**
 * Repeats a call that Lambda refuses because its role is too fresh.
 * @throws ApigenError ROLE_NOT_READY when Lambda still refuses it after 60 s
 */
export async function untilRoleReady<T>(call: () => Promise<T>, options: RoleReadyOptions): Promise<T> {
  const timeoutMs = options.timeoutMs ?? 60_000;
  const end = performance.now() + timeoutMs;
  for (let turn = 0; ; turn += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isRoleNotReady(error)) throw error;
      const pause = pauseMs(turn);
      if (performance.now() + pause > end) throw roleNotReady(error, options.functionName, timeoutMs);
      await sleep(pause);
    }
  }
}

/** Whether Lambda refuses a role because it is too fresh to be known everywhere. */
function isRoleNotReady(error: unknown): boolean {
  const fault = awsFault(error);
  return fault?.name === 'InvalidParameterValueException' && /cannot be assumed by Lambda/i.test(fault.message);
}

function roleNotReady(error: unknown, functionName: string, timeoutMs: number): ApigenError {
  const known = error instanceof ApigenError ? error : undefined;
  return new ApigenError({
    code: 'ROLE_NOT_READY',
    summary: known?.summary ?? `Cannot create function ${functionName}`,
    detail: `Lambda still refuses its new role after ${Math.round(timeoutMs / 1000)} s.`,
    hint: 'apigen deploy    (finished resources are skipped)',
    aws: known?.aws,
    cause: awsFault(error)?.exception ?? error,
  });
}

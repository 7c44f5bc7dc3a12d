// Waiting for Lambda to learn of a new role: IAM tells its regions within seconds, rarely up to a minute, and Lambda
// refuses the function until then.

import { setTimeout as sleep } from 'node:timers/promises';
import { ApigenError } from '../errors.ts';
import { awsFault } from './aws-fault.ts';

export interface RoleReadyOptions {
  /** For the message. */
  readonly functionName: string;
  /** Default 60,000. */
  readonly timeoutMs?: number;
  /** Shared by calls whose roles were made at about the same time. */
  readonly turns?: RoleTurns;
  /** Asked once, after the first refusal. @throws whatever makes waiting useless */
  refused?(): Promise<void>;
}

/**
 * Lets one refused call probe while the others wait with it: twenty functions that each asked anew would use up
 * Lambda's quota of 15 calls per second before their roles are known. How long the probe's role took is what the others
 * then expect of theirs.
 */
export class RoleTurns {
  #probe: { readonly over: Promise<void>; readonly end: () => void } | undefined;
  #expectedMs = 0;

  /** Resolves when nobody probes and a role that is waited for since `begun` may be ready. */
  async free(begun: number): Promise<void> {
    while (this.#probe) await this.#probe.over;
    const early = begun + this.#expectedMs - performance.now();
    if (early > 0) await sleep(early);
  }

  /** A call was accepted that waited so long. */
  learn(waitedMs: number): void {
    this.#expectedMs = Math.max(this.#expectedMs, waitedMs);
  }

  /** Takes the probing over; undefined when somebody else has it. */
  begin(): (() => void) | undefined {
    if (this.#probe) return undefined;
    let resolve = (): void => undefined;
    const over = new Promise<void>((done) => {
      resolve = done;
    });
    const end = (): void => {
      this.#probe = undefined;
      resolve();
    };
    this.#probe = { over, end };
    return end;
  }
}

/** Lambda's bucket is full again by the next probe: waiting for roles, a deploy has nothing else to call it for. */
const probeEveryMs = 250;

/**
 * Repeats a call that Lambda refuses because its role is too fresh.
 * @throws ApigenError ROLE_NOT_READY when Lambda still refuses it after 60 s
 */
export async function untilRoleReady<T>(call: () => Promise<T>, options: RoleReadyOptions): Promise<T> {
  const timeoutMs = options.timeoutMs ?? 60_000;
  const turns = options.turns ?? new RoleTurns();
  const begun = performance.now();
  let done: (() => void) | undefined;
  let wasRefused = false;
  try {
    for (;;) {
      if (!done) await turns.free(begun);
      const sent = performance.now();
      try {
        const answer = await call();
        if (done) turns.learn(sent - begun);
        return answer;
      } catch (error) {
        if (!isRoleNotReady(error)) throw error;
        if (!wasRefused) await options.refused?.();
        wasRefused = true;
        // An upload that takes long is not repeated at once.
        const pause = Math.max(probeEveryMs, performance.now() - sent);
        if (performance.now() + pause > begun + timeoutMs) throw roleNotReady(error, options.functionName, timeoutMs);
        done ??= turns.begin();
        if (done) await sleep(pause);
      }
    }
  } finally {
    done?.();
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

// Waiting for AWS to finish something: dense at first, since most things take under a second, then every 2 s.

import { setTimeout as sleep } from 'node:timers/promises';
import { ApigenError } from '../errors.ts';
import { awsFault, isRoleNotReady } from './aws-fault.ts';

export interface UntilOptions {
  readonly timeoutMs: number;
  /** What is waited for, after "Gave up waiting for": `function shop-dev-list to become active`. */
  readonly describe: string;
  /** Ends the wait at once, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds between probes; the last one repeats. Source: AWS's states settle mostly within a second. */
const pausesMs = [250, 500, 1000, 2000] as const;

/**
 * Probes until there is an answer. `probe` returns undefined for "not yet"; what it throws ends the wait.
 * @throws ApigenError WAIT_TIMEOUT
 */
export async function until<T>(probe: () => Promise<T | undefined>, options: UntilOptions): Promise<T> {
  const end = performance.now() + options.timeoutMs;
  for (let turn = 0; ; turn += 1) {
    options.signal?.throwIfAborted();
    const answer = await probe();
    if (answer !== undefined) return answer;
    const pauseMs = pausesMs[Math.min(turn, pausesMs.length - 1)] ?? 2000;
    if (performance.now() + pauseMs > end) throw gaveUp(options);
    await sleep(pauseMs, undefined, options.signal === undefined ? undefined : { signal: options.signal });
  }
}

/** Lambda learns of a new role within seconds, rarely up to a minute. */
const roleTimeoutMs = 60_000;

/**
 * Repeats a call that Lambda refuses because its role is too fresh ("cannot be assumed by Lambda").
 * @throws ApigenError ROLE_NOT_READY after 60 s
 */
export async function untilRoleReady<T>(call: () => Promise<T>, timeoutMs: number = roleTimeoutMs): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (let turn = 0; ; turn += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isRoleNotReady(error)) throw error;
      const pauseMs = pausesMs[Math.min(turn, pausesMs.length - 1)] ?? 2000;
      if (performance.now() + pauseMs > end) throw roleNotReady(error, timeoutMs);
      await sleep(pauseMs);
    }
  }
}

function gaveUp({ describe, timeoutMs }: UntilOptions): ApigenError {
  return new ApigenError({
    code: 'WAIT_TIMEOUT',
    summary: `Gave up waiting for ${describe}`,
    detail: `AWS had not finished it after ${Math.round(timeoutMs / 1000)} s.`,
    hint: 'run the same command again; finished resources are skipped',
  });
}

function roleNotReady(error: unknown, timeoutMs: number): ApigenError {
  const known = error instanceof ApigenError ? error : undefined;
  return new ApigenError({
    code: 'ROLE_NOT_READY',
    summary: known?.summary ?? 'Cannot create the function',
    detail: `Lambda still refuses its new role after ${Math.round(timeoutMs / 1000)} s.`,
    hint: 'apigen deploy    (finished resources are skipped)',
    aws: known?.aws,
    cause: awsFault(error)?.exception ?? error,
  });
}

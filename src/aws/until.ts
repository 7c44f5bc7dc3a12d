// Waiting for AWS to finish something: dense at first, since most things take under a second, then every 2 s.

import { setTimeout as sleep } from 'node:timers/promises';
import { ApigenError } from '../errors.ts';

export interface UntilOptions {
  readonly timeoutMs: number;
  /** What is waited for, after "Gave up waiting for": `function shop-dev-list to become active`. */
  readonly describe: string;
  /** Ends the wait at once, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds to wait after the probe of this number, counted from 0. */
export function pauseMs(turn: number): number {
  return [250, 500, 1000][turn] ?? 2000;
}

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
    const pause = pauseMs(turn);
    if (performance.now() + pause > end) throw gaveUp(options);
    await sleep(pause, undefined, { signal: options.signal }).catch(() => options.signal?.throwIfAborted());
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

// How often and how long a failed call is tried again, by what its failure means. Backoff is exponential with full
// jitter, so that many calls refused together do not come back together.

import type { AwsFault } from './aws-fault.ts';
import type { Verdict } from './classify-error.ts';

interface Policy {
  readonly baseMs: number;
  readonly capMs: number;
  /** Attempts with this verdict, the first included. */
  readonly attempts: number;
  /** No further attempt begins this long after the first one failed so. */
  readonly patienceMs: number;
}

const policies: Readonly<Partial<Record<Verdict, Policy>>> = {
  // Others in the account may be using the quota up: outlast the slowest bucket (30 s) a few times over.
  throttled: { baseMs: 500, capMs: 20_000, attempts: Number.POSITIVE_INFINITY, patienceMs: 180_000 },
  busy: { baseMs: 250, capMs: 4_000, attempts: Number.POSITIVE_INFINITY, patienceMs: 60_000 },
  unreachable: { baseMs: 200, capMs: 2_000, attempts: 4, patienceMs: 15_000 },
  unanswered: { baseMs: 200, capMs: 5_000, attempts: 5, patienceMs: 60_000 },
  skewed: { baseMs: 0, capMs: 0, attempts: 2, patienceMs: 60_000 },
};

/** Counts the failures of one call. */
export class Retries {
  readonly #failures = new Map<Verdict, { count: number; readonly since: number }>();

  /**
   * Milliseconds to wait before the next attempt; undefined when there shall be none.
   * @param now milliseconds of a monotonic clock
   */
  next(verdict: Verdict, fault: AwsFault, now: number): number | undefined {
    const policy = policies[verdict];
    if (policy === undefined) return undefined;
    const failed = this.#failures.get(verdict) ?? { count: 0, since: now };
    failed.count += 1;
    this.#failures.set(verdict, failed);
    if (failed.count >= policy.attempts) return undefined;
    const backoffMs = Math.random() * Math.min(policy.capMs, policy.baseMs * 2 ** (failed.count - 1));
    const waitMs = Math.max(backoffMs, retryAfterMs(fault) ?? 0);
    return now + waitMs - failed.since > policy.patienceMs ? undefined : waitMs;
  }
}

/** API Gateway and Lambda sometimes say when to come back. */
function retryAfterMs({ exception }: AwsFault): number | undefined {
  const seconds = 'retryAfterSeconds' in exception ? Number(exception.retryAfterSeconds) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 60) * 1000 : undefined;
}

// One quota as a bucket that starts full, kept a little below AWS's own so that calls which travel at different
// speeds do not arrive closer together than they were sent. Times are milliseconds of a monotonic clock.

import type { Quota } from './quotas.ts';

/** How much closer than sent two calls may arrive. */
const jitterSeconds = 0.2;
const rateShare = 0.98;

export class TokenBucket {
  readonly #ratePerMs: number;
  readonly #burst: number;
  /**
   * A quota of one at a time: its token comes back counted from the answer, not from the sending, since the call
   * reached AWS somewhere in between and the next must not come too early.
   */
  readonly #single: boolean;
  #tokens: number;
  #at: number;
  #unanswered = 0;

  constructor(quota: Quota, now: number) {
    this.#single = quota.burst <= 1;
    this.#ratePerMs = (quota.rate * rateShare) / 1000;
    this.#burst = this.#single ? 1 : Math.max(1, quota.burst - quota.rate * jitterSeconds);
    this.#tokens = this.#burst;
    this.#at = now;
  }

  /** Milliseconds until a call may be sent; infinite while that hangs on an answer. */
  readyInMs(now: number): number {
    if (this.#single && this.#unanswered > 0) return Number.POSITIVE_INFINITY;
    this.#fill(now);
    return this.#tokens >= 1 ? 0 : Math.ceil((1 - this.#tokens) / this.#ratePerMs);
  }

  take(now: number): void {
    this.#fill(now);
    this.#tokens -= 1;
    this.#unanswered += 1;
  }

  answered(now: number): void {
    this.#unanswered -= 1;
    if (this.#single) this.#empty(now);
  }

  /** AWS says that the quota is used up: others in the account call too. */
  refused(now: number): void {
    this.#fill(now);
    this.#empty(now);
  }

  #empty(now: number): void {
    this.#tokens = Math.min(this.#tokens, 0);
    this.#at = now;
  }

  #fill(now: number): void {
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#at) * this.#ratePerMs);
    this.#at = now;
  }
}

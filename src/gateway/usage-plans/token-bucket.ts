// A token bucket as API Gateway throttles: it holds up to the burst, and refills at the steady rate.

import type { Throttle } from '../../api/definition.ts';

export class TokenBucket {
  readonly #rate: number;
  readonly #capacity: number;
  readonly #now: () => number;
  #tokens: number;
  #filledAt: number;

  constructor(throttle: Throttle, now: () => number = Date.now) {
    this.#rate = throttle.rateLimit;
    this.#capacity = throttle.burstLimit;
    this.#now = now;
    this.#tokens = throttle.burstLimit;
    this.#filledAt = now();
  }

  /** Whether one more request may pass; it is counted if so. */
  take(): boolean {
    const now = this.#now();
    const elapsedSeconds = Math.max(0, now - this.#filledAt) / 1000;
    this.#tokens = Math.min(this.#capacity, this.#tokens + elapsedSeconds * this.#rate);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

// Counts calls against limits as AWS does: buckets that start full and refill steadily, by the monotonic clock.

import type { Limit } from './documented-quotas.ts';

interface Level {
  tokens: number;
  at: number;
}

export class QuotaMeter {
  readonly #levels = new Map<string, Level>();

  /** Takes a token from every bucket, or from none and returns the name of the one that is empty. */
  take(limits: readonly Limit[], nowMs: number): string | undefined {
    const levels = limits.map((limit) => this.#level(limit, nowMs));
    // A hair under one token is one token: refills are fractions.
    const empty = limits.find((_, index) => (levels[index]?.tokens ?? 0) < 1 - 1e-6);
    if (empty !== undefined) return empty.bucket;
    for (const level of levels) level.tokens -= 1;
    return undefined;
  }

  #level(limit: Limit, nowMs: number): Level {
    const known = this.#levels.get(limit.bucket);
    if (known === undefined) {
      const full = { tokens: limit.capacity, at: nowMs };
      this.#levels.set(limit.bucket, full);
      return full;
    }
    known.tokens = Math.min(limit.capacity, known.tokens + ((nowMs - known.at) / 1000) * limit.perSecond);
    known.at = nowMs;
    return known;
  }
}

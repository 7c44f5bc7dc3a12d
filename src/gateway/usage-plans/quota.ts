// Counts requests of one key against a plan's quota; the count begins anew with each day, week or month in UTC.

import type { UsagePlan } from '../../api/definition.ts';

type QuotaLimit = NonNullable<UsagePlan['quota']>;

const DAY_MS = 24 * 60 * 60 * 1000;

export class Quota {
  readonly #limit: number;
  readonly #period: QuotaLimit['period'];
  readonly #offset: number;
  readonly #now: () => number;
  #periodStart = Number.NaN;
  #used = 0;

  constructor(limit: QuotaLimit, now: () => number = Date.now) {
    this.#limit = limit.limit;
    this.#period = limit.period;
    this.#offset = limit.offset ?? 0;
    this.#now = now;
  }

  /** Whether one more request fits; it is counted if so. */
  take(): boolean {
    const start = startOf(this.#period, this.#offset, this.#now());
    if (start !== this.#periodStart) {
      this.#periodStart = start;
      this.#used = 0;
    }
    if (this.#used >= this.#limit) return false;
    this.#used += 1;
    return true;
  }
}

// The start of the period without its offset, moved by it: before that day of this period, the one before goes on.
function startOf(period: QuotaLimit['period'], offsetDays: number, epochMs: number): number {
  const date = new Date(epochMs - offsetDays * DAY_MS);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (period) {
    case 'DAY':
      return Date.UTC(year, month, day);
    case 'WEEK':
      return Date.UTC(year, month, day - date.getUTCDay());
    case 'MONTH':
      return Date.UTC(year, month, 1);
  }
}

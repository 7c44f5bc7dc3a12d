// Holds calls back until AWS's quotas allow them. A call takes a token from each of its buckets at the moment it
// may be sent, never earlier, so that one waiting for a slow quota holds up no other. First come, first served
// within a bucket.

import type { AwsCall } from './aws-call.ts';
import { quotasOf } from './quotas.ts';
import { TokenBucket } from './token-bucket.ts';

export interface Pacer {
  /**
   * Resolves when the call may be sent. Every taken call must be given back by {@link Pacer.answered}.
   * @param onWait told once, if the call must wait; the milliseconds are a lower bound.
   * @throws the signal's reason when it aborts first.
   */
  take(call: AwsCall, signal: AbortSignal | undefined, onWait: (ms: number) => void): Promise<void>;
  /** The attempt has ended, well or badly; `throttled` when AWS said that a quota is used up. */
  answered(call: AwsCall, throttled: boolean): void;
}

/** For endpoints that have no quotas, as emulators on this machine. */
export const unpaced: Pacer = {
  take: async (_call, signal) => signal?.throwIfAborted(),
  answered: () => undefined,
};

interface Waiting {
  readonly buckets: readonly TokenBucket[];
  readonly go: () => void;
}

export class QuotaPacer implements Pacer {
  readonly #buckets = new Map<string, TokenBucket>();
  #queue: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  async take(call: AwsCall, signal: AbortSignal | undefined, onWait: (ms: number) => void): Promise<void> {
    signal?.throwIfAborted();
    const buckets = this.#bucketsOf(call);
    if (buckets.length === 0) return;
    let gone = false;
    const turn = new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        this.#queue = this.#queue.filter((other) => other !== waiting);
        reject(signal?.reason);
      };
      const waiting: Waiting = {
        buckets,
        go: () => {
          gone = true;
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(waiting);
    });
    this.#pump();
    if (!gone) onWait(this.#lowerBoundMs(buckets));
    await turn;
  }

  answered(call: AwsCall, throttled: boolean): void {
    const now = performance.now();
    const buckets = this.#bucketsOf(call);
    for (const bucket of buckets) bucket.answered(now);
    // AWS does not say which quota it was: the narrowest, most likely, which stands first.
    if (throttled) buckets[0]?.refused(now);
    this.#pump();
  }

  #bucketsOf(call: AwsCall): readonly TokenBucket[] {
    return quotasOf(call).map((quota) => {
      const known = this.#buckets.get(quota.name);
      if (known !== undefined) return known;
      const bucket = new TokenBucket(quota, performance.now());
      this.#buckets.set(quota.name, bucket);
      return bucket;
    });
  }

  /** Lets go, in order, everything whose buckets all have a token, and wakes again when the next one may. */
  #pump(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    this.#queue = this.#queue.filter(({ buckets, go }) => {
      const ready = Math.max(...buckets.map((bucket) => bucket.readyInMs(now)));
      if (ready > 0) {
        next = Math.min(next, ready);
        return true;
      }
      for (const bucket of buckets) bucket.take(now);
      go();
      return false;
    });
    if (Number.isFinite(next)) this.#timer = setTimeout(() => this.#pump(), next);
  }

  #lowerBoundMs(buckets: readonly TokenBucket[]): number {
    const now = performance.now();
    const times = buckets.map((bucket) => bucket.readyInMs(now)).filter((ms) => Number.isFinite(ms));
    return Math.max(0, ...times);
  }
}

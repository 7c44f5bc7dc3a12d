// A stage's throttle: a bucket of `burstLimit` tokens that fills at `rateLimit` a second, one for each request.

import type { Throttle } from '../../api/definition.ts';

/** Whether one more request is admitted; without a throttle, always. `now` in milliseconds. */
export function createThrottle(throttle: Throttle | undefined, now: () => number): () => boolean {
  if (throttle === undefined) return () => true;
  let tokens = throttle.burstLimit;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(throttle.burstLimit, tokens + ((at - filledAt) / 1000) * throttle.rateLimit);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

// The throttles of a stage: each method has a bucket of its own, by its own limits or by the stage's, which are "the
// default method throttling" ("Throttle requests to your REST APIs", developer guide).

import type { RestRoute } from '../../api/definition.ts';
import type { Throttle } from '../../api/stage-definition.ts';
import { TokenBucket } from '../usage-plans/token-bucket.ts';

export class MethodThrottles {
  readonly #stage: Throttle | undefined;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(stage: Throttle | undefined) {
    this.#stage = stage;
  }

  /** Whether one more request to the method may pass; it is counted if so. */
  take(route: RestRoute): boolean {
    const throttle = route.throttle ?? this.#stage;
    if (throttle === undefined) return true;
    const key = `${route.method} ${route.path}`;
    const bucket = this.#buckets.get(key) ?? new TokenBucket(throttle);
    this.#buckets.set(key, bucket);
    return bucket.take();
  }
}

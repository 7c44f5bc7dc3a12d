// API keys and usage plans of one API stage: which key may pass, how fast and how often. A key counts only if it is
// known, enabled, and in a plan that covers the stage.

import type { ApiKey, UsagePlan } from '../../api/definition.ts';
import { Quota } from './quota.ts';
import { TokenBucket } from './token-bucket.ts';

export type Admission =
  | { readonly type: 'admitted'; readonly key: ApiKey }
  | { readonly type: 'invalid-key' | 'throttled' | 'over-quota' };

interface Subscription {
  readonly key: ApiKey;
  readonly bucket: TokenBucket | undefined;
  /** By `METHOD /path`: a method's own limit stands in place of the plan's. */
  readonly methods: ReadonlyMap<string, TokenBucket>;
  readonly quota: Quota | undefined;
}

export class UsagePlans {
  readonly #byValue = new Map<string, Subscription>();

  constructor(keys: readonly ApiKey[], plans: readonly UsagePlan[], stage: string, now: () => number = Date.now) {
    for (const key of keys) {
      const plan = plans.find((each) => each.stages.includes(stage) && each.keys.includes(key.name));
      if (plan === undefined || !key.enabled) continue;
      this.#byValue.set(key.value, {
        key,
        bucket: plan.throttle === undefined ? undefined : new TokenBucket(plan.throttle, now),
        methods: new Map(
          Object.entries(plan.methodThrottles ?? {}).map(([route, throttle]) => [
            route,
            new TokenBucket(throttle, now),
          ]),
        ),
        quota: plan.quota === undefined ? undefined : new Quota(plan.quota, now),
      });
    }
  }

  /** Counts one request of a key's value to `METHOD /path`. A throttled request does not use up the quota. */
  admit(value: string | undefined, route = ''): Admission {
    const subscription = value === undefined ? undefined : this.#byValue.get(value);
    if (subscription === undefined) return { type: 'invalid-key' };
    if ((subscription.methods.get(route) ?? subscription.bucket)?.take() === false) return { type: 'throttled' };
    if (subscription.quota?.take() === false) return { type: 'over-quota' };
    return { type: 'admitted', key: subscription.key };
  }
}

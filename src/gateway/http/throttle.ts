// Throttles of an HTTP or WebSocket API: a route with settings of its own has a bucket of its own, all others share the
// stage's. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html

import type { Throttle } from '../../api/definition.ts';
import { TokenBucket } from '../usage-plans/token-bucket.ts';

interface ThrottledRoute {
  readonly routeKey: string;
  readonly throttle?: Throttle;
}

/** Whether one more request to a route is admitted; without a throttle, always. `now` in milliseconds. */
export function createThrottle(
  stage: Throttle | undefined,
  routes: readonly ThrottledRoute[],
  now: () => number,
): (routeKey: string) => boolean {
  const shared = stage === undefined ? undefined : new TokenBucket(stage, now);
  const own = new Map(
    routes.flatMap(({ routeKey, throttle }) =>
      throttle === undefined ? [] : [[routeKey, new TokenBucket(throttle, now)] as const],
    ),
  );
  return (routeKey) => (own.get(routeKey) ?? shared)?.take() ?? true;
}

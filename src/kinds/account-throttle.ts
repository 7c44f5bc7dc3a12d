// A stage without a throttle of its own is held to the account's. API Gateway v2 cannot take a stage's throttle away
// again: left out of an update it becomes 0 and 0, and the API refuses every call. So "none" is written as the
// account's own limits, and those are read as "none".
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html

import { GetAccountCommand } from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';

/** Requests a second, and how many at once. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const documented: Throttle = { rate: 10_000, burst: 5_000 };

/** The account's limits in this region; both API Gateways share them. */
export async function accountThrottle(aws: Aws): Promise<Throttle> {
  const { throttleSettings } = await aws.apiGateway.send(new GetAccountCommand({}));
  const { rateLimit, burstLimit } = throttleSettings ?? {};
  return rateLimit && burstLimit ? { rate: rateLimit, burst: burstLimit } : documented;
}

/**
 * A stage's limits as AWS answers them → its throttle, or null for none. Absent and -1 mean none; 0 stops the stage.
 * @param wanted the desired throttle: only where that is none is the account asked what its limits are
 */
export async function throttleFrom(
  aws: Aws,
  rate: number | undefined,
  burst: number | undefined,
  wanted: Throttle | null | undefined,
): Promise<Throttle | null> {
  if (rate === undefined || burst === undefined || rate < 0 || burst < 0) return null;
  if (wanted !== null) return { rate, burst };
  const account = await accountThrottle(aws);
  return rate >= account.rate && burst >= account.burst ? null : { rate, burst };
}

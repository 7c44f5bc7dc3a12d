// Whether a plan that was made without the lock holds under it: AWS's read quotas are too narrow to look at everything
// twice in a few seconds.

import type { Lock } from '../../ledger/lease.ts';
import type { StageLedger } from '../../ledger/read-ledger.ts';

/** What was seen longer ago is looked at again under the lock, in ms: by then somebody may have changed it by hand. */
const freshForMs = 60_000;

/** @param observedAt by the monotonic clock, in ms */
export function stillHolds(plan: { readonly ledger: StageLedger; readonly observedAt: number }, lock: Lock): boolean {
  const { token, held } = plan.ledger.lock;
  // Each holder raises the token by one: with the next one nobody has held the lock in between.
  const nobodyRan = !held && lock.token === token + 1;
  return nobodyRan && performance.now() - plan.observedAt < freshForMs;
}

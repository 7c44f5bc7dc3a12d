// Whether a plan that was made without the lock holds under it, so that what is live is looked at once and not twice:
// AWS's quotas for reading are narrow. Invariant: no plan is applied in whose midst, or after which, apigen has run.

import { canonical } from '../../engine/compare.ts';
import type { Json } from '../../engine/kind.ts';
import { type Lock, systemClocks, timesOf } from '../../ledger/lease.ts';
import type { StageLedger } from '../../ledger/read-ledger.ts';

/** What was seen longer ago is looked at again under the lock, in ms. */
export const freshForMs = 60_000;

/** When a plan began to look, by both clocks: one stands still while a machine sleeps, the other may be set. */
export type LookedAt = ReturnType<typeof timesOf>;

export const lookingNow = (): LookedAt => timesOf(systemClocks);

/**
 * Everything that apigen changes, it changes under the lock, and each holder raises the lock's token by one. The plan
 * read the token before it looked at anything else. If nobody held the lock then, and the token that this run was given
 * is the next one, nobody has held it since: apigen has changed nothing of what the plan saw, in its midst or after it.
 * (The ledger's serial would not tell: it rises with the first write of a run, not with its last.) The ledger, which
 * was read row by row, is read again and must be the same.
 *
 * What somebody changes by hand between looking and applying is seen by no look but the next run's, which calls it
 * drift. So that this time does not grow beyond what a long run takes anyway, an old plan is made again.
 *
 * @param now the ledger as it is under the lock
 */
export function stillHolds(
  plan: { readonly ledger: StageLedger; readonly lookedAt: LookedAt },
  now: StageLedger,
  lock: Pick<Lock, 'token'>,
  clocks = systemClocks,
): boolean {
  const { token, held } = plan.ledger.lock;
  const nobodyRan = !held && lock.token === token + 1;
  return nobodyRan && textOf(plan.ledger) === textOf(now) && ageMs(plan.lookedAt, timesOf(clocks)) < freshForMs;
}

function ageMs(then: LookedAt, now: LookedAt): number {
  const wall = now.wall - then.wall;
  // A clock that was set back says nothing of how long ago it was.
  return wall < 0 ? Number.POSITIVE_INFINITY : Math.max(now.monotonic - then.monotonic, wall);
}

/** What other API versions have changes with the lock's token alone. */
function textOf({ known, serial, rows, releases, journal, cleanupPending }: StageLedger): string {
  return canonical({ known, serial, releases, journal, cleanupPending, rows: [...rows.values()] } as unknown as Json);
}

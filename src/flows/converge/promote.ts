// Ends a canary well: the newest release, which had a share of the traffic, gets all of it. Seconds; nothing is built.

import { finishCutover } from '../../engine/cut-over.ts';
import type { LedgerState, Release } from '../../engine/ledger.ts';
import type { Reporter } from '../../engine/reporter.ts';
import { planRollback, promote as promoteRelease, type RollbackPlan } from '../../engine/rollback.ts';
import { ApigenError } from '../../errors.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import { ledgerWriter } from '../../ledger/writer.ts';
import type { Project } from '../../project/project.ts';
import { kindsFor } from './kinds-for.ts';
import { applyOptions, type LockOptions, underLock } from './locked-run.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

/** @throws ApigenError `NO_CANARY` */
export async function planPromotion(session: Session, project: Project): Promise<RollbackPlan> {
  const ledger = await readLedger(session.aws, scopeOf(project));
  return planRollback(canaryOf(ledger), kindsFor(session, project, []), ledger.others);
}

export async function promote(
  session: Session,
  project: Project,
  options: LockOptions & { readonly reporter: Reporter },
): Promise<Release> {
  const kinds = kindsFor(session, project, []);
  return underLock(session, project, options, async (lock) => {
    const settings = await applyOptions(project, options.reporter, options.signal);
    const before = await readLedger(session.aws, scopeOf(project));
    if (before.journal) {
      const writer = ledgerWriter(session.aws, scopeOf(project), lock, before);
      await finishCutover(before.journal, kinds, before, writer, settings);
    }
    const ledger = await readLedger(session.aws, scopeOf(project));
    const plan = await planRollback(canaryOf(ledger), kinds, ledger.others);
    return promoteRelease(plan, kinds, ledger, ledgerWriter(session.aws, scopeOf(project), lock, ledger), settings);
  });
}

function canaryOf({ releases, journal, cleanupPending }: LedgerState): Release {
  const newest = journal?.release ?? releases[0];
  // Without its canary it may be this very promotion that was cut off: typed again, it is finished.
  if (newest && (newest.canary || journal || cleanupPending)) return newest;
  throw new ApigenError({
    code: 'NO_CANARY',
    summary: newest ? `Release ${newest.number} gets all the traffic already` : 'Nothing was deployed yet',
    hint: newest ? 'apigen deploy --canary 10%    (tries the next one on a part of it)' : 'apigen deploy',
  });
}

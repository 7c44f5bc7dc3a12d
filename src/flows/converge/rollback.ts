// Returns a stage to a kept release: plans without the lock, applies under it.

import { finishCutover } from '../../engine/cut-over.ts';
import type { LedgerState, Release } from '../../engine/ledger.ts';
import type { Reporter } from '../../engine/reporter.ts';
import { isReturned, planRollback, type RollbackPlan, releaseToReturnTo, rollBack } from '../../engine/rollback.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import { ledgerWriter } from '../../ledger/writer.ts';
import type { Project } from '../../project/project.ts';
import { kindsFor } from './kinds-for.ts';
import { applyOptions, type LockOptions, underLock } from './locked-run.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

export interface PlannedRollback {
  readonly ledger: LedgerState;
  readonly plan: RollbackPlan;
}

/** @param number absent: the release before the newest */
export async function planReturn(
  session: Session,
  project: Project,
  number: number | undefined,
): Promise<PlannedRollback> {
  const ledger = await readLedger(session.aws, scopeOf(project));
  const plan = await planRollback(releaseToReturnTo(ledger, number), kindsFor(session, project, []), ledger.others);
  return { ledger, plan };
}

export async function rollback(
  session: Session,
  project: Project,
  to: number,
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
    const { ledger, plan } = await planReturn(session, project, to);
    const [newest] = ledger.releases;
    // It was this very rollback that had been cut off.
    if (before.journal && newest?.rollbackOf === to && isReturned(plan)) return newest;
    const writer = ledgerWriter(session.aws, scopeOf(project), lock, ledger);
    return rollBack(plan, kinds, ledger, writer, settings);
  });
}

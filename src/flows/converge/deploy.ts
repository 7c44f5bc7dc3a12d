// Applies a plan under the lock: finishes a cut-over that was cut off, makes sure the plan is not stale, applies it.

import { type Applied, apply } from '../../engine/apply.ts';
import { canaryStands } from '../../engine/canary.ts';
import { finishCutover } from '../../engine/cut-over.ts';
import { isEmpty, type Plan } from '../../engine/plan.ts';
import type { Reporter } from '../../engine/reporter.ts';
import type { ApplyOptions } from '../../engine/run.ts';
import { ApigenError } from '../../errors.ts';
import type { Lock } from '../../ledger/lease.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import { ledgerWriter } from '../../ledger/writer.ts';
import { applyOptions, type LockOptions, underLock } from './locked-run.ts';
import { type PlanInput, type Planned, planDeploy } from './plan-deploy.ts';
import type { Prepared } from './prepare.ts';
import { scopeOf } from './scope.ts';
import { stillHolds } from './still-holds.ts';

export interface DeployOptions extends PlanInput, LockOptions {
  /** The share of the traffic, from 0 to 1, that the new release gets for now. */
  readonly canary?: number | undefined;
  readonly reporter: Reporter;
}

/** @returns what was applied; undefined when there was nothing left to do under the lock */
export async function deploy(
  prepared: Prepared,
  approved: Planned,
  options: DeployOptions,
): Promise<Applied | undefined> {
  const { aws, graph, kinds, project, session } = prepared;
  return underLock(session, project, options, async (lock) => {
    const { canary } = options;
    const settings = { ...(await applyOptions(project, options.reporter, options.signal, prepared.models)), canary };
    const planned = await freshPlan(prepared, approved, options, settings, lock);
    if (isEmpty(planned.plan)) return undefined;
    if (canary !== undefined && canaryStands(planned.plan, graph, kinds, planned.observation, canary)) return undefined;
    const writer = ledgerWriter(aws, scopeOf(project), lock, planned.ledger);
    return apply(graph, kinds, planned.plan, planned.observation, planned.ledger, writer, settings);
  });
}

/**
 * The approved plan where it still holds, else one made under the lock; after a cut-over that had to be finished,
 * whatever is then left to do.
 */
async function freshPlan(
  prepared: Prepared,
  approved: Planned,
  options: DeployOptions,
  settings: ApplyOptions,
  lock: Lock,
): Promise<Planned> {
  const ledger = await readLedger(prepared.aws, scopeOf(prepared.project));
  const { journal } = ledger;
  if (journal) {
    const writer = ledgerWriter(prepared.aws, scopeOf(prepared.project), lock, ledger);
    await finishCutover(journal, prepared.kinds, ledger, writer, settings);
    return planDeploy(prepared, options);
  }
  if (stillHolds(approved, ledger, lock)) return approved;
  const now = await planDeploy(prepared, { ...options, ledger });
  if (now.ledger.serial !== approved.ledger.serial && !within(now.plan, approved.plan)) throw stale();
  return now;
}

/** Whether a plan does nothing that the approved one did not say. */
function within(plan: Plan, approved: Plan): boolean {
  const said = new Set(approved.changes.map((change) => `${change.action} ${change.node}`));
  return plan.changes.every((change) => said.has(`${change.action} ${change.node}`));
}

const stale = (): ApigenError =>
  new ApigenError({
    code: 'PLAN_STALE',
    summary: 'Another deploy finished after this plan was made',
    detail: 'What there is to do is no longer what was shown, so nothing was changed.',
    hint: 'apigen deploy',
  });

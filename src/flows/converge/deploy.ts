// Applies a plan under the lock: finishes a cut-over that was cut off, makes sure the plan is not stale, applies it,
// and lets the lock go whatever happens.

import { type Applied, apply } from '../../engine/apply.ts';
import { finishCutover } from '../../engine/cut-over.ts';
import { isEmpty, type Plan } from '../../engine/plan.ts';
import type { Reporter } from '../../engine/reporter.ts';
import type { ApplyOptions } from '../../engine/run.ts';
import { ApigenError } from '../../errors.ts';
import { ensureLedgerTable } from '../../ledger/ledger-table.ts';
import { acquireLock } from '../../ledger/lock.ts';
import { ledgerWriter } from '../../ledger/writer.ts';
import { type PlanInput, type Planned, planDeploy, scopeOf } from './plan-deploy.ts';
import type { Prepared } from './prepare.ts';
import { releaseFacts } from './release-facts.ts';

/** How many releases can be returned to. */
export const keptReleases = 10;

export interface DeployOptions extends PlanInput {
  readonly reporter: Reporter;
}

/** @returns what was applied; undefined when there was nothing left to do under the lock */
export async function deploy(
  prepared: Prepared,
  approved: Planned,
  options: DeployOptions,
): Promise<Applied | undefined> {
  const { aws, graph, kinds, project, session } = prepared;
  const scope = scopeOf(project);
  await ensureLedgerTable(aws);
  const lock = await acquireLock(aws, scope);
  session.hold(lock);
  try {
    const applyOptions: ApplyOptions = {
      reporter: options.reporter,
      signal: options.signal,
      release: await releaseFacts(project.root),
      keep: keptReleases,
    };
    const planned = await underLock(prepared, approved, options, applyOptions, lock);
    if (isEmpty(planned.plan)) return undefined;
    const writer = ledgerWriter(aws, scope, lock, planned.ledger);
    return await apply(graph, kinds, planned.plan, planned.observation, planned.ledger, writer, applyOptions);
  } finally {
    await lock.release();
  }
}

/** The approved plan, or a fresh one when a cut-over had to be finished first. */
async function underLock(
  prepared: Prepared,
  approved: Planned,
  options: DeployOptions,
  applyOptions: ApplyOptions,
  lock: Awaited<ReturnType<typeof acquireLock>>,
): Promise<Planned> {
  const now = await planDeploy(prepared, options);
  const { journal } = now.ledger;
  if (journal) {
    const writer = ledgerWriter(prepared.aws, scopeOf(prepared.project), lock, now.ledger);
    await finishCutover(journal, prepared.kinds, now.ledger, writer, applyOptions);
    return planDeploy(prepared, options);
  }
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

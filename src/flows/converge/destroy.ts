// Takes a stage down: everything the ledger or the tags know, in reverse order, tables kept where the stage protects
// them. Ends with a search by tags: nothing of the stage may be left but what is kept and named.

import type { LedgerState } from '../../engine/ledger.ts';
import { type Leave, letGo } from '../../engine/let-go.ts';
import { observe } from '../../engine/observe.ts';
import { makePlan, type Plan } from '../../engine/plan.ts';
import type { Reporter } from '../../engine/reporter.ts';
import { ApigenError } from '../../errors.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import { ledgerWriter } from '../../ledger/writer.ts';
import type { Project } from '../../project/project.ts';
import { kindsFor } from './kinds-for.ts';
import { applyOptions, type LockOptions, underLock } from './locked-run.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

export interface DestroyInput extends LockOptions {
  /** Keep every table, whatever the project says. */
  readonly keepTables: boolean;
}

export interface DestroyPlan {
  readonly ledger: LedgerState;
  readonly plan: Plan;
}

export async function planDestroy(session: Session, project: Project, input: DestroyInput): Promise<DestroyPlan> {
  const kinds = kindsFor(session, project, []);
  const ledger = await readLedger(session.aws, scopeOf(project));
  const observation = await observe(new Map(), kinds, ledger, { discover: true, signal: input.signal });
  const tables = observation.leftovers.filter((leftover) => kinds.get(leftover.kind)?.holdsData);
  const allowed = input.keepTables ? [] : tables.map((leftover) => leftover.target.name);
  // Nothing is retired: no release outlives its stage.
  const withoutReleases = { ...ledger, releases: [] };
  const plan = makePlan(new Map(), kinds, observation, withoutReleases, { allowDataLoss: new Set(allowed) });
  return { ledger, plan };
}

/** @throws ApigenError `NOT_EMPTY` when something tagged as this stage's is still there afterwards */
export async function destroy(
  session: Session,
  project: Project,
  input: DestroyInput & { readonly reporter: Reporter },
): Promise<DestroyPlan> {
  return underLock(session, project, input, async (lock) => {
    const planned = await planDestroy(session, project, input);
    const writer = ledgerWriter(session.aws, scopeOf(project), lock, planned.ledger);
    const options = await applyOptions(project, input.reporter, input.signal);
    const leave: Leave = { kinds: kindsFor(session, project, []), ledger: planned.ledger, writer, options };
    await letGo(leave, planned.plan.changes, 0);
    await nothingLeft(session, project, planned.plan);
    await writer.forgetStage();
    return planned;
  });
}

async function nothingLeft(session: Session, project: Project, plan: Plan): Promise<void> {
  const kept = new Set(plan.kept.map((leftover) => leftover.target.id));
  const kinds = kindsFor(session, project, []);
  const found = (await Promise.all([...kinds.values()].map((kind) => kind.discover()))).flat();
  const left = found.filter((item) => !kept.has(item.id));
  if (left.length === 0) return;
  throw new ApigenError({
    code: 'NOT_EMPTY',
    summary: `${left.length} tagged ${left.length === 1 ? 'resource is' : 'resources are'} still there`,
    detail: left.map((item) => `${item.id} (${item.name})`).join('\n'),
    hint: `apigen destroy --stage ${project.stage.name}`,
  });
}

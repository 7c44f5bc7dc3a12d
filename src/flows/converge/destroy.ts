// Takes a stage down: everything the ledger or the tags know, in reverse order, tables kept where the stage protects
// them. Ends with a search by tags: nothing of the stage may be left but what is kept and named.

import type { LedgerState } from '../../engine/ledger.ts';
import { type Leave, letGo } from '../../engine/let-go.ts';
import { observe } from '../../engine/observe.ts';
import { makePlan, type Plan } from '../../engine/plan.ts';
import type { Reporter } from '../../engine/reporter.ts';
import { ApigenError } from '../../errors.ts';
import { ensureLedgerTable } from '../../ledger/ledger-table.ts';
import { acquireLock } from '../../ledger/lock.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import { ledgerWriter } from '../../ledger/writer.ts';
import type { Project } from '../../project/project.ts';
import { keptReleases } from './deploy.ts';
import { scopeOf } from './plan-deploy.ts';
import { kindsFor } from './kinds-for.ts';
import type { Session } from './session.ts';

export interface DestroyInput {
  /** Keep every table, whatever the project says. */
  readonly keepTables: boolean;
  readonly signal?: AbortSignal | undefined;
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
  const { aws } = session;
  const scope = scopeOf(project);
  await ensureLedgerTable(aws);
  const lock = await acquireLock(aws, scope);
  session.hold(lock);
  try {
    const planned = await planDestroy(session, project, input);
    const writer = ledgerWriter(aws, scope, lock, planned.ledger);
    const leave: Leave = {
      kinds: kindsFor(session, project, []),
      ledger: planned.ledger,
      writer,
      options: {
        reporter: input.reporter,
        signal: input.signal,
        release: { at: '', by: '' },
        keep: keptReleases,
      },
    };
    await letGo(leave, planned.plan.changes, 0);
    await nothingLeft(session, project, planned.plan);
    await writer.forgetStage();
    return planned;
  } finally {
    await lock.release();
  }
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

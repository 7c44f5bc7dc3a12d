// Takes a stage down: everything the ledger or the tags know, in reverse order, protected tables kept.
// Ends with a search by tags: nothing of the stage may be left but what is kept and named.

import type { LedgerState } from '../../engine/ledger.ts';
import { type Leave, letGo } from '../../engine/let-go.ts';
import { observe } from '../../engine/observe.ts';
import { makePlan, type Plan } from '../../engine/plan.ts';
import type { Reporter } from '../../engine/reporter.ts';
import { deleteKey, type StageKey, stageKeys } from '../../kinds/api-keys.ts';
import { readLedger, type StageLedger } from '../../ledger/read-ledger.ts';
import { ledgerWriter } from '../../ledger/writer.ts';
import { describeLiveTable } from '../../operate/tables/live-table.ts';
import type { Project } from '../../project/project.ts';
import { kindsFor } from './kinds-for.ts';
import { applyOptions, type LockOptions, underLock } from './locked-run.ts';
import { nothingLeft } from './nothing-left.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';
import { type LookedAt, lookingNow, stillHolds } from './still-holds.ts';

export interface DestroyInput extends LockOptions {
  /** Keep every table, whatever the project says. */
  readonly keepTables: boolean;
}

export interface DestroyPlan {
  readonly ledger: StageLedger;
  readonly lookedAt: LookedAt;
  readonly plan: Plan;
  /** API keys of the stage, which no ledger knows. */
  readonly keys: readonly StageKey[];
}

/** @param known the ledger as it was just read */
export async function planDestroy(
  session: Session,
  project: Project,
  input: DestroyInput,
  known?: StageLedger,
): Promise<DestroyPlan> {
  const kinds = kindsFor(session, project, []);
  const keys = stageKeys(session.aws, scopeOf(project));
  keys.catch(() => undefined);
  const lookedAt = lookingNow();
  const ledger = known ?? (await readLedger(session.aws, scopeOf(project)));
  const observation = await observe(new Map(), kinds, wholeStage(ledger), { discover: true, signal: input.signal });
  const tables = observation.leftovers.filter((leftover) => kinds.get(leftover.kind)?.holdsData);
  const allowed = input.keepTables
    ? []
    : await unprotected(
        session,
        tables.map((leftover) => leftover.target.name),
      );
  const plan = makePlan(new Map(), kinds, observation, wholeStage(ledger), { allowDataLoss: new Set(allowed) });
  return { ledger, lookedAt, plan, keys: await keys };
}

/** The rows of all API versions. Nothing is retired: no release outlives its stage. */
function wholeStage({ otherVersions, others: _, ...own }: StageLedger): LedgerState {
  const rows = new Map([...otherVersions.values(), own].flatMap((state) => [...state.rows]));
  return { ...own, rows, releases: [] };
}

/** Deletion protection as it is live: what somebody switched on in the console counts too. */
async function unprotected({ aws }: Session, tables: readonly string[]): Promise<readonly string[]> {
  const all = await Promise.all(tables.map(async (name) => ({ name, live: await describeLiveTable(aws, name) })));
  return all.filter(({ live }) => live?.DeletionProtectionEnabled !== true).map(({ name }) => name);
}

/**
 * Whether there is nothing to take down: no resource, and nothing in the ledger, where a destroy that was killed near
 * its end leaves the releases of a stage that is gone.
 */
export const isGone = ({ plan, ledger, keys }: DestroyPlan): boolean =>
  keys.length === 0 &&
  plan.changes.length === 0 &&
  !ledger.known &&
  ledger.rows.size === 0 &&
  ledger.otherVersions.size === 0 &&
  ledger.releases.length === 0;

/** @throws ApigenError `NOT_EMPTY` when something tagged as this stage's is still there afterwards */
export async function destroy(
  session: Session,
  project: Project,
  approved: DestroyPlan,
  input: DestroyInput & { readonly reporter: Reporter },
): Promise<DestroyPlan> {
  return underLock(session, project, input, async (lock) => {
    const now = await readLedger(session.aws, scopeOf(project));
    const planned = stillHolds(approved, now, lock) ? approved : await planDestroy(session, project, input, now);
    const writer = ledgerWriter(session.aws, scopeOf(project), lock, planned.ledger);
    const options = await applyOptions(project, input.reporter, input.signal);
    const leave: Leave = { kinds: kindsFor(session, project, []), ledger: wholeStage(planned.ledger), writer, options };
    await letGo('destroy', leave, planned.plan.changes, 0);
    for (const key of await stageKeys(session.aws, scopeOf(project))) await deleteKey(session.aws, key.id);
    await nothingLeft(leave.kinds, planned.plan.kept, `apigen destroy --stage ${project.stage.name}`);
    for (const [version, state] of planned.ledger.otherVersions) {
      await ledgerWriter(session.aws, { ...scopeOf(project), version }, lock, state).forgetAll();
    }
    await writer.forgetAll();
    return planned;
  });
}

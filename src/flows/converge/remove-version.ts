// Takes one API version of a stage down. What other versions use stays: its rows go, and policies narrow to what they
// still grant. Tables that no other version uses are kept, unless their loss is consented to.

import { differences } from '../../engine/compare.ts';
import { letGo } from '../../engine/let-go.ts';
import { kindOf, observe } from '../../engine/observe.ts';
import { servingAll } from '../../engine/other-versions.ts';
import { makePlan, type Plan } from '../../engine/plan.ts';
import type { Reporter } from '../../engine/reporter.ts';
import { type ApplyOptions, reportStep } from '../../engine/run.ts';
import { bring } from '../../engine/step.ts';
import { ApigenError } from '../../errors.ts';
import { readLedger, type StageLedger } from '../../ledger/read-ledger.ts';
import { ledgerWriter } from '../../ledger/writer.ts';
import { apiVersionOf } from '../../project/api-version.ts';
import type { Project } from '../../project/project.ts';
import { versionOfNode } from './graph/version-of-node.ts';
import { kindsFor } from './kinds-for.ts';
import { applyOptions, type LockOptions, underLock } from './locked-run.ts';
import { scopeOf } from './scope.ts';
import type { Session } from './session.ts';

export interface RemovalInput extends LockOptions {
  /** Names of tables that may go with it. */
  readonly allowDataLoss: readonly string[];
}

export interface Removal {
  readonly ledger: StageLedger;
  readonly plan: Plan;
}

/**
 * @param project with the API version that goes
 * @throws ApigenError `NO_SUCH_VERSION`, or `LAST_VERSION` where nothing else is deployed
 */
export async function planRemoval(session: Session, project: Project, input: RemovalInput): Promise<Removal> {
  const ledger = await readLedger(session.aws, scopeOf(project));
  const version = apiVersionOf(project);
  refuse(project, version, ledger);
  const kinds = kindsFor(session, project, []);
  const isOfOther = (id: string): boolean => versionOfNode(id) !== version;
  const observation = await observe(new Map(), kinds, ledger, { discover: true, isOfOther, signal: input.signal });
  // Nothing is retired: no release outlives its version.
  const withoutReleases = { ...ledger, releases: [] };
  const plan = makePlan(new Map(), kinds, observation, withoutReleases, {
    allowDataLoss: new Set(input.allowDataLoss),
  });
  return { ledger, plan };
}

function refuse({ name, stage }: Project, version: string, { rows, releases, otherVersions }: StageLedger): void {
  const others = [...otherVersions.keys()];
  if (rows.size + releases.length === 0) {
    throw new ApigenError({
      code: 'NO_SUCH_VERSION',
      summary: `${name}/${stage.name} has no API version ${version}`,
      detail: `Deployed: ${others.join(', ') || 'none'}.`,
      hint: `apigen versions list --stage ${stage.name}`,
    });
  }
  if (others.length > 0) return;
  throw new ApigenError({
    code: 'LAST_VERSION',
    summary: `${version} is the only API version of ${name}/${stage.name}`,
    detail: 'Without it nothing of the stage is left.',
    hint: `apigen destroy --stage ${stage.name}`,
  });
}

export async function removeVersion(
  session: Session,
  project: Project,
  input: RemovalInput & { readonly reporter: Reporter },
): Promise<Removal> {
  return underLock(session, project, input, async (lock) => {
    const removal = await planRemoval(session, project, input);
    const { ledger, plan } = removal;
    const kinds = kindsFor(session, project, []);
    const writer = ledgerWriter(session.aws, scopeOf(project), lock, ledger);
    const options = await applyOptions(project, input.reporter, input.signal);
    await letGo('destroy', { kinds, ledger, writer, options }, plan.changes, 0);
    await narrowShared(ledger, kinds, options);
    await writer.forgetAll();
    return removal;
  });
}

/** Policies that the version shared grant what the others need, and no more. */
async function narrowShared(
  ledger: StageLedger,
  kinds: ReturnType<typeof kindsFor>,
  options: ApplyOptions,
): Promise<void> {
  const { releases, others, journal } = ledger;
  const mine = new Set(
    [...releases, ...(journal ? [journal.release] : [])].flatMap(({ policies }) => policies.map(({ id }) => id)),
  );
  const shared = new Map(others.policies.map((state) => [state.id, state]));
  for (const state of shared.values()) {
    if (!mine.has(state.id)) continue;
    const kind = kindOf(kinds, state.kind);
    const wanted = servingAll(kind, state.id, state.props, others);
    const live = await kind.read(state, wanted);
    if (!live?.owned || differences(live.props, wanted, kind.fields).length === 0) continue;
    await reportStep(options.reporter, 'shrink', 'narrow', state, kind, async () => {
      await bring(kind, state, wanted, live);
    });
  }
}

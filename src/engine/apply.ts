// Applies a plan in three phases. Grow: create and widen, everything old still served. Cut-over: aliases and stages
// move, journalled as one entry that a re-run finishes. Shrink: narrow, retire, delete, prune. Each ledger row is
// written before and after its change, so that a kill at any point leaves something that the next run understands.

import { ApigenError } from '../errors.ts';
import type { Blocker } from './blockers.ts';
import { refuseCanary } from './canary.ts';
import { cutOver } from './cut-over.ts';
import type { Graph } from './graph.ts';
import { grow } from './grow.ts';
import type { Live, NodeId } from './kind.ts';
import type { LedgerState, LedgerWriter, Release } from './ledger.ts';
import type { Kinds, Observation } from './observe.ts';
import type { Plan } from './plan.ts';
import { type ApplyOptions, type Run, rowOf, throwAll } from './run.ts';
import { shrink } from './shrink.ts';

export interface Applied {
  readonly release: Release;
  readonly live: ReadonlyMap<NodeId, Live>;
}

export async function apply(
  graph: Graph,
  kinds: Kinds,
  plan: Plan,
  observation: Observation,
  ledger: LedgerState,
  writer: LedgerWriter,
  options: ApplyOptions,
): Promise<Applied> {
  refuseBlocked(plan);
  if (options.canary !== undefined) refuseCanary(plan, kinds, ledger);
  const live = new Map(observation.live);
  const run: Run = {
    graph,
    kinds,
    ledger,
    writer,
    options,
    plan,
    live,
    toNarrow: new Map(),
    outgoing: [],
    met: new Set(),
  };
  await Promise.all(plan.unrecorded.map((id) => recordUntouched(run, id)));
  await grow(run);
  const release = onlyCleanUp(run) ?? (await cutOver(run));
  // The release before a canary serves still: nothing narrows and nothing goes.
  if (!release.canary) await shrink(run, release);
  return { release, live };
}

/** The release that stands already, when all that is left to do is what its own clean-up did not finish. */
function onlyCleanUp(run: Run): Release | undefined {
  const { plan, ledger } = run;
  const last = ledger.releases[0];
  const leaving = plan.changes.every((change) => change.leftover !== undefined);
  return last && ledger.cleanupPending && leaving && plan.unrecorded.length === 0 && !plan.unreleased
    ? last
    : undefined;
}

const blockerWords: Readonly<
  Record<Blocker['code'], { readonly summary: (what: string) => string; readonly hint: (name: string) => string }>
> = {
  NOT_OWNED: {
    summary: (what) => `${what} exists and is not this project's`,
    hint: () => 'rename the project or the stage, or remove that resource yourself',
  },
  DATA_LOSS: {
    summary: (what) => `${what} would lose its data`,
    hint: (name) => `apigen deploy --allow-data-loss ${name}`,
  },
  SHARED: {
    summary: (what) => `${what} is used by another API version`,
    hint: () => 'give it another name in apigen.yml: both versions then have one of their own',
  },
};

/** @throws ApigenError `NOT_OWNED`, `DATA_LOSS` or `SHARED`, one for each thing in the way */
export function refuseBlocked(plan: Plan): void {
  const errors = plan.blockers.map(
    (blocker) =>
      new ApigenError({
        code: blocker.code,
        summary: blockerWords[blocker.code].summary(`${blocker.title} ${blocker.name}`),
        detail: blocker.detail,
        hint: blockerWords[blocker.code].hint(blocker.name),
      }),
  );
  throwAll(errors, 'The plan cannot be applied');
}

async function recordUntouched(run: Run, id: NodeId): Promise<void> {
  const node = run.graph.get(id);
  if (node) await run.writer.put(rowOf(run, node, 'live'));
}

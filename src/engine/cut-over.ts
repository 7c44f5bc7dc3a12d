// Cut-over: aliases and stages move to the new release. One journal entry is written before the first move and
// cleared with the release row, so that a re-run finishes what a kill cut off.

import { weighed } from './canary.ts';
import { hashOf } from './compare.ts';
import { growsNow } from './grow.ts';
import type { DesiredNode, Live, Target } from './kind.ts';
import type { CutoverState, Journal, LedgerRow, LedgerState, LedgerWriter, Release } from './ledger.ts';
import { type Kinds, kindOf } from './observe.ts';
import { dependenciesOf } from './references.ts';
import {
  type ApplyOptions,
  asApigenError,
  defaultParallel,
  type Run,
  reportStep,
  resolvedNow,
  rowOf,
  throwAll,
} from './run.ts';
import { schedule } from './schedule.ts';
import { bring, notOwned, stands, wallClock } from './step.ts';

export async function cutOver(run: Run): Promise<Release> {
  const moving = run.plan.changes.filter(
    (change) => run.graph.has(change.node) && (!growsNow(run, change) || run.met.has(change.node)),
  );
  const whole = moving.flatMap((change) => {
    const node = run.graph.get(change.node);
    return node ? [stateOf(run, node)] : [];
  });
  const { canary: share } = run.options;
  const moves =
    share === undefined ? whole : whole.map((state) => weighed(run.kinds, state, run.live.get(state.id), share));
  const hashes = hashesOf(run, moves);
  const canary = share === undefined || moves.length === 0 ? undefined : { share, states: moves, hashes };
  const release = { ...releaseOf(run), ...(canary && { canary }) };
  // What a canary moved differs from the source, and not by hand.
  const moved = canary ? {} : hashes;
  if (moves.length > 0) await run.writer.journal({ release, moves, hashes: moved });
  await move(run.kinds, moves, run.options, async (state, live) => {
    run.live.set(state.id, live);
    const node = run.graph.get(state.id);
    if (node) await run.writer.put({ ...rowOf(run, node, 'live'), hash: moved[state.id] ?? '' });
  });
  await run.writer.release(release, droppedBy(release, run.ledger, run.options));
  return release;
}

/** Numbers of the releases that leave retention with this one. The one that a canary takes its share from stays. */
export function droppedBy(
  release: Release,
  ledger: LedgerState,
  { keep }: Pick<ApplyOptions, 'keep'>,
): readonly number[] {
  const kept = new Set(keptWith(release, ledger, { keep }));
  return ledger.releases.filter((old) => old.number !== release.number && !kept.has(old)).map((old) => old.number);
}

/** The releases that are kept with this one, it first. */
export function keptWith(
  release: Release,
  ledger: LedgerState,
  { keep }: Pick<ApplyOptions, 'keep'>,
): readonly Release[] {
  const older = ledger.releases.filter(({ number }) => number !== release.number);
  return [release, ...older].slice(0, release.canary ? Math.max(keep, 2) : keep);
}

/**
 * Finishes a cut-over that was cut off: every alias and stage goes where the journal says, then the release stands.
 * What cannot be finished (a version it points at was deleted by hand) must not block the stage for ever: the failed
 * steps are reported, and the deploy or rollback that follows moves everything under a journal of its own.
 */
export async function finishCutover(
  journal: Journal,
  kinds: Kinds,
  ledger: LedgerState,
  writer: LedgerWriter,
  options: ApplyOptions,
): Promise<void> {
  try {
    await move(kinds, journal.moves, options, async (state) => {
      const row = ledger.rows.get(state.id);
      if (row) await writer.put(movedRow(row, state, journal));
    });
  } catch {
    return;
  }
  await writer.release(journal.release, droppedBy(journal.release, ledger, options));
}

/** The row of a node that was moved by a journal, without its graph at hand. */
export const movedRow = (row: LedgerRow, state: CutoverState, journal: Journal): LedgerRow => ({
  ...row,
  status: 'live',
  dependsOn: state.dependsOn,
  hash: journal.hashes?.[state.id] ?? '',
});

/** Moves traffic: aliases before the stages that stand on them, each at once. */
export async function move(
  kinds: Kinds,
  moves: readonly CutoverState[],
  options: Pick<ApplyOptions, 'reporter' | 'parallel' | 'clock'>,
  moved: (state: CutoverState, live: Live) => Promise<void>,
): Promise<void> {
  const ids = new Map(moves.map((state) => [state.id, state]));
  const outcome = await schedule(
    moves,
    (state) => state.dependsOn.flatMap((id) => ids.get(id) ?? []),
    async (state) => {
      const kind = kindOf(kinds, state.kind);
      const target: Target = { id: state.id, name: state.name };
      await reportStep(options.reporter, 'cutover', 'move', { id: state.id, name: state.name }, kind, async () => {
        const live = await kind.read(target, state.props);
        if (live && !live.owned) throw notOwned(kind, target, live);
        const after = stands(kind, live, state.props)
          ? live
          : await bring(kind, target, state.props, live, options.clock ?? wallClock);
        await moved(state, after);
      });
    },
    // An interruption waits: half a cut-over is the one state nobody wants.
    { parallel: options.parallel ?? defaultParallel },
  );
  throwAll(
    outcome.failures.map((failure) => asApigenError(failure.error)),
    'The cut-over is not finished',
    'apigen deploy    (finishes it)',
  );
}

function hashesOf(run: Run, moves: readonly CutoverState[]): Record<string, string> {
  return Object.fromEntries(moves.map(({ id }) => [id, hashOf(run.graph.get(id)?.props)]));
}

function releaseOf(run: Run): Release {
  const last = run.ledger.releases[0]?.number ?? 0;
  const nodes = [...run.graph.values()];
  return {
    ...run.options.release,
    number: last + 1,
    changes: run.plan.changes.map((change) => `${change.action} ${change.title} ${change.name}`),
    cutover: nodes.filter((node) => kindOf(run.kinds, node.kind).cutsOver).map((node) => stateOf(run, node)),
    policies: nodes.filter((node) => kindOf(run.kinds, node.kind).widen).map((node) => stateOf(run, node)),
    nodes: nodes.map((node) => node.id),
  };
}

function stateOf(run: Run, node: DesiredNode): CutoverState {
  const props = resolvedNow(run, node);
  return { id: node.id, kind: node.kind, name: node.name, props, dependsOn: dependenciesOf(node) };
}

// Grow: create and widen before the cut-over, while everything old is still served. A failure here changes nothing
// that a client sees.

import type { DesiredNode, Kind, Live, Props, Target } from './kind.ts';
import { kindOf } from './observe.ts';
import { type Change, changingDependencies, widened } from './plan.ts';
import { referencedNodes } from './references.ts';
import { replace } from './replace.ts';
import { defaultParallel, heard, type Run, reported, rowOf, stopOnFailure, targetOf, wantedNow } from './run.ts';
import { schedule } from './schedule.ts';
import { bring, notOwned, wallClock } from './step.ts';

/**
 * The intents of all steps are written at once, a few transactions for any number of them, and each step waits for its
 * own. The row of what a step made is written while the steps that need it already run: a kill in between leaves the
 * intent, from which the next run finds it.
 */
export async function grow(run: Run): Promise<void> {
  const { plan, graph } = run;
  const changes = new Map(
    plan.changes.filter((change) => growsNow(run, change)).map((change) => [change.node, change]),
  );
  const changing = new Set(changes.keys());
  const needs = new Map(
    [...changing].map((id) => {
      const node = graph.get(id);
      return [id, node ? changingDependencies(graph, node, changing) : []];
    }),
  );
  const intents = new Map(
    [...changing].flatMap((id) => {
      const node = graph.get(id);
      return node ? [[id, heard(run.writer.put(rowOf(run, node, 'applying')))] as const] : [];
    }),
  );
  const outcome = await schedule(
    [...changing],
    (id) => needs.get(id) ?? [],
    async (id, stands) => {
      await intents.get(id);
      await growOne(run, changes.get(id), stands);
    },
    { parallel: run.options.parallel ?? defaultParallel, signal: run.options.signal },
  );
  // None is under way when the lock is let go.
  await Promise.allSettled(intents.values());
  stopOnFailure('grow', run.options, outcome.failures, outcome.notStarted.length);
}

/** Updates of cut-over kinds wait; everything else that exists in the graph grows now. */
export function growsNow(run: Run, change: Change): boolean {
  if (!run.graph.has(change.node)) return false;
  const { cutsOver, beginsTraffic } = kindOf(run.kinds, change.kind);
  return !(beginsTraffic || (cutsOver && change.action === 'update'));
}

async function growOne(run: Run, change: Change | undefined, stands: () => void): Promise<void> {
  const node = change && run.graph.get(change.node);
  if (!change || !node) return;
  const kind = kindOf(run.kinds, node.kind);
  await reported(run, 'grow', change.action, node, kind, async () => {
    const desired = wantedNow(run, node, kind);
    const target = targetOf(run, node);
    const before = await liveNow(run, node, kind, target, desired);
    if (before && kind.cutsOver && change.action !== 'replace') {
      run.met.add(node.id);
      run.live.set(node.id, before);
      return;
    }
    const replaced = change.action === 'replace' ? before : undefined;
    const wide = widened(kind, replaced ? undefined : before, desired);
    if (wide) run.toNarrow.set(node.id, desired);
    const live = replaced
      ? await replace(run, node, kind, target, desired, replaced)
      : await bring(kind, target, wide ?? desired, before, run.options.clock ?? wallClock);
    run.live.set(node.id, live);
    stands();
    await run.writer.put(rowOf(run, node, 'live'));
  });
}

/** What was observed, unless what it refers to has a new identity since. */
async function liveNow(
  run: Run,
  node: DesiredNode,
  kind: Kind,
  target: Target,
  desired: Props,
): Promise<Live | undefined> {
  const replaced = new Set(run.plan.changes.flatMap((item) => (item.action === 'replace' ? [item.node] : [])));
  const known = referencedNodes(node.props).some((id) => replaced.has(id))
    ? await kind.read(target, desired)
    : run.live.get(node.id);
  if (known && !known.owned) throw notOwned(kind, target, known);
  return known;
}

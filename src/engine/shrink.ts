// After the cut-over: policies narrow to what the new release needs, what the source dropped is retired or deleted,
// old versions that no kept release uses go. Every step may be cut off and is found again by the next run.

import type { Release } from './ledger.ts';
import { letGo } from './let-go.ts';
import { kindOf } from './observe.ts';
import { defaultParallel, type Run, reported, rowOf, stopOnFailure, targetOf } from './run.ts';
import { schedule } from './schedule.ts';
import { bring, wallClock } from './step.ts';

export async function shrink(run: Run, release: Release): Promise<void> {
  await narrow(run);
  const leaving = run.plan.changes.filter((change) => !run.graph.has(change.node));
  await removeDuplicates(run);
  await letGo(run, leaving, release.number - 1);
  await prune(run, release);
  await run.writer.cleanupDone();
}

async function narrow(run: Run): Promise<void> {
  const outcome = await schedule(
    [...run.toNarrow],
    () => [],
    async ([id, desired]) => {
      const node = run.graph.get(id);
      if (!node) return;
      const kind = kindOf(run.kinds, node.kind);
      await reported(run, 'shrink', 'narrow', node, kind, async () => {
        const target = targetOf(run, node);
        const live = await bring(kind, target, desired, run.live.get(id), run.options.clock ?? wallClock);
        run.live.set(id, live);
        await run.writer.put(rowOf(run, node, 'live'));
      });
    },
    { parallel: run.options.parallel ?? defaultParallel },
  );
  stopOnFailure(run.options, outcome.failures, 0);
}

async function removeDuplicates(run: Run): Promise<void> {
  for (const [id, live] of run.live) {
    const node = run.graph.get(id);
    for (const physicalId of node ? (live.duplicates ?? []) : []) {
      if (node) await kindOf(run.kinds, node.kind).remove({ id, name: node.name, physicalId });
    }
  }
}

async function prune(run: Run, release: Release): Promise<void> {
  const kept = [release, ...run.ledger.releases].slice(0, run.options.keep);
  const keep = kept.flatMap((item) => item.cutover.map((state) => state.props));
  // What was made just now has nothing old.
  const made = new Set(run.plan.changes.flatMap((change) => (change.action === 'create' ? [change.node] : [])));
  const outcome = await schedule(
    [...run.graph.values()].filter((node) => kindOf(run.kinds, node.kind).prune && !made.has(node.id)),
    () => [],
    async (node) => {
      await kindOf(run.kinds, node.kind).prune?.(targetOf(run, node), keep);
    },
    { parallel: run.options.parallel ?? defaultParallel, signal: run.options.signal },
  );
  stopOnFailure(run.options, outcome.failures, outcome.notStarted.length);
}

// After the cut-over: policies narrow to what the new release needs, what the source dropped is retired or deleted,
// old versions that no kept release uses go. Every step may be cut off and is found again by the next run.

import { keptWith } from './cut-over.ts';
import type { Target } from './kind.ts';
import type { Release } from './ledger.ts';
import { letGo } from './let-go.ts';
import { kindOf } from './observe.ts';
import type { Change } from './plan.ts';
import { defaultParallel, type Run, reported, rowOf, stopOnFailure, targetOf } from './run.ts';
import { schedule } from './schedule.ts';
import { bring, wallClock } from './step.ts';

export async function shrink(run: Run, release: Release): Promise<void> {
  await narrow(run);
  await removeDuplicates(run);
  await Promise.all(run.plan.handedOver.map((id) => run.writer.forget(id)));
  await letGo('shrink', run, await leavingNow(run), release.number - 1);
  await prune(run, release);
  await run.writer.cleanupDone();
}

/**
 * What the plan lets go and what this run replaced, but for what serves: a replacement that was cut off may have marked
 * as outgoing what the source asks for again.
 */
async function leavingNow(run: Run): Promise<readonly Change[]> {
  const keyOf = (kind: string, physicalId: string | undefined): string => `${kind} ${physicalId}`;
  const serving = new Set([...run.live].map(([id, live]) => keyOf(run.graph.get(id)?.kind ?? '', live.physicalId)));
  const mistaken = [...run.ledger.rows.values()].filter(
    (row) => !run.graph.has(row.id) && row.physicalId !== undefined && serving.has(keyOf(row.kind, row.physicalId)),
  );
  await Promise.all(mistaken.map((row) => run.writer.forget(row.id)));
  const planned = run.plan.changes.filter((change) => !run.graph.has(change.node));
  const replaced = run.outgoing.filter(({ node }) => !planned.some((change) => change.node === node));
  return [...planned, ...replaced].filter((change) => {
    const physicalId = change.leftover?.target.physicalId;
    return physicalId === undefined || !serving.has(keyOf(change.kind, physicalId));
  });
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
  stopOnFailure('shrink', run.options, outcome.failures, 0);
}

async function removeDuplicates(run: Run): Promise<void> {
  for (const [id, live] of run.live) {
    const node = run.graph.get(id);
    for (const physicalId of node ? (live.duplicates ?? []) : []) {
      if (node) await kindOf(run.kinds, node.kind).remove({ id, name: node.name, physicalId });
    }
  }
}

/** Of what stands and what is retired: what was made just now has nothing old, and what goes takes it along. */
async function prune(run: Run, release: Release): Promise<void> {
  const kept = keptWith(release, run.ledger, run.options);
  const states = kept.flatMap((item) => [...item.cutover, ...(item.canary?.states ?? [])]);
  const keep = [...states, ...(run.ledger.others?.cutover ?? [])].map((state) => state.props);
  const made = new Set(run.plan.changes.flatMap((change) => (change.action === 'create' ? [change.node] : [])));
  const standing = [...run.graph.values()].filter(({ id }) => !made.has(id));
  const outcome = await schedule(
    [...standing.map((node) => ({ kind: node.kind, target: targetOf(run, node) })), ...retiredNow(run)],
    () => [],
    async ({ kind, target }) => {
      await kindOf(run.kinds, kind).prune?.(target, keep);
    },
    { parallel: run.options.parallel ?? defaultParallel, signal: run.options.signal },
  );
  stopOnFailure('shrink', run.options, outcome.failures, outcome.notStarted.length);
}

function retiredNow(run: Run): readonly { readonly kind: string; readonly target: Target }[] {
  const actions = new Map(run.plan.changes.map(({ node, action }) => [node, action]));
  return [...run.ledger.rows.values()].flatMap(({ id, kind, name, physicalId, status }) => {
    const isRetired = (actions.get(id) ?? (status === 'retired' && 'retire')) === 'retire';
    return isRetired && !run.graph.has(id) ? [{ kind, target: { id, name, physicalId } }] : [];
  });
}

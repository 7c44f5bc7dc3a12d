// Deletes what a plan lets go, in reverse order of what depends on what. A resource that lives inside another goes
// with it: no call of its own, and its edges count for its container. An edge between containers holds only along the
// order of kinds (an API before its functions), which keeps the lifted graph free of cycles. That all is going is
// written at once; that one is gone, while the next steps already run: deleting it again does nothing.

import type { NodeId } from './kind.ts';
import { kindOf } from './observe.ts';
import type { Change } from './plan.ts';
import { defaultParallel, heard, type Run, reportStep, stopOnFailure } from './run.ts';
import { schedule } from './schedule.ts';

/** What deleting needs of a run; destroy brings the same without a graph. */
export type Leave = Pick<Run, 'kinds' | 'ledger' | 'writer' | 'options'>;

/** @param lastRelease the last release that used what is retired now */
export async function letGo(
  during: 'shrink' | 'destroy',
  leave: Leave,
  leaving: readonly Change[],
  lastRelease: number,
): Promise<void> {
  const steps = stepsOf(leaving);
  const waits = deletionOrder(leave, steps);
  const intents = new Map([...steps.keys()].map((change) => [change, heard(intend(leave, change, lastRelease))]));
  const outcome = await schedule(
    [...steps.keys()],
    (change) => waits.get(change) ?? [],
    async (change, stands) => {
      await intents.get(change);
      if (change.action === 'retire') return;
      await remove(leave, change, stands, steps.get(change) ?? []);
    },
    { parallel: leave.options.parallel ?? defaultParallel, signal: leave.options.signal },
  );
  // None is under way when the lock is let go.
  await Promise.allSettled(intents.values());
  stopOnFailure(during, leave.options, outcome.failures, outcome.notStarted.length);
}

async function intend(leave: Leave, change: Change, lastRelease: number): Promise<void> {
  const row = leave.ledger.rows.get(change.node);
  if (!row) return;
  const status =
    change.action === 'retire' ? { status: 'retired' as const, lastRelease } : { status: 'removing' as const };
  await leave.writer.put({ ...row, ...status });
}

/** Each step with what goes along inside it. */
function stepsOf(leaving: readonly Change[]): Map<Change, Change[]> {
  const byId = new Map(leaving.map((change) => [change.node, change]));
  const steps = new Map<Change, Change[]>();
  for (const change of leaving) if (outermost(change, byId) === change) steps.set(change, []);
  for (const change of leaving) {
    const container = outermost(change, byId);
    if (container !== change) steps.get(container)?.push(change);
  }
  return steps;
}

function outermost(change: Change, byId: ReadonlyMap<NodeId, Change>): Change {
  const container = change.leftover?.inside ? byId.get(change.leftover.inside) : undefined;
  return container?.action === 'delete' && change.action === 'delete' ? outermost(container, byId) : change;
}

/** For each step the steps that must be done before it. */
function deletionOrder(leave: Leave, steps: ReadonlyMap<Change, readonly Change[]>): Map<Change, Change[]> {
  const kindOrder = [...leave.kinds.keys()];
  const stepOf = new Map<NodeId, Change>();
  for (const [step, inner] of steps) for (const change of [step, ...inner]) stepOf.set(change.node, step);
  const waits = new Map<Change, Change[]>();
  for (const [step, inner] of steps) {
    for (const need of [step, ...inner].flatMap((change) => change.leftover?.dependsOn ?? [])) {
      const needed = stepOf.get(need);
      if (!needed || needed === step) continue;
      if (kindOrder.indexOf(step.kind) <= kindOrder.indexOf(needed.kind)) continue;
      waits.set(needed, [...(waits.get(needed) ?? []), step]);
    }
  }
  return waits;
}

async function remove(leave: Leave, change: Change, stands: () => void, inner: readonly Change[]): Promise<void> {
  const kind = kindOf(leave.kinds, change.kind);
  const node = { id: change.node, name: change.name };
  await reportStep(leave.options.reporter, 'shrink', 'delete', node, kind, async () => {
    await kind.remove({ ...node, physicalId: change.leftover?.target.physicalId });
    stands();
    await Promise.all([change, ...inner].map(({ node: id }) => leave.writer.forget(id)));
  });
}

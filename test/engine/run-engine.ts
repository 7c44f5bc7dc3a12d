// Runs the engine over the fake cloud as the deploy flow does: finish a journalled cut-over, observe, plan, apply.

import { type Applied, apply } from '../../src/engine/apply.ts';
import { canaryStands } from '../../src/engine/canary.ts';
import { finishCutover } from '../../src/engine/cut-over.ts';
import { buildGraph } from '../../src/engine/graph.ts';
import type { DesiredNode } from '../../src/engine/kind.ts';
import { needsSearch, observe } from '../../src/engine/observe.ts';
import { isEmpty, makePlan, type Plan } from '../../src/engine/plan.ts';
import { silentReporter } from '../../src/engine/reporter.ts';
import type { ApplyOptions } from '../../src/engine/run.ts';
import { type FakeCloud, type FakeLedger, fakeKinds } from './fake-cloud.ts';

export const engineOptions: ApplyOptions = {
  reporter: silentReporter,
  release: { at: '2026-01-01T00:00:00.000Z', by: 'test' },
  keep: 3,
  clock: { sleep: async () => undefined },
};

/** In the log of calls: what stands before it finished the cut-over of an earlier run. */
export const earlierCutoverEnds = 'the earlier cut-over ends';

export interface EngineRun {
  readonly cloud: FakeCloud;
  readonly ledger: FakeLedger;
}

const versionOf = (id: string): string | undefined => /@(v\d+)/.exec(id)?.[1];

export async function planOf(
  { cloud, ledger }: EngineRun,
  nodes: readonly DesiredNode[],
  loss: readonly string[] = [],
  version = 'v1',
) {
  const graph = buildGraph(nodes);
  const kinds = fakeKinds(cloud);
  const state = ledger.state();
  const observation = await observe(graph, kinds, state, {
    discover: needsSearch(state),
    isOfOther: (id) => versionOf(id) !== undefined && versionOf(id) !== version,
  });
  const plan: Plan = makePlan(graph, kinds, observation, state, {
    allowDataLoss: new Set(loss),
    keep: engineOptions.keep,
  });
  return { graph, kinds, state, observation, plan };
}

export async function deployOf(
  run: EngineRun,
  nodes: readonly DesiredNode[],
  loss: readonly string[] = [],
  overrides: Partial<ApplyOptions> & { readonly version?: string } = {},
): Promise<Applied | undefined> {
  const writer = run.ledger.writer();
  const { version, ...options } = overrides;
  const all = { ...engineOptions, ...options };
  const { journal } = run.ledger.state();
  if (journal) {
    await finishCutover(journal, fakeKinds(run.cloud), run.ledger.state(), writer, all);
    // What moved so far belongs to the release before: the deploy's own order begins here.
    run.cloud.calls.push(earlierCutoverEnds);
  }
  const { graph, kinds, state, observation, plan } = await planOf(run, nodes, loss, version);
  if (isEmpty(plan)) return undefined;
  const { canary } = all;
  if (canary !== undefined && canaryStands(plan, graph, kinds, observation, canary)) return undefined;
  return apply(graph, kinds, plan, observation, state, writer, all);
}

// What the phases of one run share: the plan, the live resources as they change, ledger rows and reporting.

import { ApigenError, ManyErrors } from '../errors.ts';
import { hashOf } from './compare.ts';
import type { Graph } from './graph.ts';
import type { DesiredNode, Kind, Live, NodeId, Outputs, Props, Target } from './kind.ts';
import type { LedgerRow, LedgerState, LedgerWriter, Release } from './ledger.ts';
import type { Kinds } from './observe.ts';
import { servingAll } from './other-versions.ts';
import type { Change, Phase, Plan } from './plan.ts';
import { dependenciesOf, referencedNodes, resolveProps, unresolved } from './references.ts';
import type { Reporter, StepVerb } from './reporter.ts';
import type { StepClock } from './step.ts';

export interface ApplyOptions {
  readonly reporter: Reporter;
  readonly signal?: AbortSignal | undefined;
  /** Facts of the release that the engine cannot know. */
  readonly release: Pick<Release, 'at' | 'by' | 'commit' | 'attachment'>;
  /** How many releases are kept for rollback. */
  readonly keep: number;
  /** The share of the traffic, from 0 to 1, that the new release gets until it is promoted. Default: all at once. */
  readonly canary?: number | undefined;
  /** How many resources may change at once; AWS's quotas pace the calls below that. */
  readonly parallel?: number;
  readonly clock?: StepClock;
}

/** So many that no independent creation waits for a slot: roles, which take AWS seconds to learn of, above all. */
export const defaultParallel = 100;

/** What the phases of one run share. */
export interface Run {
  readonly graph: Graph;
  readonly kinds: Kinds;
  readonly ledger: LedgerState;
  readonly writer: LedgerWriter;
  readonly options: ApplyOptions;
  readonly plan: Plan;
  /** Live resources, updated as steps finish. */
  readonly live: Map<NodeId, Live>;
  /** Nodes whose final props wait until after the cut-over. */
  readonly toNarrow: Map<NodeId, Props>;
  /** Replaced resources that stand until their successors serve. */
  readonly outgoing: Change[];
  /** Aliases and stages that were to be made, but stand: they move with the others. */
  readonly met: Set<NodeId>;
}

export function resolvedNow(run: Run, node: DesiredNode): Props {
  const outputsOf = (id: NodeId): Outputs | undefined => run.live.get(id)?.outputs;
  const props = resolveProps(node.props, outputsOf);
  if (props !== unresolved) return props;
  throw new ApigenError({
    code: 'GRAPH_BROKEN',
    summary: `${node.id} refers to an output that nothing gives`,
    detail: referencedNodes(node.props).join(', '),
  });
}

/** As {@link resolvedNow}, with what other API versions need of it. */
export function wantedNow(run: Run, node: DesiredNode, kind: Kind): Props {
  return servingAll(kind, node.id, resolvedNow(run, node), run.ledger.others);
}

export function targetOf(run: Run, node: DesiredNode): Target {
  const physicalId =
    run.live.get(node.id)?.physicalId ??
    run.ledger.rows.get(node.id)?.physicalId ??
    run.ledger.others?.rows.get(node.id)?.physicalId;
  return { id: node.id, name: node.name, physicalId };
}

export function rowOf(run: Run, node: DesiredNode, status: LedgerRow['status']): LedgerRow {
  const live = run.live.get(node.id);
  return {
    id: node.id,
    kind: node.kind,
    name: node.name,
    physicalId: live?.physicalId ?? run.ledger.rows.get(node.id)?.physicalId,
    outputs: live?.outputs ?? {},
    status,
    dependsOn: dependenciesOf(node),
    inside: node.inside,
    revision: live?.revision,
    hash: hashOf(node.props),
  };
}

export function reported(
  run: Run,
  phase: Phase,
  verb: StepVerb,
  node: { readonly id: NodeId; readonly name: string },
  kind: Kind,
  work: () => Promise<void>,
): Promise<void> {
  return reportStep(run.options.reporter, phase, verb, node, kind, work);
}

/** For a write whose failure is the failure of the step that waits for it, which may never start. */
export function heard(write: Promise<void>): Promise<void> {
  write.catch(() => undefined);
  return write;
}

export async function reportStep(
  reporter: Reporter,
  phase: Phase,
  verb: StepVerb,
  node: { readonly id: NodeId; readonly name: string },
  kind: Kind,
  work: () => Promise<void>,
): Promise<void> {
  const event = { phase, verb, node: node.id, title: kind.title, name: node.name };
  const started = performance.now();
  reporter.step({ ...event, type: 'start' });
  try {
    await work();
    reporter.step({ ...event, type: 'done', ms: performance.now() - started });
  } catch (error) {
    reporter.step({ ...event, type: 'failed', ms: performance.now() - started, error });
    throw error;
  }
}

/** Where a run stopped, which decides what is true of the stage then. */
export type StoppedIn = 'grow' | 'shrink' | 'destroy';

const stopWords: Readonly<
  Record<StoppedIn, { readonly failed: string; readonly cut: string; readonly again: string }>
> = {
  grow: {
    failed: 'The deploy stopped before the cut-over: what is live has not changed',
    cut: 'What is live has not changed.',
    again: 'apigen deploy',
  },
  shrink: {
    failed: 'The new release is live; cleaning up after it stopped',
    cut: 'The new release is live; what it no longer needs is not all removed.',
    again: 'apigen deploy',
  },
  destroy: {
    failed: 'The stage is only partly destroyed',
    cut: 'The stage is only partly destroyed.',
    again: 'apigen destroy',
  },
};

/** @throws ApigenError what failed, or `INTERRUPTED` when something was not started because of the signal */
export function stopOnFailure(
  stoppedIn: StoppedIn,
  options: ApplyOptions,
  failures: readonly { readonly error: unknown }[],
  notStarted: number,
): void {
  const words = stopWords[stoppedIn];
  throwAll(
    failures.map((failure) => asApigenError(failure.error)),
    words.failed,
    `${words.again}    (finished resources are skipped)`,
  );
  if (options.signal?.aborted && notStarted > 0) {
    throw new ApigenError({
      code: 'INTERRUPTED',
      summary: `Interrupted with ${notStarted} ${notStarted === 1 ? 'resource' : 'resources'} still to do`,
      detail: words.cut,
      hint: `${words.again}    (goes on from here)`,
      exitCode: 130,
    });
  }
}

export function asApigenError(error: unknown): ApigenError {
  if (error instanceof ApigenError) return error;
  const summary = error instanceof Error ? error.message : String(error);
  return new ApigenError({ code: 'INTERNAL', summary, cause: error });
}

/** One error as it is; several together, none hidden. */
export function throwAll(errors: readonly ApigenError[], summary: string, hint?: string): void {
  const [first, ...others] = errors;
  if (!first) return;
  if (others.length === 0) throw first;
  throw new ManyErrors({ code: 'SEVERAL_FAILED', summary: `${summary} (${errors.length} errors)`, hint }, errors);
}

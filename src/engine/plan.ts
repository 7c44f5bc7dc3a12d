// The plan: what would change, derived by comparing live with desired. Pure: no reads, no writes, the same input
// gives the same plan.

import { type Blocker, dataLoss, isShared, notOwned } from './blockers.ts';
import type { Difference } from './compare.ts';
import { differences, equal, hashOf } from './compare.ts';
import type { Graph } from './graph.ts';
import { isReleased } from './is-released.ts';
import type { DesiredNode, Kind, Live, NodeId, Props } from './kind.ts';
import { handedOver, leaving } from './leaving.ts';
import type { LedgerState } from './ledger.ts';
import { type Kinds, kindOf, type Leftover, type Observation } from './observe.ts';
import { servingAll } from './other-versions.ts';
import { dependenciesOf, referencedNodes } from './references.ts';

/** `grow` before the cut-over, `cutover` when traffic moves, `shrink` after it. */
export type Phase = 'grow' | 'cutover' | 'shrink';

export type Action = 'create' | 'update' | 'replace' | 'delete' | 'retire';

export interface Change {
  readonly action: Action;
  readonly node: NodeId;
  readonly kind: string;
  readonly title: string;
  readonly name: string;
  /** What differs; empty for create and delete. */
  readonly differences: readonly Difference[];
  readonly reason: string;
  /** The source gives what it gave at the last deploy: somebody changed or deleted the resource by hand. */
  readonly byHand: boolean;
  /** Another API version of the stage uses the same resource. */
  readonly shared?: boolean | undefined;
  /** For what goes: how to find and order it. */
  readonly leftover?: Leftover | undefined;
}

export interface Plan {
  /** In the order a person reads: the graph's, then what goes. */
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly blockers: readonly Blocker[];
  /** Data-holding resources that the source dropped and that stay. */
  readonly kept: readonly Leftover[];
  /** Rows of what the source dropped and another API version uses: they go, what they name stays. */
  readonly handedOver: readonly NodeId[];
  /** Children of our resources that nobody declared. */
  readonly unknownChildren: readonly { readonly node: NodeId; readonly child: string }[];
  /** A run was cut off in its cut-over, its clean-up or before its release: applying finishes it. */
  readonly unfinished: boolean;
  /** All stands, but no release says so. */
  readonly unreleased: boolean;
  /** Rows of live resources that the ledger lacks (it was lost): written without touching the resources. */
  readonly unrecorded: readonly NodeId[];
  /** Those of them that another API version made: from now on they are this one's too. */
  readonly joined: readonly NodeId[];
}

export interface PlanOptions {
  /** Names of data-holding resources that may be deleted or replaced. */
  readonly allowDataLoss: ReadonlySet<string>;
  /** How many releases are kept for rollback, the one that this plan leads to included. Default: all. */
  readonly keep?: number;
}

/** Nothing to do and nothing in the way. */
export const isEmpty = (plan: Plan): boolean =>
  plan.changes.length === 0 && plan.blockers.length === 0 && !plan.unfinished && plan.unrecorded.length === 0;

export function makePlan(
  graph: Graph,
  kinds: Kinds,
  observation: Observation,
  ledger: LedgerState,
  options: PlanOptions,
): Plan {
  const changes: Change[] = [];
  const blockers: Blocker[] = [];
  const unknownChildren: { node: NodeId; child: string }[] = [];
  const replacing = new Set<NodeId>();
  for (const node of graph.values()) {
    const kind = kindOf(kinds, node.kind);
    const live = observation.live.get(node.id);
    for (const child of live?.unknownChildren ?? []) unknownChildren.push({ node: node.id, child });
    const blocker = live && notOwned(node, kind, live);
    if (blocker) {
      blockers.push(blocker);
      continue;
    }
    const replaced = referencedNodes(node.props).find((id) => replacing.has(id));
    const plain =
      (replaced && follows(node, kind, replaced)) ??
      changeOf(node, kind, live, wantedOf(node, kind, observation, ledger));
    if (!plain) continue;
    const row = ledger.rows.get(node.id);
    const byHand = row?.status === 'live' && row.hash === hashOf(node.props) && !byOther(node.id, row.hash, ledger);
    const change = { ...plain, byHand, ...sharedWith(node.id, ledger) };
    if (change.action === 'replace') replacing.add(node.id);
    if (change.action === 'replace' && kind.holdsData && !options.allowDataLoss.has(node.name)) {
      blockers.push(dataLoss(change));
      continue;
    }
    if (change.action === 'replace' && change.shared) {
      blockers.push(isShared(change));
      continue;
    }
    changes.push(change);
  }
  const missing = unrecorded(graph, observation, ledger, changes);
  const unreleased =
    changes.length + blockers.length + missing.length === 0 &&
    !isReleased(graph, kinds, observation, ledger.releases[0]);
  const changing = changes.length + missing.length > 0 || unreleased;
  const [handed, leftovers] = handedOver(observation.leftovers, kinds, ledger);
  const now = leaving(leftovers, kinds, ledger.releases, options);
  // A new release pushes the oldest out, and what that one alone needed goes in the same run. Finishing the clean-up
  // of the last release makes no new one.
  const releases = changing || (!ledger.cleanupPending && now[0].length > 0);
  const staying = ledger.releases.slice(0, (options.keep ?? Number.POSITIVE_INFINITY) - 1);
  const [gone, kept] = releases ? leaving(leftovers, kinds, staying, options) : now;
  return {
    changes: [...changes, ...gone],
    unchanged: graph.size - changes.length - blockers.length,
    blockers,
    kept,
    handedOver: handed,
    unknownChildren,
    unfinished: ledger.journal !== undefined || ledger.cleanupPending || unreleased,
    unreleased,
    unrecorded: missing,
    joined: missing.filter((id) => ledger.others?.rows.has(id)),
  };
}

/** Undefined while something it refers to is not there. */
function wantedOf(
  node: DesiredNode,
  kind: Kind,
  { resolved }: Observation,
  { others }: LedgerState,
): Props | undefined {
  const props = resolved.get(node.id);
  return props && servingAll(kind, node.id, props, others);
}

/** Another API version has applied something else since. */
function byOther(id: NodeId, hash: string | undefined, { others }: LedgerState): boolean {
  const row = others?.rows.get(id);
  return row !== undefined && row.hash !== hash;
}

const sharedWith = (id: NodeId, { others }: LedgerState): Pick<Change, 'shared'> =>
  others?.rows.has(id) ? { shared: true } : {};

function changeOf(
  node: DesiredNode,
  kind: Kind,
  live: Live | undefined,
  desired: Props | undefined,
): Change | undefined {
  const base = { node: node.id, kind: kind.name, title: kind.title, name: node.name, byHand: false };
  if (!live || !desired) return { ...base, action: 'create', differences: [], reason: 'does not exist yet' };
  const found = differences(live.props, desired, kind.fields);
  const fixed = found.filter((difference) => difference.rule === 'immutable');
  if (fixed.length > 0) {
    const reason = `AWS cannot change ${fixed.map((difference) => difference.path).join(', ')} in place`;
    return { ...base, action: 'replace', differences: found, reason };
  }
  if (found.length > 0) {
    return {
      ...base,
      action: 'update',
      differences: found,
      reason: found.map((difference) => difference.path).join(', '),
    };
  }
  if ((live.duplicates ?? []).length > 0) {
    return { ...base, action: 'update', differences: [], reason: 'a second one was left by an interrupted create' };
  }
  return undefined;
}

/**
 * What it refers to gets a new identity: read and reconciled again once that stands. What lives in it is made anew, an
 * API's stage too: nothing is served from there yet.
 */
function follows(node: DesiredNode, kind: Kind, parent: NodeId): Change {
  const base = { node: node.id, kind: kind.name, title: kind.title, name: node.name, byHand: false };
  const action = node.inside === parent ? 'create' : 'update';
  return { ...base, action, differences: [], reason: `${parent} is replaced` };
}

function unrecorded(
  graph: Graph,
  observation: Observation,
  ledger: LedgerState,
  changes: readonly Change[],
): readonly NodeId[] {
  const changing = new Set(changes.map((change) => change.node));
  return [...graph.keys()].filter((id) => {
    const live = observation.live.get(id);
    if (!live?.owned || changing.has(id)) return false;
    const row = ledger.rows.get(id);
    if (!row) return true;
    return row.status !== 'live' || row.physicalId !== live.physicalId;
  });
}

/** Nodes that must have finished before this one may start, as far as they change too. */
export function changingDependencies(
  graph: Graph,
  node: DesiredNode,
  changing: ReadonlySet<NodeId>,
): readonly NodeId[] {
  const seen = new Set<NodeId>();
  const visit = (id: NodeId): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const dependency = graph.get(id);
    if (dependency) for (const next of dependenciesOf(dependency)) visit(next);
  };
  for (const id of dependenciesOf(node)) visit(id);
  return [...seen].filter((id) => changing.has(id));
}

/** Props for the time until the cut-over, when they differ from the final ones. */
export function widened(kind: Kind, live: Live | undefined, desired: Props): Props | undefined {
  if (!live || !kind.widen) return undefined;
  const wide = kind.widen(live.props, desired);
  return equal(wide, desired) ? undefined : wide;
}

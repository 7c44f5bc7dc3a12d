// Looks at the live resource of every desired node and of every ledger row: by recorded id, by deterministic name,
// by tags. Reads only; 404 is absence, any other error stops the plan.

import { ApigenError } from '../errors.ts';
import type { Graph } from './graph.ts';
import type { Kind, Live, NodeId, Outputs, Props, Target } from './kind.ts';
import type { LedgerState } from './ledger.ts';
import { isOfOthers, servingAll } from './other-versions.ts';
import { dependenciesOf, isOutgoing, outgoingId, resolveProps, unresolved } from './references.ts';
import { schedule } from './schedule.ts';

/** A resource of ours that the source no longer names. */
export interface Leftover {
  readonly target: Target;
  readonly kind: string;
  readonly dependsOn: readonly NodeId[];
  readonly inside?: NodeId | undefined;
  readonly retired: boolean;
  /** The last release that used it, for retired ones. */
  readonly lastRelease?: number | undefined;
}

export interface Observation {
  /** By desired node; absent resources are missing. */
  readonly live: ReadonlyMap<NodeId, Live>;
  /** Desired props with references replaced by outputs of live nodes; missing where they are not known yet. */
  readonly resolved: ReadonlyMap<NodeId, Props>;
  readonly leftovers: readonly Leftover[];
}

export type Kinds = ReadonlyMap<string, Kind>;

export interface ObserveOptions {
  /** Also search by tags: when the ledger is lost, at destroy and for drift. */
  readonly discover: boolean;
  /** Whether an id is of an API version that is not observed: found by its tags, it is not this one's to let go. */
  readonly isOfOther?: ((id: NodeId) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Whether rows alone cannot tell what is there: no deploy has been finished since the ledger was made (it may have been
 * lost), the last one was cut off before it had let go what it found, or a replacement was cut off.
 */
export const needsSearch = (ledger: LedgerState): boolean =>
  ledger.releases.length === 0 || ledger.cleanupPending || [...ledger.rows.keys()].some(isOutgoing);

/** More than AWS's quotas let through at once: those pace, not this; and listings for many are asked once. */
const parallelReads = 256;

export async function observe(
  graph: Graph,
  kinds: Kinds,
  ledger: LedgerState,
  options: ObserveOptions,
): Promise<Observation> {
  const live = new Map<NodeId, Live>();
  const resolved = new Map<NodeId, Props>();
  const outputsOf = (id: NodeId): Outputs | undefined => live.get(id)?.outputs;
  const nodes = [...graph.values()];
  const found = options.discover ? await discoverAll(kinds, ledger) : [];

  const outcome = await schedule(
    nodes.map((node) => node.id),
    (id) => {
      const node = graph.get(id);
      if (!node) return [];
      const needs = dependenciesOf(node).filter((need) => refersTo(node.props, need));
      return node.inside === undefined ? needs : [...needs, node.inside];
    },
    async (id) => {
      const node = graph.get(id);
      if (!node) return;
      const props = resolveProps(node.props, outputsOf);
      const row = ledger.rows.get(id);
      const physicalId =
        row?.physicalId ??
        ledger.others?.rows.get(id)?.physicalId ??
        found.find((item) => item.target.id === id)?.target.physicalId;
      const target: Target = { id, name: node.name, physicalId, revision: row?.revision };
      if (props === unresolved) return;
      resolved.set(id, props);
      // What it lives in is not there, so neither is it.
      if (node.inside !== undefined && graph.has(node.inside) && !live.has(node.inside)) return;
      const kind = kindOf(kinds, node.kind);
      const seen = await kind.read(target, servingAll(kind, id, props, ledger.others));
      if (seen) live.set(id, seen);
    },
    { parallel: parallelReads, signal: options.signal },
  );
  const first = outcome.failures[0];
  if (first) throw first.error;
  options.signal?.throwIfAborted();
  return { live, resolved, leftovers: leftoversOf(graph, kinds, ledger, live, ofThis(found, ledger, options)) };
}

/** The kind by name. @throws ApigenError when a newer apigen wrote a kind that this one does not know. */
export function kindOf(kinds: Kinds, name: string): Kind {
  const kind = kinds.get(name);
  if (kind) return kind;
  throw new ApigenError({
    code: 'KIND_UNKNOWN',
    summary: `The ledger holds a resource of kind ${name}, which this version of apigen does not know`,
    detail: 'It was probably written by a newer version.',
    hint: 'npm install --save-dev @apigen/cli@latest',
  });
}

function refersTo(props: Props, id: NodeId): boolean {
  return JSON.stringify(props).includes(`"$ref":${JSON.stringify(id)}`);
}

/** Kinds come in dependency order, so what an unknown resource may depend on is all that earlier kinds found. */
async function discoverAll(kinds: Kinds, ledger: LedgerState): Promise<readonly Leftover[]> {
  const rows = [...ledger.rows.values()];
  // What the ledger knows is looked at anyway.
  const known = new Set(rows.flatMap((row) => row.physicalId ?? []));
  const lists = await Promise.all(
    [...kinds.values()].map(async (kind) => ({ kind, found: await kind.discover(known) })),
  );
  const earlier: NodeId[] = [];
  return lists.flatMap(({ kind, found }) => {
    const dependsOn = [...earlier];
    earlier.push(...found.map((item) => item.id), ...rows.filter((row) => row.kind === kind.name).map((row) => row.id));
    return found.map((target): Leftover => ({ target, kind: kind.name, dependsOn, retired: false }));
  });
}

/**
 * What was found and is not another API version's. One that no ledger knows may stand on anything that versions share:
 * until it has been deployed again, nothing of that is known to be superfluous.
 */
function ofThis(found: readonly Leftover[], ledger: LedgerState, options: ObserveOptions): readonly Leftover[] {
  const isOfOther = options.isOfOther ?? (() => false);
  const mayBeShared = found.some(({ target: { id } }) => isOfOther(id) && !isOfOthers(id, ledger.others));
  return mayBeShared ? [] : found.filter(({ target: { id } }) => !isOfOther(id));
}

function leftoversOf(
  graph: Graph,
  kinds: Kinds,
  ledger: LedgerState,
  live: ReadonlyMap<NodeId, Live>,
  found: readonly Leftover[],
): readonly Leftover[] {
  // A replacement that was cut off and is no longer wanted: what was to go is what the source asks for again.
  const inUse = new Set(
    [...live].flatMap(([id, item]) => {
      const node = graph.get(id);
      return node ? [[node.kind, item.physicalId].join(' ')] : [];
    }),
  );
  const rows = [...ledger.rows.values()]
    .filter((row) => !graph.has(row.id) && !inUse.has([row.kind, row.physicalId].join(' ')))
    .map(
      (row): Leftover => ({
        target: { id: row.id, name: row.name, physicalId: row.physicalId, revision: row.revision },
        kind: row.kind,
        dependsOn: row.dependsOn,
        inside: row.inside,
        retired: row.status === 'retired',
        lastRelease: row.lastRelease,
      }),
    );
  const known = new Set(
    [...live.values(), ...ledger.rows.values(), ...(ledger.others?.rows.values() ?? [])].flatMap((item) => [
      item.physicalId,
      ...('duplicates' in item ? (item.duplicates ?? []) : []),
    ]),
  );
  const unknown = found.flatMap((item): Leftover[] => {
    const { id, physicalId } = item.target;
    if (!graph.has(id) && !ledger.rows.has(id)) return isOfOthers(id, ledger.others) ? [] : [item];
    // A second one of a node, where AWS mints ids: an interrupted create or replacement left it.
    const second = kindOf(kinds, item.kind).replacement === 'create-first' && !known.has(physicalId);
    return second ? [{ ...item, target: { ...item.target, id: outgoingId(id, physicalId ?? '') } }] : [];
  });
  return [...rows, ...unknown];
}

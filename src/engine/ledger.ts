// The engine's port to its ledger: an index of what exists, never the truth. It holds no secrets: no props but
// those of cut-over nodes (aliases and stages), which a rollback needs.

import type { Json, NodeId, Outputs, Props } from './kind.ts';

export interface LedgerRow {
  readonly id: NodeId;
  readonly kind: string;
  readonly name: string;
  /** Absent in an intent whose create has not answered yet. */
  readonly physicalId?: string | undefined;
  readonly outputs: Outputs;
  /** `retired`: out of the source, kept for a release that may be returned to. */
  readonly status: 'applying' | 'live' | 'removing' | 'retired';
  readonly dependsOn: readonly NodeId[];
  /** The node it lives in and goes with. */
  readonly inside?: NodeId | undefined;
  readonly revision?: string | undefined;
  /** Of the desired props as last applied: while the source gives the same, any difference was made by hand. */
  readonly hash?: string | undefined;
  /** For retired rows: the last release that used it. */
  readonly lastRelease?: number | undefined;
}

/** A cut-over node as a release left it. */
export interface CutoverState {
  readonly id: NodeId;
  readonly kind: string;
  readonly name: string;
  readonly props: Props;
  readonly dependsOn: readonly NodeId[];
}

/** One successful deploy. */
export interface Release {
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
  readonly commit?: string | undefined;
  /** What changed, a line each: `update function products-create`. */
  readonly changes: readonly string[];
  readonly rollbackOf?: number | undefined;
  /** Until it is promoted, its `cutover` is what it will be. */
  readonly canary?: Canary | undefined;
  /** What the caller keeps with it, opaque to the engine: the shape that the price of the next change is told from. */
  readonly attachment?: Json | undefined;
  /** Aliases and stages with what they pointed at: what a rollback returns to. */
  readonly cutover: readonly CutoverState[];
  /** Policies as the release needs them; a rollback grants them again before it moves anything. */
  readonly policies: readonly CutoverState[];
  /** Nodes it uses: none of them is deleted while the release is kept. */
  readonly nodes: readonly NodeId[];
}

/** A part of the traffic that a release gets while the one before it still serves the rest. */
export interface Canary {
  /** From 0 to 1. */
  readonly share: number;
  /** The nodes that were moved in part, as they were left. */
  readonly states: readonly CutoverState[];
  /** {@link LedgerRow.hash} of each once it has moved whole. */
  readonly hashes: Readonly<Record<NodeId, string>>;
}

/** Written before the first alias or stage moves, cleared with the release row: a re-run finishes it. */
export interface Journal {
  readonly release: Release;
  readonly moves: readonly CutoverState[];
  /** What the row of each moved node says of its source afterwards ({@link LedgerRow.hash}). */
  readonly hashes?: Readonly<Record<NodeId, string>> | undefined;
}

export interface LedgerState {
  /** False when there is no ledger table or no row of this stage. */
  readonly known: boolean;
  /** Raised by every run that changes something; a plan made at another serial is stale. */
  readonly serial: number;
  readonly rows: ReadonlyMap<NodeId, LedgerRow>;
  /** Newest first. */
  readonly releases: readonly Release[];
  readonly journal?: Journal | undefined;
  /** The clean-up after the last cut-over has not been finished. */
  readonly cleanupPending: boolean;
  /** Absent: there is no other version. */
  readonly others?: OtherVersions | undefined;
}

/**
 * What the other API versions of a stage have. Tables, functions and roles are one for all of them: nothing of it goes
 * or narrows for one version's sake.
 */
export interface OtherVersions {
  /** Of all of them; where two have a node, either's. */
  readonly rows: ReadonlyMap<NodeId, LedgerRow>;
  /** The nodes that their kept releases and open cut-overs use. */
  readonly released: ReadonlySet<NodeId>;
  /** Policies as their newest releases need them. */
  readonly policies: readonly CutoverState[];
  /** Aliases and stages of all their kept releases. */
  readonly cutover: readonly CutoverState[];
}

/** Written only while the lock is held; each write fails when the lock has been lost. */
export interface LedgerWriter {
  put(row: LedgerRow): Promise<void>;
  forget(id: NodeId): Promise<void>;
  /** Opens the cut-over. */
  journal(journal: Journal): Promise<void>;
  /** Closes the cut-over: the release row, the journal's end and, but for a canary, the pending clean-up, in one transaction. */
  release(release: Release, dropped: readonly number[]): Promise<void>;
  cleanupDone(): Promise<void>;
  /** After destroy: the rows of releases and the serial go too, so that nothing of the version is left. */
  forgetAll(): Promise<void>;
}

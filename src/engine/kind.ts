// The ports of the engine: what a resource kind, the ledger and a reporter must do. The engine knows no AWS,
// no disk and no terminal: kinds close over their clients, and everything here is plain data and promises.

/** `function:products-create`, `rest-api:partner@v1`: the type, the logical name and, where it differs, the API version. */
export type NodeId = string;

/** Plain JSON: props are compared by value, keys in any order. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export type Props = { readonly [field: string]: Json | undefined };

/** A value that exists only once another node does, as an API's id: `{ $ref: 'http-api:public', output: 'apiId' }`. */
export interface Ref {
  readonly $ref: NodeId;
  readonly output: string;
}

/** Values that AWS mints and other nodes need. */
export type Outputs = Readonly<Record<string, string>>;

/** One resource as it should be. */
export interface DesiredNode {
  readonly id: NodeId;
  /** The kind's name. */
  readonly kind: string;
  /** The physical, deterministic name (`shop-dev-products-create`), which finds the resource without a ledger. */
  readonly name: string;
  /** May hold {@link Ref}s anywhere; the engine resolves them before a kind sees them. */
  readonly props: Props;
  /** Nodes that must stand first, besides those that props refer to. */
  readonly dependsOn: readonly NodeId[];
  /** The node this one lives in and goes with (an alias in its function): not deleted singly when that one is. */
  readonly inside?: NodeId | undefined;
}

/** What a kind is asked to look at or remove: from the graph, the ledger or a search by tags. */
export interface Target {
  readonly id: NodeId;
  readonly name: string;
  /**
   * What the kind itself returned as {@link Live.physicalId} earlier, from the ledger or a search: opaque to the
   * engine. Kinds that live inside another put the parent in it (`a1b2c3/prod`), so that removal needs nothing else.
   */
  readonly physicalId?: string | undefined;
  /** The revision recorded when the ledger row was written; a kind may skip reads when it still holds. */
  readonly revision?: string | undefined;
}

/** One resource as it is. */
export interface Live {
  readonly physicalId: string;
  /** The same fields as desired props, normalised: AWS's defaults filled in or dropped, order of sets removed. */
  readonly props: Props;
  readonly outputs: Outputs;
  /** False when the resource carries another owner's tags, or none: found, but not ours. */
  readonly owned: boolean;
  /** Who it says it belongs to, for the message of NotOwned. */
  readonly owner?: string | undefined;
  readonly revision?: string | undefined;
  /** Children of ours that nobody declared (a route added by hand): reported, never deleted. */
  readonly unknownChildren?: readonly string[] | undefined;
  /** Further resources that carry the same node tag (a create whose answer was lost): removed after the cut-over. */
  readonly duplicates?: readonly string[] | undefined;
}

/** A resource found by tags or names, whether or not the ledger knows it. */
export interface Found {
  readonly id: NodeId;
  readonly name: string;
  readonly physicalId: string;
}

/**
 * `mutable` fields are updated in place, `immutable` ones replace the resource. `carried` ones reach `reconcile`
 * but are not compared: ids that AWS mints for content which another field names by its hash.
 */
export type FieldRule = 'mutable' | 'immutable' | 'carried';

/**
 * A kind of resource. `read` observes, `reconcile` moves live towards desired, `remove` deletes. None branches on
 * whether the resource is new: `reconcile` gets what was read (or nothing) and does what is missing. All three may be
 * cut off at any call and called again.
 */
export interface Kind {
  readonly name: string;
  /** As a person calls it: `DynamoDB table`. */
  readonly title: string;
  /** Every field of its props. The engine updates mutable ones in place and replaces on the others. */
  readonly fields: Readonly<Record<string, FieldRule>>;
  /** Deleting or replacing it loses what people stored: needs consent by name. */
  readonly holdsData: boolean;
  /** Its updates switch traffic (an alias, a stage): they wait until everything else stands. */
  readonly cutsOver: boolean;
  /**
   * Its creation sends traffic too (a subscription, an event source): it waits for the cut-over as its updates do, so
   * that the version which knows of it is there, and a rollback makes it again. Default: false.
   */
  readonly beginsTraffic?: boolean;
  /** Whether a kept release may still need it after the source dropped it: it is then retired, not deleted. */
  readonly retires: boolean;
  /** It belongs to the account and serves more than this stage: made where it is missing, never deleted. */
  readonly outlives?: boolean;
  /** For replacement: can old and new stand side by side (ids minted by AWS), or do they share one name? */
  readonly replacement: 'create-first' | 'delete-first';
  /** Absence is `undefined`; any error other than "not found" is thrown. */
  read(target: Target, desired: Props | undefined): Promise<Live | undefined>;
  /** Returns the resource as it is afterwards, read back or built from AWS's answers. */
  reconcile(target: Target, desired: Props, live: Live | undefined): Promise<Live>;
  /** Succeeds when there is nothing (any more). */
  remove(target: Target): Promise<void>;
  /**
   * Everything of this project and stage that carries our tags, ledger or not. Kinds inside others return nothing.
   * @param known physical ids that need not be returned: where tags take a call for each resource, it is saved
   */
  discover(known?: ReadonlySet<string>): Promise<readonly Found[]>;
  /**
   * Props that serve both the old and the new state, for the time until the cut-over (a policy that grants what
   * either version needs). Absent, or equal to desired: nothing is narrowed later.
   */
  widen?(live: Props, desired: Props): Props;
  /**
   * Props that give the desired state this share of the traffic (0 to 1) and leave the live one the rest. Kinds that
   * cut over without it can only be moved whole.
   */
  weigh?(live: Props, desired: Props, share: number): Props;
  /**
   * After the cut-over: drops what no kept release uses (old function versions, old deployments). `keep` holds the
   * props of every cut-over node of every kept release.
   */
  prune?(target: Target, keep: readonly Props[]): Promise<void>;
}

/** What a kind throws so that the engine knows how to go on. */
export type KindFault =
  /** A create met a resource of that name: read it again, then reconcile. */
  | 'exists'
  /** The call may or may not have happened, and AWS mints the id: look by tag before trying again. */
  | 'uncertain';

/** Thrown by kinds (through `aws/`), understood by the engine alone. */
export class KindFaultError extends Error {
  readonly fault: KindFault;

  constructor(fault: KindFault, cause: unknown) {
    super(`kind fault: ${fault}`, { cause });
    this.name = 'KindFaultError';
    this.fault = fault;
  }
}

// A cloud that can be cut off at any call: before it commits, after it commits, or with a fault that the engine must
// understand. Resources are plain records; what AWS does with ids, names and tags is done here too.

import {
  type DesiredNode,
  type Kind,
  KindFaultError,
  type Live,
  type NodeId,
  type Props,
  type Target,
} from '../../src/engine/kind.ts';
import type { Journal, LedgerRow, LedgerState, LedgerWriter, Release } from '../../src/engine/ledger.ts';
import { othersOf } from '../../src/engine/other-versions.ts';

/** The process is gone: nothing after it happens. */
export class Killed extends Error {}

export interface Resource {
  readonly kind: string;
  readonly id: string;
  readonly node: NodeId;
  readonly name: string;
  props: Props;
  /** Which creation made it: another number is another resource. */
  readonly born?: number;
  /** Values published so far, of kinds that publish. */
  readonly published?: Set<string>;
}

export type Point = 'before' | 'after';

/** What to do at the n-th call, counted from 0. */
export interface Fault {
  readonly at: number;
  readonly point: Point;
  readonly type: 'kill' | 'error' | 'lost-answer';
}

export class FakeCloud {
  readonly resources = new Map<string, Resource>();
  readonly calls: string[] = [];
  /** Several API versions take turns with what publishes: as Lambda's `$LATEST`, which serves nobody. */
  versioned = false;
  #minted = 0;
  /** Told after each call that committed. */
  onCommit: ((line: string) => void) | undefined;
  #fault: Fault | undefined;
  #count = 0;
  #dead = false;

  /** A new process: what the cloud holds stays, the fault is set anew. */
  restart(fault?: Fault): void {
    this.#fault = fault;
    this.#count = 0;
    this.#dead = false;
    this.calls.length = 0;
  }

  get callCount(): number {
    return this.#count;
  }

  mint(): string {
    this.#minted += 1;
    return `id-${this.#minted}`;
  }

  /** What lives in it goes with it. */
  delete(id: string): void {
    this.resources.delete(id);
    for (const item of [...this.resources.values()]) if (item.props['parent'] === id) this.delete(item.id);
  }

  get bornCount(): number {
    return this.#minted;
  }

  /** One call: counted, logged, and cut off where the fault says. */
  async call<T>(line: string, commit: () => T): Promise<T> {
    if (this.#dead) throw new Killed('dead');
    const fault = this.#fault?.at === this.#count ? this.#fault : undefined;
    this.#count += 1;
    await Promise.resolve();
    if (fault?.point === 'before') this.#strike(fault, line);
    this.calls.push(line);
    const result = commit();
    this.onCommit?.(line);
    if (fault?.point === 'after') this.#strike(fault, line);
    return result;
  }

  #strike(fault: Fault, line: string): void {
    if (fault.type === 'kill') {
      this.#dead = true;
      throw new Killed(line);
    }
    if (fault.type === 'lost-answer' && line.startsWith('create '))
      throw new KindFaultError('uncertain', new Error(line));
    throw new Error(`injected at ${line}`);
  }

  /** What a person would see, without minted ids. */
  inventory(): readonly string[] {
    // Nobody is served what a publishing one was last set to: what points at it says what is.
    const shown = ({ props, published }: Resource): Props =>
      this.versioned && published ? { ...props, value: undefined } : props;
    return [...this.resources.values()].map((item) => `${item.node} ${JSON.stringify(shown(item))}`).sort();
  }
}

interface FakeKindOptions {
  readonly name: string;
  readonly minted?: boolean;
  readonly cutsOver?: boolean;
  readonly holdsData?: boolean;
  readonly retires?: boolean;
  readonly widens?: boolean;
  /** Keeps each value that it ever had, until it is pruned: an alias may point at any of them. */
  readonly publishes?: boolean;
  /** Serves what it served beside a share of the new, when it is asked to. */
  readonly weighs?: boolean;
  /** Points at a published value of what it lives in. */
  readonly needsPublished?: boolean;
}

/** A kind over the fake cloud: `value` and `grants` are mutable, `fixed` immutable. */
export function fakeKind(cloud: FakeCloud, options: FakeKindOptions): Kind {
  const { name: kind, minted = false } = options;
  const mine = (target: Target, desired?: Props): readonly Resource[] =>
    [...cloud.resources.values()].filter(
      (item) =>
        item.kind === kind &&
        (minted ? item.node === target.id : item.name === target.name) &&
        (desired?.['parent'] === undefined || item.props['parent'] === desired['parent']),
    );
  const liveOf = (item: Resource, duplicates: readonly string[]): Live => ({
    physicalId: item.id,
    // What was pruned is published again, though it is what stands.
    props: item.published?.has(String(item.props['value'])) === false ? { ...item.props, value: '' } : item.props,
    outputs: { id: item.id },
    owned: item.node !== 'foreign',
    owner: item.node === 'foreign' ? 'somebody else' : undefined,
    duplicates,
  });
  return {
    name: kind,
    title: kind,
    fields: { value: 'mutable', grants: 'mutable', api: 'mutable', fixed: 'immutable', parent: 'carried' },
    holdsData: options.holdsData ?? false,
    cutsOver: options.cutsOver ?? false,
    retires: options.retires ?? false,
    replacement: minted ? 'create-first' : 'delete-first',
    read: (target, desired) =>
      cloud.call(`read ${target.id}`, () => {
        const [first, ...others] = recordedFirst(mine(target, desired), target.physicalId);
        return (
          first &&
          liveOf(
            cloud.versioned ? asPublished(first, desired) : first,
            others.map((item) => item.id),
          )
        );
      }),
    async reconcile(target, desired, live) {
      if (live) {
        await cloud.call(`${options.cutsOver ? 'move' : 'update'} ${target.id}`, () => {
          const item = cloud.resources.get(live.physicalId);
          if (!item) throw new Error(`${target.id} is gone`);
          mustBePublished(cloud, options, desired);
          item.props = desired;
          item.published?.add(String(desired['value']));
        });
        return { ...live, props: desired, duplicates: live.duplicates };
      }
      const id = await cloud.call(`create ${target.id}`, () => {
        const taken = minted ? undefined : mine(target, desired)[0];
        if (taken) return undefined;
        const { parent } = desired;
        if (parent !== undefined && !cloud.resources.has(String(parent))) throw new Error(`${parent} does not exist`);
        mustBePublished(cloud, options, desired);
        const minting = cloud.mint();
        const made = minted
          ? minting
          : [kind, ...(parent === undefined ? [] : [String(parent)]), target.name].join('/');
        cloud.resources.set(made, {
          kind,
          id: made,
          node: target.id,
          name: target.name,
          props: desired,
          born: cloud.bornCount,
          ...(options.publishes && { published: new Set([String(desired['value'])]) }),
        });
        return made;
      });
      if (id === undefined) throw new KindFaultError('exists', new Error('exists'));
      return { physicalId: id, props: desired, outputs: { id }, owned: true };
    },
    remove: (target) =>
      cloud.call(`remove ${target.id}`, () => {
        const known = target.physicalId ? cloud.resources.get(target.physicalId) : undefined;
        for (const item of known ? [known] : mine(target)) cloud.delete(item.id);
      }),
    discover: () =>
      cloud.call('discover', () =>
        [...cloud.resources.values()]
          .filter((item) => item.kind === kind && item.node !== 'foreign' && item.props['parent'] === undefined)
          .map((item) => ({ id: item.node, name: item.name, physicalId: item.id })),
      ),
    ...(options.publishes && {
      prune: (target: Target, keep: readonly Props[]): Promise<void> =>
        cloud.call(`prune ${target.id}`, () => {
          const item = mine(target)[0];
          // Lambda refuses to delete a version that an alias points at.
          const pointing = [...keep, ...[...cloud.resources.values()].map(({ props }) => props)];
          const used = pointing.filter((props) => props['parent'] === item?.id).map((props) => String(props['value']));
          for (const value of item?.published ?? []) if (!used.includes(value)) item?.published?.delete(value);
        }),
    }),
    ...(options.weighs && {
      weigh: (live: Props, desired: Props, share: number): Props => ({
        ...live,
        grants: [`${desired['value']}@${share}`],
      }),
    }),
    ...(options.widens && {
      widen: (live: Props, desired: Props): Props => ({
        ...desired,
        grants: [...new Set([...list(live['grants']), ...list(desired['grants'])])].sort(),
      }),
    }),
  };
}

/** Whatever it was last set to: what it ever published is there to be pointed at, what it never did serves nobody. */
function asPublished(item: Resource, desired: Props | undefined): Resource {
  const { published, props } = item;
  if (!published) return item;
  const [wanted, latest] = [String(desired?.['value']), String(props['value'])];
  if (published.has(latest)) return published.has(wanted) ? { ...item, props: { ...props, value: wanted } } : item;
  return wanted === latest ? { ...item, props: { ...props, value: 'unpublished' } } : item;
}

/** An alias points at a published value; which it points at now is what counts, whoever set it. */
function mustBePublished(cloud: FakeCloud, { needsPublished = false }: FakeKindOptions, desired: Props): void {
  if (!needsPublished || desired['parent'] === undefined) return;
  const published = cloud.resources.get(String(desired['parent']))?.published;
  if (!published?.has(String(desired['value']))) throw new Error(`version ${desired['value']} is gone`);
}

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** A recorded id is looked at first, as kinds do; further ones are not told then. */
function recordedFirst(items: readonly Resource[], physicalId: string | undefined): readonly Resource[] {
  const recorded = items.find((item) => item.id === physicalId);
  return recorded ? [recorded] : items;
}

/** Kinds as a deploy has them: named and minted ones, data, a policy that widens, and one that moves traffic. */
export function fakeKinds(cloud: FakeCloud): ReadonlyMap<string, Kind> {
  const kinds = [
    fakeKind(cloud, { name: 'data', holdsData: true }),
    fakeKind(cloud, { name: 'policy', widens: true, retires: true }),
    fakeKind(cloud, { name: 'plain' }),
    fakeKind(cloud, { name: 'code', retires: true, publishes: true }),
    fakeKind(cloud, { name: 'minted', minted: true }),
    fakeKind(cloud, { name: 'alias', cutsOver: true, retires: true, needsPublished: true, weighs: true }),
    fakeKind(cloud, { name: 'permission', retires: true }),
    fakeKind(cloud, { name: 'stage', cutsOver: true }),
  ];
  return new Map(kinds.map((kind) => [kind.name, kind]));
}

export const node = (id: NodeId, kind: string, props: Props, dependsOn: readonly NodeId[] = []): DesiredNode => ({
  id,
  kind,
  name: `name-of-${id}`,
  props,
  dependsOn,
});

/** A ledger in memory, each write a call of the cloud that may be cut off like any other. */
export class FakeLedger {
  rows = new Map<NodeId, LedgerRow>();
  releases: Release[] = [];
  pendingJournal: Journal | undefined;
  serial = 0;
  known = false;
  cleanupPending = false;
  /** Those of the stage's other API versions. */
  others: readonly FakeLedger[] = [];
  readonly #cloud: FakeCloud;

  constructor(cloud: FakeCloud) {
    this.#cloud = cloud;
  }

  state(): LedgerState {
    const others = this.others.map((other) => other.#own());
    return { ...this.#own(), ...(others.length > 0 && { others: othersOf(others) }) };
  }

  #own(): LedgerState {
    return {
      known: this.known,
      serial: this.serial,
      rows: new Map(this.rows),
      releases: [...this.releases],
      journal: this.pendingJournal,
      cleanupPending: this.cleanupPending,
    };
  }

  /** The table is gone. */
  lose(): void {
    this.rows = new Map();
    this.releases = [];
    this.pendingJournal = undefined;
    this.known = false;
    this.cleanupPending = false;
  }

  writer(): LedgerWriter {
    const write = (line: string, commit: () => void): Promise<void> =>
      this.#cloud.call(`ledger ${line}`, () => {
        this.known = true;
        this.serial += 1;
        commit();
      });
    return {
      put: (row) => write(`put ${row.id} ${row.status}`, () => this.rows.set(row.id, row)),
      forget: (id) => write(`forget ${id}`, () => this.rows.delete(id)),
      journal: (journal) => write('journal', () => (this.pendingJournal = journal)),
      release: (release, dropped) =>
        write(`release ${release.number}`, () => {
          const older = this.releases.filter((item) => item.number !== release.number);
          this.releases = [release, ...older].filter((item) => !dropped.includes(item.number));
          this.pendingJournal = undefined;
          if (!release.canary) this.cleanupPending = true;
        }),
      cleanupDone: () => write('cleanup done', () => (this.cleanupPending = false)),
      forgetAll: () => write('forget stage', () => this.lose()),
    };
  }
}

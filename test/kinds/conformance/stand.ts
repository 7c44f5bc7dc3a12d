// A place of its own in an emulator, and what a deploy does there with single nodes: read, and bring what differs.

import type { Aws } from '../../../src/aws/aws.ts';
import { buildGraph } from '../../../src/engine/graph.ts';
import type { DesiredNode, Kind, Live, NodeId, Outputs, Props, Target } from '../../../src/engine/kind.ts';
import type { LedgerState } from '../../../src/engine/ledger.ts';
import { type Change, makePlan } from '../../../src/engine/plan.ts';
import { resolveProps, unresolved } from '../../../src/engine/references.ts';
import { bring, stands } from '../../../src/engine/step.ts';
import { allKinds } from '../../../src/kinds/index.ts';
import type { Owner } from '../../../src/kinds/ownership.ts';
import { artifact } from '../samples/artifacts.ts';
import type { Place } from '../samples/sample.ts';

let places = 0;

const noLedger: LedgerState = {
  known: false,
  serial: 0,
  rows: new Map(),
  releases: [],
  cleanupPending: false,
};

export class Stand {
  readonly place: Place;
  readonly #aws: Aws;
  readonly #kinds: ReadonlyMap<string, Kind>;
  readonly #live = new Map<NodeId, { readonly node: DesiredNode; readonly live: Live }>();

  constructor(aws: Aws, owner: Owner = { project: 'conf', stage: `s${process.pid}x${++places}` }) {
    const { account, region, partition } = aws;
    this.#aws = aws;
    this.place = { account, region, partition, owner };
    this.#kinds = allKinds({ aws, owner, artifact });
  }

  kind(name: string): Kind {
    const kind = this.#kinds.get(name);
    if (!kind) throw new Error(`no kind ${name}`);
    return kind;
  }

  /** The kind as another process has it: over another connection, or for another project. */
  kindOver(name: string, aws: Aws, owner: Owner = this.place.owner): Kind {
    const kind = allKinds({ aws, owner, artifact }).get(name);
    if (!kind) throw new Error(`no kind ${name}`);
    return kind;
  }

  get aws(): Aws {
    return this.#aws;
  }

  /** Desired props with references replaced by what was made here. */
  props(node: DesiredNode): Props {
    const props = resolveProps(node.props, (id): Outputs | undefined => this.#live.get(id)?.live.outputs);
    if (props === unresolved) throw new Error(`${node.id} refers to what does not stand`);
    return props;
  }

  target(node: DesiredNode): Target {
    return { id: node.id, name: node.name, physicalId: this.#live.get(node.id)?.live.physicalId };
  }

  /** As a deploy that has lost its ledger sees it: by name and tags. */
  read(node: DesiredNode): Promise<Live | undefined> {
    return this.kind(node.kind).read({ id: node.id, name: node.name }, this.props(node));
  }

  /** What a deploy does: read, then reconcile what differs. */
  async bring(node: DesiredNode): Promise<Live> {
    const kind = this.kind(node.kind);
    const props = this.props(node);
    const before = await this.read(node);
    const live = stands(kind, before, props) ? before : await bring(kind, this.target(node), props, before);
    this.#live.set(node.id, { node, live });
    return live;
  }

  async bringAll(nodes: readonly DesiredNode[]): Promise<void> {
    for (const node of nodes) await this.bring(node);
  }

  async remove(node: DesiredNode): Promise<void> {
    await this.kind(node.kind).remove(this.target(node));
    this.#live.delete(node.id);
  }

  /** The one change that a plan holds for a node, if any, when `live` is what was observed. */
  plan(node: DesiredNode, live: Live): Change | undefined {
    const alone = { ...node, props: this.props(node), dependsOn: [] };
    const resolved = new Map([[node.id, alone.props]]);
    const observation = { live: new Map([[node.id, live]]), resolved, leftovers: [] };
    const options = { allowDataLoss: new Set([node.name]), keep: 5 };
    return makePlan(buildGraph([alone]), this.#kinds, observation, noLedger, options).changes[0];
  }

  /** Everything made here goes, last first. */
  async clear(): Promise<void> {
    for (const { node } of [...this.#live.values()].reverse()) await this.remove(node);
  }
}

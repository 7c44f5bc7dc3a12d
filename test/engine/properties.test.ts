import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Applied } from '../../src/engine/apply.ts';
import { finishCutover } from '../../src/engine/cut-over.ts';
import type { DesiredNode, Outputs } from '../../src/engine/kind.ts';
import { isEmpty } from '../../src/engine/plan.ts';
import { resolveProps } from '../../src/engine/references.ts';
import { isReturned, planRollback, releaseToReturnTo, rollBack } from '../../src/engine/rollback.ts';
import { ApigenError } from '../../src/errors.ts';
import { FakeCloud, FakeLedger, fakeKinds, type Resource } from './fake-cloud.ts';
import { codeId, grantOf, nodesOf, type Operation, operations, type Source } from './random-project.ts';
import { deployOf, earlierCutoverEnds, engineOptions, planOf } from './run-engine.ts';

// A failure prints its seed and path. Replay: PROPERTY_SEED=… PROPERTY_PATH=… npx jest --testPathPatterns properties
const seed = process.env['PROPERTY_SEED'];
const path = process.env['PROPERTY_PATH'];
const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

/** Declares nothing at all. */
const nothing: Source = { tables: [], functions: [null, null, null], apis: [null, null] };

class World {
  readonly cloud = new FakeCloud();
  readonly ledger = new FakeLedger(this.cloud);
  /** Which creation each table is of: never another one, unless somebody deleted it by hand. */
  readonly #tables = new Map<string, number | undefined>();
  #source = nothing;
  /** Nodes that somebody changed by hand and no run has put right since: what that broke is theirs. */
  readonly #tampered = new Set<string>();
  #everLost = false;
  /** Codes that somebody deleted or changed by hand, ever: which of their values are there is theirs. */
  readonly #handled = new Set<string>();
  readonly #broken: string[] = [];

  constructor() {
    this.cloud.onCommit = (line) => this.#stillServed(line);
  }

  async run(operation: Operation): Promise<void> {
    switch (operation.type) {
      case 'deploy':
        this.#source = operation.source;
        return this.#deploy(operation);
      case 'again':
        return this.#deploy(operation);
      case 'rollback':
        return this.#rollBack(operation);
      case 'lose-ledger':
        this.#everLost = true;
        return this.ledger.lose();
      default:
        this.#byHand(operation.type, operation.which);
    }
  }

  /** The end of every sequence: a run without a fault. */
  async settle(): Promise<void> {
    await this.#deploy({ fault: undefined });
  }

  async #deploy({ fault }: Pick<Operation & { type: 'again' }, 'fault'>): Promise<void> {
    const nodes = nodesOf(this.#source);
    this.cloud.restart(fault);
    let applied: Applied | undefined;
    try {
      applied = await deployOf(this, nodes);
    } catch (error) {
      this.#mustBeOf(fault, error);
      return;
    } finally {
      this.#holds();
    }
    this.#ordered();
    this.cloud.restart();
    for (const node of nodes) this.#tampered.delete(node.id);
    if (applied && !this.#everLost) this.#prunedToKeptReleases();
    await this.#converged(nodes);
  }

  async #rollBack({ back, fault }: Operation & { type: 'rollback' }): Promise<void> {
    this.cloud.restart(fault);
    const kinds = fakeKinds(this.cloud);
    try {
      const { journal } = this.ledger.state();
      if (journal) await finishCutover(journal, kinds, this.ledger.state(), this.ledger.writer(), engineOptions);
      const to = releaseToReturnTo(this.ledger.state(), this.ledger.releases[back]?.number);
      const plan = await planRollback(to, kinds);
      if (isReturned(plan)) return;
      await rollBack(plan, kinds, this.ledger.state(), this.ledger.writer(), engineOptions);
      for (const state of [...to.cutover, ...to.policies]) {
        // Beside one that is to be replaced its successor may stand, from a deploy that was cut off.
        const live = this.#of(state.id).find((item) => item.props['parent'] === state.props['parent']);
        expect([state.id, live?.props]).toEqual([state.id, state.props]);
      }
    } catch (error) {
      if (!this.#mayRefuse(error)) this.#mustBeOf(fault, error);
    } finally {
      this.#holds();
    }
  }

  /** What a kept release needs is there, unless somebody deleted it, or an API left the source with its stage. */
  #mayRefuse(error: unknown): boolean {
    const { code = '', detail = '' } = error instanceof ApigenError ? error : {};
    const parts = code === 'RELEASE_INCOMPLETE' ? detail.split('\n') : [];
    const isGone = parts.length > 0 || (error instanceof Error && /is gone/.test(error.message));
    const byHand = isGone && (this.#handled.size > 0 || this.#everLost);
    const noApi = parts.length > 0 && parts.every((part) => part.startsWith('stage:'));
    return code === 'NO_SUCH_RELEASE' || noApi || byHand;
  }

  #byHand(type: 'change-by-hand' | 'delete-by-hand', which: number): void {
    const all = [...this.cloud.resources.values()];
    const item = all[which % Math.max(1, all.length)];
    if (!item) return;
    for (const inside of this.cloud.resources.values())
      if (inside === item || inside.props['parent'] === item.id) this.#tampered.add(inside.node);
    for (const id of [item.id, item.props['parent']]) this.#handled.add(String(id));
    if (type === 'delete-by-hand') {
      this.#tables.delete(item.name);
      this.cloud.delete(item.id);
    } else if (item.kind !== 'data') {
      item.props = { ...item.props, ...(item.kind === 'policy' ? { grants: ['other'] } : { value: 'by hand' }) };
    }
  }

  #of(node: string): readonly Resource[] {
    return [...this.cloud.resources.values()].filter((item) => item.node === node);
  }

  #mustBeOf(fault: unknown, error: unknown): void {
    if (fault === undefined) throw error;
  }

  /** At every moment: what an alias points at exists, and its role may do what that version needs. */
  #stillServed(line: string): void {
    if (/^(read|discover|ledger)/.test(line)) return;
    for (const alias of this.cloud.resources.values()) {
      if (alias.kind !== 'alias') continue;
      const name = alias.node.replace('@v1', '');
      if ([alias.node, name, `role:${name}`].some((node) => this.#tampered.has(node))) continue;
      const value = String(alias.props['value']);
      const grants = this.#of(`role:${name}`)[0]?.props['grants'];
      if (!Array.isArray(grants) || !grants.includes(grantOf(name, value)))
        this.#broken.push(`after "${line}" ${alias.node} serves ${value} without its grant`);
      if (!this.cloud.resources.get(codeId(name))?.published?.has(value))
        this.#broken.push(`after "${line}" ${alias.node} points at ${value}, which is gone`);
    }
  }

  #holds(): void {
    expect(this.#broken).toEqual([]);
    for (const item of this.cloud.resources.values()) {
      if (item.kind !== 'data') continue;
      if (!this.#tables.has(item.name)) this.#tables.set(item.name, item.born);
      expect([item.name, item.born]).toEqual([item.name, this.#tables.get(item.name)]);
    }
    for (const name of this.#tables.keys()) expect(this.cloud.resources.has(`data/${name}`)).toBe(true);
  }

  /** Between two releases: nothing moves before the last create, nothing goes before the last move. */
  #ordered(): void {
    // Finishing an earlier cut-over comes first, and makes again what somebody deleted meanwhile.
    const own = this.cloud.calls.slice(this.cloud.calls.lastIndexOf(earlierCutoverEnds) + 1);
    const parts = own.join('\n').split(/ledger release \d+/);
    for (const part of parts) {
      const lines = part.split('\n');
      const moves = lines.flatMap((line, at) => (line.startsWith('move ') ? [at] : []));
      if (moves.length === 0) continue;
      expect(lines.findLastIndex((line) => line.startsWith('create '))).toBeLessThan(Math.min(...moves));
      expect(lines.slice(0, Math.max(...moves)).filter((line) => line.startsWith('remove '))).toEqual([]);
      expect(lines.indexOf('ledger journal')).toBeLessThan(Math.min(...moves));
    }
  }

  /** Of every code what kept releases and the aliases of now point at, no more and no less. */
  #prunedToKeptReleases(): void {
    const kept = [...this.ledger.releases.flatMap((release) => release.cutover), ...this.cloud.resources.values()];
    for (const { id, published } of this.cloud.resources.values()) {
      if (!published || this.#handled.has(id)) continue;
      const used = kept.flatMap(({ kind, props }) =>
        kind === 'alias' && props['parent'] === id ? [String(props['value'])] : [],
      );
      expect([id, [...published].sort()]).toEqual([id, [...new Set(used)].sort()]);
    }
  }

  async #converged(nodes: readonly DesiredNode[]): Promise<void> {
    const outputs = (id: string): Outputs | undefined => {
      const item = this.#of(id)[0];
      return item && { id: item.id };
    };
    for (const node of nodes) {
      const found = this.#of(node.id);
      expect(found.map((item) => item.props)).toEqual([resolveProps(node.props, outputs)]);
      expect(this.ledger.rows.get(node.id)).toMatchObject({ status: 'live', physicalId: found[0]?.id });
    }
    const declared = new Set(nodes.map((node) => node.id));
    const needed = new Set(this.ledger.releases.flatMap((release) => release.nodes));
    const kinds = fakeKinds(this.cloud);
    const retires = (kind: string): boolean => kinds.get(kind)?.retires ?? false;
    const rest = [...this.cloud.resources.values()].filter((item) => !declared.has(item.node));
    const mayStay = (item: Resource): boolean =>
      item.kind === 'data' ||
      (retires(item.kind) && needed.has(item.node)) ||
      // What lives inside another has no tags: a lost ledger loses it, until its container goes.
      (this.#everLost && item.kind === 'permission');
    expect(rest.filter((item) => !mayStay(item)).map((item) => item.id)).toEqual([]);
    const rows = [...this.ledger.rows.values()].filter((row) => !declared.has(row.id));
    expect(rows.filter((row) => row.status !== 'retired' && row.kind !== 'data').map((row) => row.id)).toEqual([]);
    expect(this.ledger.pendingJournal).toBeUndefined();
    const { plan } = await planOf(this, nodes);
    expect([plan.changes, plan.unrecorded, isEmpty(plan)]).toEqual([[], [], true]);
  }
}

describe('whatever happens to a project', () => {
  it(
    'the next run converges, serves all along, and loses no table',
    async () => {
      await fc.assert(
        fc.asyncProperty(operations, async (sequence) => {
          const world = new World();
          for (const operation of sequence) await world.run(operation);
          await world.settle();
        }),
        {
          numRuns,
          ...(seed !== undefined && { seed: Number(seed) }),
          ...(path !== undefined && { path }),
        },
      );
    },
    Math.max(120_000, numRuns * 200),
  );
});

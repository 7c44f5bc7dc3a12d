import { describe, expect, it } from '@jest/globals';
import type { DesiredNode } from '../../src/engine/kind.ts';
import { isEmpty } from '../../src/engine/plan.ts';
import { ref } from '../../src/engine/references.ts';
import { FakeCloud, FakeLedger, node, type Point } from './fake-cloud.ts';
import { deployOf, type EngineRun, planOf } from './run-engine.ts';

/** One API version of a source that grants what it names, with an API, an alias and a function of its own. */
function source(version: string, code: string, extra: readonly DesiredNode[] = []): readonly DesiredNode[] {
  return [
    node('table', 'data', { fixed: 'pk' }),
    node('role', 'policy', { grants: [`use-${code}`] }),
    node('list', 'code', { value: code }, ['role', 'table']),
    node(`list@${version}`, 'alias', { value: code, parent: ref('list', 'id') }, ['list']),
    node(`api@${version}`, 'minted', { value: 'shop' }),
    node(`stage@${version}`, 'stage', { value: code, parent: ref(`api@${version}`, 'id') }, [`list@${version}`]),
    ...extra,
  ];
}

function stage(): { readonly cloud: FakeCloud; readonly v1: EngineRun; readonly v2: EngineRun } {
  const cloud = new FakeCloud();
  cloud.versioned = true;
  const [one, two] = [new FakeLedger(cloud), new FakeLedger(cloud)];
  one.others = [two];
  two.others = [one];
  return { cloud, v1: { cloud, ledger: one }, v2: { cloud, ledger: two } };
}

const version = (name: string) => ({ version: name });
const grantsOf = (cloud: FakeCloud) => cloud.resources.get('policy/name-of-role')?.props['grants'];
const aliasOf = (cloud: FakeCloud, name: string) =>
  [...cloud.resources.values()].find((item) => item.node === `list@${name}`)?.props['value'];

describe('two API versions of a stage', () => {
  it('stand side by side, each with its own code, and neither has anything to change', async () => {
    const { cloud, v1, v2 } = stage();
    await deployOf(v1, source('v1', 'one'));
    await deployOf(v2, source('v2', 'two'), [], version('v2'));
    expect([aliasOf(cloud, 'v1'), aliasOf(cloud, 'v2')]).toEqual(['one', 'two']);
    expect(grantsOf(cloud)).toEqual(['use-one', 'use-two']);
    expect(isEmpty((await planOf(v1, source('v1', 'one'))).plan)).toBe(true);
    expect(isEmpty((await planOf(v2, source('v2', 'two'), [], 'v2')).plan)).toBe(true);
  });

  it('narrows a shared policy to what both still need', async () => {
    const { cloud, v1, v2 } = stage();
    await deployOf(v1, source('v1', 'one'));
    await deployOf(v2, source('v2', 'two'), [], version('v2'));
    await deployOf(v2, source('v2', 'three'), [], version('v2'));
    expect(grantsOf(cloud)).toEqual(['use-one', 'use-three']);
    await deployOf(v1, source('v1', 'three'));
    expect(grantsOf(cloud)).toEqual(['use-three']);
  });

  it('keeps code that the other one serves, however many releases come and go', async () => {
    const { cloud, v1, v2 } = stage();
    await deployOf(v1, source('v1', 'one'));
    for (const code of ['a', 'b', 'c', 'd', 'e']) await deployOf(v2, source('v2', code), [], version('v2'));
    const published = [...cloud.resources.values()].find((item) => item.node === 'list')?.published;
    expect([...(published ?? [])].sort()).toEqual(['c', 'd', 'e', 'one']);
    expect(isEmpty((await planOf(v1, source('v1', 'one'))).plan)).toBe(true);
  });

  it('leaves alone what one drops and the other uses, and deletes it with the last one', async () => {
    const { cloud, v1, v2 } = stage();
    const queue = node('queue', 'plain', { value: 'jobs' });
    await deployOf(v1, source('v1', 'one', [queue]));
    await deployOf(v2, source('v2', 'two', [queue]), [], version('v2'));
    await deployOf(v1, source('v1', 'three'));
    expect(cloud.resources.has('plain/name-of-queue')).toBe(true);
    expect(v1.ledger.rows.has('queue')).toBe(false);
    expect(isEmpty((await planOf(v2, source('v2', 'two', [queue]), [], 'v2')).plan)).toBe(true);
    await deployOf(v2, source('v2', 'four'), [], version('v2'));
    expect(cloud.resources.has('plain/name-of-queue')).toBe(false);
  });

  it('takes nothing that it finds by its tags for a leftover, though the other ledger is lost', async () => {
    const { cloud, v1, v2 } = stage();
    await deployOf(v1, source('v1', 'one'));
    await deployOf(v2, source('v2', 'two', [node('queue', 'plain', { value: 'jobs' })]), [], version('v2'));
    const before = cloud.inventory();
    v1.ledger.lose();
    v2.ledger.lose();
    await deployOf(v1, source('v1', 'one'));
    expect(cloud.inventory().filter((line) => !line.startsWith('role '))).toEqual(
      before.filter((line) => !line.startsWith('role ')),
    );
    await deployOf(v2, source('v2', 'two', [node('queue', 'plain', { value: 'jobs' })]), [], version('v2'));
    expect(cloud.inventory()).toEqual(before);
  });

  it('says that a change by the other version was not made by hand', async () => {
    const { v1, v2 } = stage();
    await deployOf(v1, source('v1', 'one', [node('queue', 'plain', { value: 'slow' })]));
    await deployOf(v2, source('v2', 'two', [node('queue', 'plain', { value: 'quick' })]), [], version('v2'));
    const { plan } = await planOf(v1, source('v1', 'one', [node('queue', 'plain', { value: 'slow' })]));
    expect(plan.changes).toEqual([
      expect.objectContaining({ node: 'queue', action: 'update', byHand: false, shared: true }),
    ]);
  });

  it('refuses to replace what the other one uses', async () => {
    const { v1, v2 } = stage();
    const link = (fixed: string) => node('link', 'minted', { fixed });
    await deployOf(v1, source('v1', 'one', [link('a')]));
    await deployOf(v2, source('v2', 'two', [link('a')]), [], version('v2'));
    await expect(deployOf(v2, source('v2', 'two', [link('b')]), [], version('v2'))).rejects.toMatchObject({
      code: 'SHARED',
    });
  });

  it.each<Point>(['before', 'after'])(
    'killed %s the commit of any call of v2, v1 serves on, and v2 converges',
    async (point) => {
      const prepared = async () => {
        const all = stage();
        await deployOf(all.v1, source('v1', 'one'));
        await deployOf(all.v2, source('v2', 'two'), [], version('v2'));
        all.cloud.restart();
        return all;
      };
      const clean = await prepared();
      await deployOf(clean.v2, source('v2', 'three'), [], version('v2'));
      const calls = clean.cloud.callCount;
      for (let at = 0; at < calls; at += 1) {
        const { cloud, v1, v2 } = await prepared();
        cloud.restart({ at, point, type: 'kill' });
        await expect(deployOf(v2, source('v2', 'three'), [], version('v2'))).rejects.toBeInstanceOf(Error);
        expect(aliasOf(cloud, 'v1')).toBe('one');
        expect(grantsOf(cloud)).toEqual(expect.arrayContaining(['use-one']));
        cloud.restart();
        // The other version in between finds nothing to do but what it shares.
        await deployOf(v1, source('v1', 'one'));
        await deployOf(v2, source('v2', 'three'), [], version('v2'));
        expect(cloud.inventory()).toEqual(clean.cloud.inventory());
      }
    },
  );
});

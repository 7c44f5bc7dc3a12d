import { describe, expect, it } from '@jest/globals';
import { finishCutover } from '../../src/engine/cut-over.ts';
import type { DesiredNode } from '../../src/engine/kind.ts';
import { isEmpty } from '../../src/engine/plan.ts';
import { ref } from '../../src/engine/references.ts';
import { planRollback, promote, releaseToReturnTo, rollBack } from '../../src/engine/rollback.ts';
import { FakeCloud, FakeLedger, fakeKinds, node, type Point } from './fake-cloud.ts';
import { deployOf, type EngineRun, engineOptions, planOf } from './run-engine.ts';

const project = (code: string, extra: readonly DesiredNode[] = []): readonly DesiredNode[] => [
  node('role', 'policy', { grants: [`use-${code}`] }),
  node('list', 'code', { value: code }, ['role']),
  node('list@v1', 'alias', { value: code, parent: ref('list', 'id') }, ['list']),
  node('stage', 'stage', { value: 'api' }, ['list@v1']),
  ...extra,
];

async function deployed(): Promise<EngineRun> {
  const cloud = new FakeCloud();
  const run = { cloud, ledger: new FakeLedger(cloud) };
  await deployOf(run, project('one'));
  cloud.restart();
  return run;
}

const canary = (share: number) => ({ canary: share });
const alias = ({ cloud }: EngineRun) => [...cloud.resources.values()].find((item) => item.node === 'list@v1')?.props;
const grants = ({ cloud }: EngineRun) => cloud.resources.get('policy/name-of-role')?.props['grants'];

/** As the promote flow does it, however often it is typed. */
async function promoteNewest({ cloud, ledger }: EngineRun): Promise<void> {
  const kinds = fakeKinds(cloud);
  const { journal } = ledger.state();
  if (journal) await finishCutover(journal, kinds, ledger.state(), ledger.writer(), engineOptions);
  const newest = releaseToReturnTo(ledger.state(), ledger.releases[0]?.number);
  if (!newest.canary && !ledger.cleanupPending) return;
  await promote(await planRollback(newest, kinds), kinds, ledger.state(), ledger.writer(), engineOptions);
}

describe('a canary', () => {
  it('gives the new code a share, and leaves all that the old one needs', async () => {
    const run = await deployed();
    const applied = await deployOf(run, project('two'), [], canary(0.1));
    expect(applied?.release.canary?.share).toBe(0.1);
    expect(alias(run)).toMatchObject({ value: 'one', grants: ['two@0.1'] });
    expect(grants(run)).toEqual(['use-one', 'use-two']);
    expect(run.ledger.cleanupPending).toBe(false);
  });

  it('has nothing to do when the share stands, and is no drift', async () => {
    const run = await deployed();
    await deployOf(run, project('two'), [], canary(0.1));
    run.cloud.restart();
    const { plan } = await planOf(run, project('two'));
    expect(plan.changes.map(({ node: id }) => id).sort()).toEqual(['list@v1', 'role']);
    expect(plan.changes.find(({ node: id }) => id === 'list@v1')?.byHand).toBe(false);
  });

  it('takes another share, or other code, in its place', async () => {
    const run = await deployed();
    await deployOf(run, project('two'), [], canary(0.1));
    await deployOf(run, project('two'), [], canary(0.5));
    expect(alias(run)).toMatchObject({ value: 'one', grants: ['two@0.5'] });
    await deployOf(run, project('three'), [], canary(0.2));
    expect(alias(run)).toMatchObject({ value: 'one', grants: ['three@0.2'] });
  });

  it('is promoted: the same release, all the traffic, and policies as it needs them', async () => {
    const run = await deployed();
    await deployOf(run, project('two'), [], canary(0.1));
    await promoteNewest(run);
    expect(run.ledger.releases.map(({ number, canary: share }) => [number, share])).toEqual([
      [2, undefined],
      [1, undefined],
    ]);
    expect(alias(run)).toMatchObject({ value: 'two' });
    expect(alias(run)?.['grants']).toBeUndefined();
    expect(grants(run)).toEqual(['use-two']);
    expect(isEmpty((await planOf(run, project('two'))).plan)).toBe(true);
  });

  it('is taken back by a rollback, and by nothing else than what it moved', async () => {
    const run = await deployed();
    await deployOf(run, project('two'), [], canary(0.1));
    const kinds = fakeKinds(run.cloud);
    const plan = await planRollback(releaseToReturnTo(run.ledger.state(), undefined), kinds);
    await rollBack(plan, kinds, run.ledger.state(), run.ledger.writer(), engineOptions);
    expect(alias(run)).toMatchObject({ value: 'one' });
    expect(alias(run)?.['grants']).toBeUndefined();
    expect(grants(run)).toEqual(['use-one']);
  });

  it('is ended by a whole deploy', async () => {
    const run = await deployed();
    await deployOf(run, project('two'), [], canary(0.1));
    await deployOf(run, project('two'));
    expect(alias(run)).toMatchObject({ value: 'two' });
    expect(alias(run)?.['grants']).toBeUndefined();
    expect(run.ledger.releases[0]?.canary).toBeUndefined();
    expect(isEmpty((await planOf(run, project('two'))).plan)).toBe(true);
  });

  it('keeps the release that serves the rest, though one release is all that is kept', async () => {
    const run = await deployed();
    await deployOf(run, project('two'), [], { ...canary(0.1), keep: 1 });
    expect(run.ledger.releases.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('is refused before the first release, and where more than code would move', async () => {
    const cloud = new FakeCloud();
    const first = { cloud, ledger: new FakeLedger(cloud) };
    await expect(deployOf(first, project('one'), [], canary(0.1))).rejects.toMatchObject({ code: 'CANARY_FIRST' });
    expect(cloud.calls.filter((line) => !/^(read|discover)/.test(line))).toEqual([]);
    const run = await deployed();
    const moved = [
      ...project('two').filter(({ id }) => id !== 'stage'),
      node('stage', 'stage', { value: 'other' }, ['list@v1']),
    ];
    await expect(deployOf(run, moved, [], canary(0.1))).rejects.toMatchObject({ code: 'CANARY_WHOLE' });
    expect(run.cloud.calls.filter((line) => !/^(read|discover)/.test(line))).toEqual([]);
  });

  it.each<Point>(['before', 'after'])(
    'killed %s the commit of any call is begun and promoted in the end',
    async (point) => {
      const clean = await deployed();
      await deployOf(clean, project('two'), [], canary(0.1));
      const begun = clean.cloud.callCount;
      await promoteNewest(clean);
      for (let at = 0; at < begun; at += 1) {
        const run = await deployed();
        run.cloud.restart({ at, point, type: 'kill' });
        await expect(deployOf(run, project('two'), [], canary(0.1))).rejects.toBeInstanceOf(Error);
        run.cloud.restart();
        await deployOf(run, project('two'), [], canary(0.1));
        expect(alias(run)).toMatchObject({ value: 'one', grants: ['two@0.1'] });
        await promoteNewest(run);
        expect(run.cloud.inventory()).toEqual(clean.cloud.inventory());
        expect(isEmpty((await planOf(run, project('two'))).plan)).toBe(true);
      }
      const all = clean.cloud.callCount - begun;
      for (let at = 0; at < all; at += 1) {
        const run = await deployed();
        await deployOf(run, project('two'), [], canary(0.1));
        run.cloud.restart({ at, point, type: 'kill' });
        await expect(promoteNewest(run)).rejects.toBeInstanceOf(Error);
        run.cloud.restart();
        await promoteNewest(run);
        expect(run.cloud.inventory()).toEqual(clean.cloud.inventory());
      }
    },
  );
});

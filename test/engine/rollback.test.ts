import { describe, expect, it } from '@jest/globals';
import { finishCutover } from '../../src/engine/cut-over.ts';
import type { DesiredNode } from '../../src/engine/kind.ts';
import { isReturned, planRollback, releaseToReturnTo, rollBack } from '../../src/engine/rollback.ts';
import { FakeCloud, FakeLedger, fakeKinds, node, type Point } from './fake-cloud.ts';
import { deployOf, type EngineRun, engineOptions, planOf } from './run-engine.ts';

const project = (version: string): readonly DesiredNode[] => [
  node('role', 'policy', { grants: [`use-${version}`] }),
  node('list', 'code', { value: version }, ['role']),
  node('list@v1', 'alias', { value: version, parent: 'code/name-of-list' }, ['list']),
  node('stage', 'stage', { value: version }, ['list@v1']),
];

async function deployedTwice(): Promise<EngineRun> {
  const cloud = new FakeCloud();
  const run = { cloud, ledger: new FakeLedger(cloud) };
  for (const version of ['one', 'two']) await deployOf(run, project(version));
  cloud.restart();
  return run;
}

/** As the rollback flow does it, however often it is typed. */
async function returnToFirst({ cloud, ledger }: EngineRun): Promise<void> {
  const kinds = fakeKinds(cloud);
  const { journal } = ledger.state();
  if (journal) await finishCutover(journal, kinds, ledger.state(), ledger.writer(), engineOptions);
  const plan = await planRollback(releaseToReturnTo(ledger.state(), 1), kinds);
  if (isReturned(plan)) return;
  await rollBack(plan, kinds, ledger.state(), ledger.writer(), engineOptions);
}

const rowsOf = ({ ledger }: EngineRun): readonly string[] =>
  [...ledger.rows.values()].map((row) => JSON.stringify(row)).sort();

describe('a rollback', () => {
  it.each<Point>(['before', 'after'])(
    'killed %s the commit of any call ends, typed again, as one that was not',
    async (point) => {
      const clean = await deployedTwice();
      await returnToFirst(clean);
      const calls = clean.cloud.callCount;
      expect(calls).toBeGreaterThan(8);
      for (let at = 0; at < calls; at += 1) {
        const run = await deployedTwice();
        run.cloud.restart({ at, point, type: 'kill' });
        await expect(returnToFirst(run)).rejects.toBeInstanceOf(Error);
        run.cloud.restart();
        await returnToFirst(run);
        expect(run.cloud.inventory()).toEqual(clean.cloud.inventory());
        expect(rowsOf(run)).toEqual(rowsOf(clean));
        expect(run.ledger.pendingJournal).toBeUndefined();
        expect(run.ledger.releases[0]?.rollbackOf).toBe(1);
        // What the next deploy brings back, nobody has changed by hand.
        const { plan } = await planOf(run, project('two'));
        expect(plan.changes.filter((change) => change.byHand)).toEqual([]);
      }
    },
  );
});

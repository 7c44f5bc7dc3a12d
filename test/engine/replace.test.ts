// What AWS cannot change in place, where AWS mints the ids: the new one is made first, and the old one goes after it
// serves.

import { describe, expect, it } from '@jest/globals';
import type { DesiredNode } from '../../src/engine/kind.ts';
import { isEmpty } from '../../src/engine/plan.ts';
import { ref } from '../../src/engine/references.ts';
import { FakeCloud, FakeLedger, type Fault, node } from './fake-cloud.ts';
import { deployOf, type EngineRun, planOf } from './run-engine.ts';

const project = (fixed: string): readonly DesiredNode[] => [
  node('api', 'minted', { value: 'shop', fixed }),
  { ...node('definition', 'plain', { value: 'one', parent: ref('api', 'id') }), inside: 'api' },
  { ...node('stage', 'stage', { value: 'one', parent: ref('api', 'id') }, ['definition']), inside: 'api' },
];

async function deployed(): Promise<EngineRun> {
  const cloud = new FakeCloud();
  const run = { cloud, ledger: new FakeLedger(cloud) };
  await deployOf(run, project('old'));
  return run;
}

/** Which call of an undisturbed replacement this is. */
async function callOf(line: string): Promise<number> {
  const run = await deployed();
  run.cloud.restart();
  await deployOf(run, project('new'));
  expect(run.cloud.calls).toContain(line);
  return run.cloud.calls.indexOf(line);
}

const apis = ({ cloud }: EngineRun) => [...cloud.resources.values()].filter((item) => item.node === 'api');

async function expectOnlyNew(run: EngineRun): Promise<void> {
  expect(apis(run).map((item) => item.props['fixed'])).toEqual(['new']);
  expect([...run.cloud.resources.values()].map((item) => item.node).sort()).toEqual(['api', 'definition', 'stage']);
  expect([...run.ledger.rows.keys()].sort()).toEqual(['api', 'definition', 'stage']);
  expect(isEmpty((await planOf(run, project('new'))).plan)).toBe(true);
}

describe('a replacement where AWS mints ids', () => {
  it('makes the new one with all that lives in it before the old one goes', async () => {
    const run = await deployed();
    run.cloud.restart();
    await deployOf(run, project('new'));
    const { calls } = run.cloud;
    expect(calls.findIndex((line) => line.startsWith('remove '))).toBeGreaterThan(calls.indexOf('create stage'));
    await expectOnlyNew(run);
  });

  it('killed at every call leaves neither a second one nor the old one, once it is run again', async () => {
    const clean = await deployed();
    clean.cloud.restart();
    await deployOf(clean, project('new'));
    const calls = clean.cloud.callCount;
    for (let at = 0; at < calls; at += 1) {
      for (const point of ['before', 'after'] as const) {
        const run = await deployed();
        const fault: Fault = { at, point, type: 'kill' };
        run.cloud.restart(fault);
        await expect(deployOf(run, project('new'))).rejects.toThrow();
        run.cloud.restart();
        await deployOf(run, project('new'));
        await expectOnlyNew(run);
      }
    }
  });

  it('does not take the old one for the new one when the answer to the create is lost', async () => {
    const run = await deployed();
    run.cloud.restart({ at: await callOf('create api'), point: 'after', type: 'lost-answer' });
    await deployOf(run, project('new'));
    await expectOnlyNew(run);
  });

  it('keeps the old one when the source asks for it again before the new one served', async () => {
    const run = await deployed();
    const [old] = apis(run);
    run.cloud.restart({ at: await callOf('ledger put api~id-1 removing'), point: 'after', type: 'kill' });
    await expect(deployOf(run, project('new'))).rejects.toThrow();
    run.cloud.restart();
    await deployOf(run, project('old'));
    expect(apis(run).map((item) => item.id)).toEqual([old?.id]);
    expect([...run.ledger.rows.keys()].sort()).toEqual(['api', 'definition', 'stage']);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { DesiredNode } from '../../src/engine/kind.ts';
import { isEmpty } from '../../src/engine/plan.ts';
import { ref } from '../../src/engine/references.ts';
import { FakeCloud, FakeLedger, node, type Point } from './fake-cloud.ts';
import { deployOf, planOf } from './run-engine.ts';

/** A project in small: a table, a policy, two functions with aliases, an API with its stage. */
function project(version: string, extra: readonly DesiredNode[] = []): readonly DesiredNode[] {
  return [
    node('table', 'data', { fixed: 'pk' }),
    node('role', 'policy', { grants: [`use-${version}`] }),
    node('list', 'code', { value: version }, ['role', 'table']),
    node('list@v1', 'alias', { value: version, parent: 'code/name-of-list' }, ['list']),
    node('create', 'code', { value: 'same' }, ['role']),
    node('create@v1', 'alias', { value: 'same', parent: 'code/name-of-create' }, ['create']),
    node('api', 'minted', { value: 'shop' }),
    node('definition', 'plain', { value: version, parent: ref('api', 'id') }, ['list@v1', 'create@v1']),
    node('stage', 'stage', { value: version, parent: ref('api', 'id') }, ['definition', 'list@v1', 'create@v1']),
    ...extra,
  ];
}

const fresh = () => {
  const cloud = new FakeCloud();
  return { cloud, ledger: new FakeLedger(cloud) };
};
const indexOf = (calls: readonly string[], test: (line: string) => boolean) => calls.findIndex(test);
const lastIndexOf = (calls: readonly string[], test: (line: string) => boolean) => calls.findLastIndex(test);

describe('apply', () => {
  it('creates everything in dependency order and leaves nothing to plan', async () => {
    const run = fresh();
    const applied = await deployOf(run, project('one'));
    expect(applied?.release.number).toBe(1);
    const creates = run.cloud.calls.filter((line) => line.startsWith('create '));
    expect(creates).toHaveLength(9);
    expect(creates.indexOf('create table')).toBeLessThan(creates.indexOf('create list'));
    expect(creates.at(-1)).toBe('create stage');
    expect(isEmpty((await planOf(run, project('one'))).plan)).toBe(true);
  });

  it('makes no call but reads when nothing has changed', async () => {
    const run = fresh();
    await deployOf(run, project('one'));
    run.cloud.restart();
    expect(await deployOf(run, project('one'))).toBeUndefined();
    expect(run.cloud.calls.filter((line) => !line.startsWith('read '))).toEqual([]);
  });

  it('moves aliases and stages after the last create and removes only after they moved', async () => {
    const run = fresh();
    await deployOf(run, project('one', [node('old', 'plain', { value: 'x' })]));
    run.cloud.restart();
    await deployOf(run, project('two', [node('new', 'plain', { value: 'y' })]));
    const { calls } = run.cloud;
    const firstMove = indexOf(calls, (line) => line.startsWith('move '));
    expect(firstMove).toBeGreaterThan(lastIndexOf(calls, (line) => line.startsWith('create ')));
    expect(indexOf(calls, (line) => line === 'ledger journal')).toBeLessThan(firstMove);
    expect(calls.indexOf('move list@v1')).toBeLessThan(calls.indexOf('move stage'));
    expect(calls.indexOf('remove old')).toBeGreaterThan(lastIndexOf(calls, (line) => line.startsWith('move ')));
  });

  it('widens a policy before the cut-over and narrows it after', async () => {
    const run = fresh();
    await deployOf(run, project('one'));
    run.cloud.restart();
    await deployOf(run, project('two'));
    const updates = run.cloud.calls.flatMap((line, at) => (line === 'update role' ? [at] : []));
    expect(updates).toHaveLength(2);
    const firstMove = indexOf(run.cloud.calls, (line) => line.startsWith('move '));
    expect(updates[0]).toBeLessThan(firstMove);
    expect(updates[1]).toBeGreaterThan(firstMove);
    expect(run.cloud.resources.get('policy/name-of-role')?.props).toEqual({ grants: ['use-two'] });
  });

  it('touches one function when one function changed', async () => {
    const run = fresh();
    await deployOf(run, project('one'));
    run.cloud.restart();
    const changed = project('one').map((item) =>
      item.id === 'list' || item.id === 'list@v1' ? { ...item, props: { ...item.props, value: 'two' } } : item,
    );
    await deployOf(run, changed);
    const mutating = run.cloud.calls.filter((line) => /^(create|update|move|remove)/.test(line));
    expect(mutating).toEqual(['update list', 'move list@v1']);
  });

  it('refuses to touch a resource of that name that is not ours', async () => {
    const run = fresh();
    run.cloud.resources.set('code/name-of-list', {
      kind: 'code',
      id: 'code/name-of-list',
      node: 'foreign',
      name: 'name-of-list',
      props: {},
    });
    await expect(deployOf(run, project('one'))).rejects.toMatchObject({ code: 'NOT_OWNED' });
    expect(run.cloud.calls.filter((line) => /^(create|update|move|remove)/.test(line))).toEqual([]);
  });

  it('keeps a table that left the source, and replaces one only with consent', async () => {
    const run = fresh();
    await deployOf(run, project('one'));
    const without = project('one')
      .filter((item) => item.id !== 'table')
      .map((item) => ({ ...item, dependsOn: item.dependsOn.filter((id) => id !== 'table') }));
    const { plan } = await planOf(run, without);
    expect(plan.kept.map((leftover) => leftover.target.id)).toEqual(['table']);
    expect(plan.changes).toEqual([]);

    const rekeyed = project('one').map((item) => (item.id === 'table' ? { ...item, props: { fixed: 'other' } } : item));
    await expect(deployOf(run, rekeyed)).rejects.toMatchObject({ code: 'DATA_LOSS' });
    await deployOf(run, rekeyed, ['name-of-table']);
    expect(run.cloud.resources.get('data/name-of-table')?.props).toEqual({ fixed: 'other' });
  });

  it('retires a function while a kept release needs it, and deletes it when that release leaves', async () => {
    const run = fresh();
    const removable = [node('extra', 'code', { value: 'x' }), node('extra@v1', 'alias', { value: 'x' }, ['extra'])];
    await deployOf(run, project('one', removable));
    await deployOf(run, project('two'));
    expect(run.cloud.resources.has('code/name-of-extra')).toBe(true);
    expect(run.ledger.rows.get('extra')?.status).toBe('retired');
    for (const version of ['three', 'four', 'five']) await deployOf(run, project(version));
    expect(run.cloud.resources.has('code/name-of-extra')).toBe(false);
    expect(run.ledger.rows.has('extra')).toBe(false);
  });

  it('keeps of a function, retired or not, the versions that kept releases point at, also when its clean-up was cut off', async () => {
    const run = fresh();
    const extra = (value: string): readonly DesiredNode[] => [
      node('extra', 'code', { value }),
      { ...node('extra@v1', 'alias', { value, parent: 'code/name-of-extra' }, ['extra']), inside: 'extra' },
    ];
    const versions = () => [...(run.cloud.resources.get('code/name-of-extra')?.published ?? [])].sort();
    for (const version of ['a', 'b', 'c']) await deployOf(run, project(version, extra(version)));
    run.cloud.restart();
    await deployOf(run, project('d', extra('d')));
    expect(versions()).toEqual(['b', 'c', 'd']);
    // Three releases are kept: e, d and c. The run that makes e dies when all but the old versions is cleaned up.
    const at = run.cloud.calls.findIndex((line) => line.startsWith('prune '));
    run.cloud.restart({ at, point: 'before', type: 'kill' });
    await expect(deployOf(run, project('e', extra('e')))).rejects.toBeInstanceOf(Error);
    run.cloud.restart();
    await deployOf(run, project('e', extra('e')));
    expect(run.ledger.releases.map(({ number }) => number)).toEqual([5, 4, 3]);
    expect(versions()).toEqual(['c', 'd', 'e']);
    await deployOf(run, project('f'));
    expect([run.ledger.rows.get('extra')?.status, versions()]).toEqual(['retired', ['d', 'e']]);
  });

  it('finds everything again by names and tags when the ledger is lost, without touching it', async () => {
    const run = fresh();
    await deployOf(run, project('one', [node('old', 'plain', { value: 'x' })]));
    run.ledger.lose();
    run.cloud.restart();
    await deployOf(run, project('one', [node('old', 'plain', { value: 'x' })]));
    expect(run.cloud.calls.filter((line) => /^(create|update|move|remove)/.test(line))).toEqual([]);
    expect(run.ledger.rows.size).toBe(10);

    run.ledger.lose();
    await deployOf(run, project('one'));
    expect([...run.cloud.resources.values()].map((item) => item.node)).not.toContain('old');
  });

  it('reports every failure of a phase, starts nothing new, and moves nothing', async () => {
    const run = fresh();
    await deployOf(run, project('one'));
    run.cloud.restart({ at: 14, point: 'before', type: 'error' });
    await expect(deployOf(run, project('two'))).rejects.toThrow(/injected/);
    expect(run.cloud.calls.filter((line) => line.startsWith('move '))).toEqual([]);
  });

  it('stops at an interruption with what runs finished and nothing moved', async () => {
    const run = fresh();
    const interruption = new AbortController();
    const step = { step: () => interruption.abort() };
    await expect(
      deployOf(run, project('one'), [], { signal: interruption.signal, reporter: step, parallel: 1 }),
    ).rejects.toMatchObject({
      code: 'INTERRUPTED',
      exitCode: 130,
    });
    await deployOf(run, project('one'));
    expect(isEmpty((await planOf(run, project('one'))).plan)).toBe(true);
  });

  it('says at an interruption what is live: the old release before the cut-over, the new one after it', async () => {
    const interruptedIn = async (phase: string): Promise<unknown> => {
      const run = fresh();
      const olds = ['old', 'older', 'oldest'].map((name) => node(name, 'plain', { value: name }));
      await deployOf(run, project('one', olds));
      const interruption = new AbortController();
      const step = { step: (event: { phase: string }) => event.phase === phase && interruption.abort() };
      const options = { signal: interruption.signal, reporter: step, parallel: 1 };
      return deployOf(run, project('two'), [], options).catch((error: unknown) => error);
    };
    expect(await interruptedIn('grow')).toMatchObject({ code: 'INTERRUPTED', detail: 'What is live has not changed.' });
    expect(await interruptedIn('shrink')).toMatchObject({
      code: 'INTERRUPTED',
      detail: 'The new release is live; what it no longer needs is not all removed.',
      hint: expect.stringContaining('apigen deploy'),
    });
  });
});

describe('a kill at every call', () => {
  const points: readonly Point[] = ['before', 'after'];
  const operations: readonly (readonly [string, readonly DesiredNode[] | undefined, readonly DesiredNode[]])[] = [
    ['first deploy', undefined, project('one')],
    [
      'update',
      project('one', [node('old', 'plain', { value: 'x' })]),
      project('two', [node('new', 'minted', { value: 'y' })]),
    ],
  ];
  for (const [name, before, after] of operations) {
    for (const point of points) {
      it(`${name}, ${point} the commit: the next run converges with no duplicate and no orphan`, async () => {
        const start = async () => {
          const run = fresh();
          if (before) await deployOf(run, before);
          run.cloud.restart();
          return run;
        };
        const clean = await start();
        await deployOf(clean, after);
        const expected = clean.cloud.inventory().map(withoutIds);
        const calls = clean.cloud.callCount;
        expect(calls).toBeGreaterThan(20);
        for (let at = 0; at < calls; at += 1) {
          const run = await start();
          run.cloud.restart({ at, point, type: 'kill' });
          await expect(deployOf(run, after)).rejects.toBeInstanceOf(Error);
          run.cloud.restart();
          await deployOf(run, after);
          expect(run.cloud.inventory().map(withoutIds)).toEqual(expected);
          expect(isEmpty((await planOf(run, after)).plan)).toBe(true);
          expect(ledgerOf(run)).toEqual(ledgerOf(clean));
        }
      });
    }
  }

  it('a create whose answer is lost is found by its tag, not made twice', async () => {
    const clean = fresh();
    await deployOf(clean, project('one'));
    const at = clean.cloud.calls.indexOf('create api');
    const run = fresh();
    run.cloud.restart({ at, point: 'after', type: 'lost-answer' });
    await deployOf(run, project('one'));
    expect([...run.cloud.resources.values()].filter((item) => item.node === 'api')).toHaveLength(1);
  });
});

/** Its rows and what the newest release holds, without minted ids. */
const ledgerOf = ({ ledger }: { readonly ledger: FakeLedger }): readonly string[] => {
  const { nodes, cutover, policies } = ledger.releases[0] ?? {};
  const rows = [...ledger.rows.values()].map((row) => withoutIds(JSON.stringify(row))).sort();
  return [...rows, withoutIds(JSON.stringify({ nodes, cutover, policies }))];
};

const withoutIds = (line: string): string => line.replace(/id-\d+/g, 'id');

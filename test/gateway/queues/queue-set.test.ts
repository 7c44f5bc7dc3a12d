// What queues keep between two starts, and over a save of apigen.yml.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QueueSet } from '../../../src/gateway/queues/queue-set.ts';
import { settings } from './queue-settings.ts';

describe('queues that are kept', () => {
  let folder: string;
  const notes: string[] = [];
  const open = (fresh = false) =>
    QueueSet.open({ file: join(folder, 'queues.json'), fresh, note: (text) => notes.push(text) });
  const bodies = (queues: QueueSet, name = 'jobs') =>
    queues
      .get(name)
      ?.receive({ most: 10 })
      .map(({ body }) => body);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apigen-queues-'));
    notes.splice(0);
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('have their messages after the next start, those that somebody held at once', async () => {
    const first = await open();
    first.converge([settings('jobs')]);
    for (const body of ['a', 'b']) first.get('jobs')?.send({ body });
    first.get('jobs')?.receive({ most: 1 });
    await first.close();
    const second = await open();
    second.converge([settings('jobs')]);
    expect(
      second
        .get('jobs')
        ?.messages()
        .map(({ receives }) => receives),
    ).toEqual([1, 0]);
    expect(bodies(second)).toEqual(['a', 'b']);
    await second.close();
  });

  it('are written soon after a change, for who is killed', async () => {
    const queues = await open();
    queues.converge([settings('jobs')]);
    queues.get('jobs')?.send({ body: 'a' });
    const text = async () => readFile(join(folder, 'queues.json'), 'utf8').catch(() => '');
    while ((await text()) === '') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(Object.keys(JSON.parse(await text()))).toEqual(['jobs']);
    await queues.close();
  });

  it('keep what is in them over a change of their settings, and while they are not there', async () => {
    const queues = await open();
    queues.converge([settings('jobs'), settings('other')]);
    queues.get('jobs')?.send({ body: 'a' });
    queues.get('other')?.send({ body: 'b' });
    queues.converge([settings('jobs', { visibilityTimeout: 5 })]);
    expect(queues.get('other')).toBeUndefined();
    expect(bodies(queues)).toEqual(['a']);
    queues.converge([settings('jobs'), settings('other')]);
    expect(bodies(queues, 'other')).toEqual(['b']);
    await queues.close();
  });

  it('are forgotten with --fresh, and said to be unreadable', async () => {
    const first = await open();
    first.converge([settings('jobs')]);
    first.get('jobs')?.send({ body: 'a' });
    await first.close();
    const fresh = await open(true);
    fresh.converge([settings('jobs')]);
    expect(bodies(fresh)).toEqual([]);
    await fresh.close();
    await writeFile(join(folder, 'queues.json'), '{');
    const broken = await open();
    broken.converge([settings('jobs')]);
    expect(bodies(broken)).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('queues.json cannot be read')]);
    await broken.close();
  });

  it('refuse more than they can hold', async () => {
    const queues = await open();
    queues.converge([settings('jobs')]);
    const body = 'x'.repeat(1_000_000);
    const fill = (): void => {
      for (let count = 0; count < 300; count += 1) queues.get('jobs')?.send({ body });
    };
    expect(fill).toThrow('holds 256 MB');
    queues.get('jobs')?.purge();
    queues.get('jobs')?.send({ body });
    await queues.close();
  });
});

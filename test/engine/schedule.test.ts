import { describe, expect, it } from '@jest/globals';
import { schedule } from '../../src/engine/schedule.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const needs: Readonly<Record<string, readonly string[]>> = { table: [], function: ['table'], alias: ['function'] };
const needsOf = (item: string): readonly string[] => needs[item] ?? [];

describe('the scheduler', () => {
  it('starts what needs an item as soon as it stands, while the rest of its work goes on', async () => {
    const log: string[] = [];
    const outcome = await schedule(
      ['alias', 'function', 'table'],
      needsOf,
      async (item, stands) => {
        log.push(`${item} starts`);
        await pause(1);
        stands();
        await pause(30);
        log.push(`${item} ends`);
      },
      { parallel: 10 },
    );
    expect(log.slice(0, 3)).toEqual(['table starts', 'function starts', 'alias starts']);
    expect(outcome.done).toEqual(['table', 'function', 'alias']);
  });

  it('waits for the rest of every item before it ends', async () => {
    let ended = 0;
    await schedule(
      ['table', 'function', 'alias'],
      needsOf,
      async (_item, stands) => {
        stands();
        await pause(20);
        ended += 1;
      },
      { parallel: 10 },
    );
    expect(ended).toBe(3);
  });

  it('starts nothing new when the rest of an item fails, lets finish what runs, and reports it', async () => {
    const outcome = await schedule(
      ['table', 'function', 'alias'],
      needsOf,
      async (item, stands) => {
        if (item === 'table') stands();
        await pause(item === 'table' ? 5 : 20);
        if (item === 'table') throw new Error('its row was refused');
      },
      { parallel: 10 },
    );
    expect(outcome.done).toEqual(['function']);
    expect(outcome.failures.map(({ item }) => item)).toEqual(['table']);
    expect(outcome.notStarted).toEqual(['alias']);
  });

  it('runs no more at once than it may', async () => {
    let now = 0;
    let most = 0;
    await schedule(
      Array.from({ length: 20 }, (_, index) => index),
      () => [],
      async () => {
        now += 1;
        most = Math.max(most, now);
        await pause(2);
        now -= 1;
      },
      { parallel: 4 },
    );
    expect(most).toBe(4);
  });

  it('starts nothing after an interruption, and names what is left', async () => {
    const stop = new AbortController();
    const outcome = await schedule(
      ['table', 'function'],
      needsOf,
      async () => {
        stop.abort();
      },
      { parallel: 10, signal: stop.signal },
    );
    expect([outcome.done, outcome.notStarted]).toEqual([['table'], ['function']]);
  });
});

// Which idle workers end and which stay: by the clock alone, and then with real threads, whose calls are never lost.

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IdleWorkers } from '../../../src/gateway/functions/idle-workers.ts';
import { type TestFunctions, testFunctions } from './function-sources.ts';

const MB = 1024 * 1024;

describe('idle workers', () => {
  let ended: string[];
  let idle: IdleWorkers;

  beforeEach(() => {
    jest.useFakeTimers();
    ended = [];
    idle = new IdleWorkers({ bytes: 30 * MB, graceMs: 1_000 });
  });
  afterEach(() => {
    idle.close();
    jest.useRealTimers();
  });

  const worker = (name: string, heldMb = 10) => ({ name, heldBytes: heldMb * MB });
  const rest = (one: ReturnType<typeof worker>): void => idle.rest(one, () => ended.push(one.name));

  it('stay as long as they fit the budget', () => {
    for (const name of ['a', 'b', 'c']) rest(worker(name));
    jest.advanceTimersByTime(60_000);
    expect(ended).toEqual([]);
  });

  it('end beyond it, the longest unused first, and no sooner than their grace is over', () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      rest(worker(name));
      jest.advanceTimersByTime(100);
    }
    jest.advanceTimersByTime(490);
    expect(ended).toEqual([]);
    jest.advanceTimersByTime(20);
    expect(ended).toEqual(['a']);
    jest.advanceTimersByTime(60_000);
    expect(ended).toEqual(['a', 'b']);
  });

  it('count from their last use, and not at all while they run', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => worker(name));
    for (const one of [a, b, c, d]) if (one !== undefined) rest(one);
    if (a === undefined || b === undefined) throw new Error('no workers');
    idle.wake(a);
    jest.advanceTimersByTime(900);
    rest(a);
    idle.wake(b);
    jest.advanceTimersByTime(60_000);
    expect(ended).toEqual([]);
    rest(b);
    jest.advanceTimersByTime(60_000);
    expect(ended).toEqual(['c']);
  });

  it('end when one of them has grown since it was called', () => {
    const grown = worker('grown', 0);
    for (const name of ['a', 'b', 'c']) rest(worker(name));
    jest.advanceTimersByTime(500);
    rest(grown);
    jest.advanceTimersByTime(600);
    grown.heldBytes = 10 * MB;
    jest.advanceTimersByTime(60_000);
    expect(ended).toEqual(['a']);
  });

  it('stay two, however much they hold', () => {
    for (const name of ['a', 'b', 'c']) rest(worker(name, 200));
    jest.advanceTimersByTime(60_000);
    expect(ended).toEqual(['a']);
  });
});

describe('functions whose idle workers may hold nothing', () => {
  let functions: TestFunctions;
  const names = ['one', 'two', 'three', 'four', 'five', 'six'];

  const start = async (graceMs: number): Promise<void> => {
    functions = await testFunctions(3, { bytes: -1, graceMs });
    const source = `let calls = 0; exports.handler = async ({ call, ms }) => {
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
      return { call, calls: ++calls };
    };`;
    for (const name of names) await functions.put(name, source);
  };
  afterEach(() => functions.close());

  it('keep the two that were used last, start the others anew, and say so', async () => {
    await start(300);
    for (const name of names) expect(await functions.run(name)).toMatchObject({ cold: true });
    await new Promise((resolve) => setTimeout(resolve, 700));
    const again = await Promise.all(names.map((name) => functions.run(name)));
    expect(again.map(({ cold }) => cold)).toEqual([true, true, true, true, false, false]);
    const payloads = again.map(({ result }) => (result.type === 'success' ? JSON.parse(result.payload).calls : result));
    expect(payloads).toEqual([1, 1, 1, 1, 2, 2]);
    expect(functions.output).toEqual([]);
  });

  it('never end one that runs', async () => {
    await start(1);
    const long = functions.run('one', { call: 'long', ms: 1_000 });
    for (let round = 0; round < 10; round += 1) {
      for (const name of names.slice(1)) await functions.run(name, { call: round });
    }
    expect((await long).result).toEqual({ type: 'success', payload: '{"call":"long","calls":1}' });
  });

  it('answer every call once, whenever it comes while workers end', async () => {
    await start(0);
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    let cold = 0;
    const one = async (call: number): Promise<void> => {
      const name = names[random(names.length)] ?? 'one';
      const { result, cold: isCold } = await functions.run(name, { call, ms: random(3) });
      expect(result).toEqual({ type: 'success', payload: expect.stringContaining(`{"call":${call},`) });
      if (isCold) cold += 1;
    };
    const calls: Promise<void>[] = [];
    for (let call = 0; call < 600; call += 1) {
      calls.push(one(call));
      // Between calls nothing, a turn of the event loop, or about as long as it takes until idle workers are looked at.
      const pause = random(4);
      if (pause === 1) await new Promise((resolve) => setImmediate(resolve));
      if (pause > 1) await new Promise((resolve) => setTimeout(resolve, random(5)));
    }
    await Promise.all(calls);
    expect(cold).toBeGreaterThan(names.length);
    expect(functions.output).toEqual([]);
  });
});

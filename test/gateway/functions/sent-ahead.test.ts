// Calls that are sent to a worker while it is busy: each runs exactly once, one at a time, and none pays for another.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InvocationResult } from '../../../src/gateway/exchange.ts';
import { Claims, MOST_HELD } from '../../../src/gateway/functions/claims.ts';
import { type CallEnd, HeldCalls } from '../../../src/gateway/functions/held-calls.ts';
import { reported, type TestFunctions, testFunctions } from './function-sources.ts';

let functions: TestFunctions;

beforeAll(async () => {
  functions = await testFunctions(4);
});
afterAll(() => functions.close());

/** Quick by itself, so that calls are sent ahead; what an event asks for beside that is the test's. */
async function put(name: string, code = '', settings = {}): Promise<void> {
  const source = `let inside = 0; exports.handler = async (event) => {
    inside += 1;
    ${code}
    return { call: event.call, inside: inside-- };
  };`;
  await functions.put(name, source, settings);
  for (let warm = 0; warm < 30; warm += 1) await functions.invoke(name);
}

/** @param events by the number of the call that brings them */
function together(name: string, count: number, events: Record<number, object>): Promise<InvocationResult>[] {
  return Array.from({ length: count }, (_, call) => functions.invoke(name, { call, ...events[call] }));
}

const answerOf = (call: number): InvocationResult => ({ type: 'success', payload: `{"call":${call},"inside":1}` });

const SLEEP = 'if (event.sleep) await new Promise((resolve) => setTimeout(resolve, event.sleep));';

describe('of many calls of a quick function', () => {
  it('each is answered with its own answer, one at a time in each worker', async () => {
    await put('quick');
    const answers = await Promise.all(together('quick', 200, {}));
    expect(answers).toEqual(Array.from({ length: 200 }, (_, call) => answerOf(call)));
  });

  it('one that is slow holds none of the others up', async () => {
    await put('mixed', SLEEP);
    const answers = together('mixed', 40, { 3: { sleep: 1_500 } });
    const quick = answers.filter((_, call) => call !== 3);
    const started = performance.now();
    await Promise.all(quick);
    expect(performance.now() - started).toBeLessThan(1_400);
    expect(await Promise.all(answers)).toEqual(answers.map((_, call) => answerOf(call)));
  });

  it('one that ends its thread takes none of the others with it', async () => {
    await put('exits', 'if (event.exit) process.exit(3);');
    const answers = await Promise.all(together('exits', 40, { 3: { exit: true } }));
    expect(reported(answers[3] as InvocationResult).errorMessage).toContain('exit status 3');
    answers.forEach((answer, call) => {
      if (call !== 3) expect(answer).toEqual(answerOf(call));
    });
  });

  it('one that leaves a rejection behind leaves it to none of the others', async () => {
    await put('leaves', "if (event.leave) Promise.reject(new Error('left behind'));");
    const answers = await Promise.all(together('leaves', 40, { 3: { leave: true }, 9: { leave: true } }));
    expect(answers).toEqual(answers.map((_, call) => answerOf(call)));
  });

  it('one that never answers is ended after its time, and the others are answered', async () => {
    await put('hangs', 'if (event.hang) await new Promise(() => setInterval(() => {}, 50));', { timeoutMs: 400 });
    const answers = await Promise.all(together('hangs', 40, { 3: { hang: true } }));
    expect(answers[3]).toEqual({ type: 'timeout', afterMs: 400 });
    answers.forEach((answer, call) => {
      if (call !== 3) expect(answer).toEqual(answerOf(call));
    });
  });

  it('the time of each counts from its own start', async () => {
    await put('busy', 'for (const end = Date.now() + (event.busy ?? 0); Date.now() < end; );', { timeoutMs: 1_000 });
    const events = Object.fromEntries(Array.from({ length: 12 }, (_, call) => [call, { busy: 300 }]));
    const answers = await Promise.all(together('busy', 12, events));
    expect(answers).toEqual(answers.map((_, call) => answerOf(call)));
  }, 20_000);

  it('those that have not begun when the code changes meet the new code', async () => {
    await put('changes', SLEEP);
    const answers = together('changes', 20, { 0: { sleep: 300 } });
    await functions.put('changes', "exports.handler = async () => 'new';");
    expect(await answers[0]).toEqual(answerOf(0));
    expect(await functions.invoke('changes')).toEqual({ type: 'success', payload: '"new"' });
    for (const answer of await Promise.all(answers.slice(1))) expect(answer.type).toBe('success');
  });
});

describe('a call that was sent', () => {
  it('belongs to whoever claims it first', () => {
    const server = new Claims();
    const thread = new Claims(server.buffer);
    for (let call = 0; call < 3 * MOST_HELD; call += 1) {
      server.offer(call);
      expect(call % 2 === 0 ? thread.begin(call) : server.takeBack(call)).toBe(true);
      expect([thread.begin(call), server.takeBack(call)]).toEqual([false, false]);
    }
  });

  it('is given back when it is taken back, and room is made once the thread has passed it', () => {
    const held = new HeldCalls();
    const ends: [number, CallEnd][] = [];
    for (let call = 0; call < MOST_HELD; call += 1) add(held, ends);
    expect(held.hasRoom).toBe(false);
    held.claims.begin(0);
    held.claims.begin(1);
    expect(held.takeBack()).toBe(false);
    expect(ends.map(([call, end]) => [call, end])).toEqual(
      Array.from({ length: MOST_HELD - 2 }, (_, index) => [index + 2, undefined]),
    );
    held.answer(OK);
    expect(held.takeBack()).toBe(true);
    held.answer(OK);
    expect([held.count, held.hasRoom]).toEqual([0, true]);
  });

  it('fails with its worker when it has begun, or was the first of all, and is given back otherwise', () => {
    const failed: InvocationResult = { type: 'error', payload: '{}' };
    const fresh: [number, CallEnd][] = [];
    const notBegun = new HeldCalls();
    add(notBegun, fresh);
    notBegun.fail(() => failed);
    expect(fresh).toEqual([[0, failed]]);

    const ends: [number, CallEnd][] = [];
    const held = new HeldCalls();
    for (let call = 0; call < 3; call += 1) add(held, ends);
    held.claims.begin(0);
    held.answer(OK);
    held.claims.begin(1);
    held.fail(() => failed);
    expect(ends).toEqual([
      [0, OK],
      [1, failed],
      [2, undefined],
    ]);
  });
});

const OK: InvocationResult = { type: 'success', payload: 'null' };

function add(held: HeldCalls, ends: [number, CallEnd][]): void {
  const { number } = held.add({ event: '{}', route: 'GET /', requestId: '' }, (end) => ends.push([number, end]));
}

import { describe, expect, it } from '@jest/globals';
import type { InvocationResult } from '../../../src/gateway/exchange.ts';
import type { GatewayEnvironment } from '../../../src/gateway/gateway.ts';
import { type FunctionCall, invokeFunction } from '../../../src/gateway/integrations/invoke-function.ts';

type Run = (event: string) => Promise<InvocationResult>;

const environment = (run: Run, more: Partial<GatewayEnvironment> = {}): GatewayEnvironment => ({
  accountId: '000000000000',
  region: 'eu-west-1',
  credentials: [],
  functions: { invoke: (_name, event) => run(event) },
  note: () => {},
  ...more,
});
const call: FunctionCall = { functionName: 'fn', event: '{}', route: 'GET /a', requestId: 'r-1', timeoutMs: 1000 };
const endOf = (result: InvocationResult) =>
  invokeFunction(
    environment(() => Promise.resolve(result)),
    call,
  );

describe("a function's call", () => {
  it('tells the ends of a function apart, each with its reason', async () => {
    const payload = '{"errorMessage":"broken","errorType":"Error"}';
    expect(await endOf({ type: 'success', payload: '1' })).toEqual({ type: 'success', payload: '1' });
    expect(await endOf({ type: 'error', payload })).toEqual({ type: 'error', payload, reason: 'broken' });
    expect(await endOf({ type: 'error', payload: 'no JSON' })).toMatchObject({ type: 'error', reason: '' });
    expect(await endOf({ type: 'throttled' })).toEqual({ type: 'throttled', reason: 'was throttled' });
    const absent = environment(() => Promise.reject(new Error('there is no function fn')));
    expect(await invokeFunction(absent, call)).toEqual({
      type: 'not-called',
      reason: 'could not be called: there is no function fn',
    });
  });

  it("takes a function's own time limit for its error, in Lambda's words, and the caller's for the caller's", async () => {
    const errorMessage = 'r-1 Task timed out after 0.40 seconds';
    const own = await endOf({ type: 'timeout', afterMs: 400 });
    expect(own).toMatchObject({ type: 'error', reason: errorMessage });
    expect(own.type === 'error' && JSON.parse(own.payload)).toEqual({ errorMessage, errorType: 'Sandbox.Timedout' });
    const late = { type: 'timeout', reason: 'gave no answer within 1000 ms' };
    expect(await endOf({ type: 'timeout', afterMs: 1000 })).toEqual(late);
  });

  it('waits no longer than the caller allows, unless a debugger may hold the function', async () => {
    let finish = (_result: InvocationResult): void => {};
    const slow: Run = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const hasty = { ...call, timeoutMs: 20 };
    expect(await invokeFunction(environment(slow), hasty)).toMatchObject({ type: 'timeout' });
    const held = invokeFunction(environment(slow, { debugged: true }), hasty);
    setTimeout(() => finish({ type: 'success', payload: '2' }), 60);
    expect(await held).toEqual({ type: 'success', payload: '2' });
  });

  it('does not call with an event over 6 MB', async () => {
    const events: number[] = [];
    const counting = environment((event) => {
      events.push(event.length);
      return Promise.resolve({ type: 'success', payload: '3' });
    });
    const limit = 6 * 1024 * 1024;
    const ends = [' '.repeat(limit), `${' '.repeat(limit - 1)}é`].map((event) =>
      invokeFunction(counting, { ...call, event }),
    );
    expect((await Promise.all(ends)).map(({ type }) => type)).toEqual(['success', 'too-large']);
    expect(events).toEqual([limit]);
  });
});

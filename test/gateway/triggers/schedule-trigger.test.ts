import { afterEach, describe, expect, it } from '@jest/globals';
import { scheduleTimes } from '../../../src/gateway/triggers/schedule-times.ts';
import { ScheduleTrigger } from '../../../src/gateway/triggers/schedule-trigger.ts';
import { type FakeFunctions, fails, fakeFunctions, succeeds } from './fake-functions.ts';

const START = new Date('2026-01-30T14:05:20.500Z');

function firing(expression: string, count = 3): readonly string[] {
  const times = scheduleTimes(expression, START);
  const found: string[] = [];
  for (let at: Date | undefined = START; found.length < count; ) {
    at = times?.next(at);
    if (at === undefined) break;
    found.push(at.toISOString().slice(0, 19));
  }
  return found;
}

describe('the times of a schedule', () => {
  it.each([
    ['rate(1 minute)', ['2026-01-30T14:06:20', '2026-01-30T14:07:20', '2026-01-30T14:08:20']],
    ['rate(2 hours)', ['2026-01-30T16:05:20', '2026-01-30T18:05:20', '2026-01-30T20:05:20']],
    ['rate(7 days)', ['2026-02-06T14:05:20', '2026-02-13T14:05:20', '2026-02-20T14:05:20']],
    ['cron(0 3 * * ? *)', ['2026-01-31T03:00:00', '2026-02-01T03:00:00', '2026-02-02T03:00:00']],
    ['cron(5,35 14 * * ? *)', ['2026-01-30T14:35:00', '2026-01-31T14:05:00', '2026-01-31T14:35:00']],
    ['cron(0/15 8-17 ? * MON-FRI *)', ['2026-01-30T14:15:00', '2026-01-30T14:30:00', '2026-01-30T14:45:00']],
    // Of a week 1 is Sunday.
    ['cron(0 12 ? * 2#1 *)', ['2026-02-02T12:00:00', '2026-03-02T12:00:00', '2026-04-06T12:00:00']],
    ['cron(0 12 ? * 6L *)', ['2026-02-27T12:00:00', '2026-03-27T12:00:00', '2026-04-24T12:00:00']],
    ['cron(0 12 L * ? *)', ['2026-01-31T12:00:00', '2026-02-28T12:00:00', '2026-03-31T12:00:00']],
    // The weekday nearest to the 1st never lies in the month before.
    ['cron(0 12 1W * ? *)', ['2026-02-02T12:00:00', '2026-03-02T12:00:00', '2026-04-01T12:00:00']],
    ['cron(0 0 29 2 ? 2028/4)', ['2028-02-29T00:00:00', '2032-02-29T00:00:00', '2036-02-29T00:00:00']],
    ['cron(0  10 ? JAN,JUL SUN 2026)', ['2026-07-05T10:00:00', '2026-07-12T10:00:00', '2026-07-19T10:00:00']],
  ])('of %s are in UTC, as EventBridge reads it', (expression, times) => {
    expect(firing(expression)).toEqual(times);
  });

  it('end with their last year', () => {
    expect(firing('cron(0 3 31 12 ? 2026)')).toEqual(['2026-12-31T03:00:00']);
    expect(firing('cron(0 3 * * ? 2025)')).toEqual([]);
  });

  it.each(['cron(0 25 * * ? *)', 'cron(0 3 * FOO ? *)', 'cron(0 12 ? * FRI-SUN *)', 'every day', 'rate(0 minutes)'])(
    'of %s are none',
    (expression) => {
      expect(scheduleTimes(expression, START)).toBeUndefined();
    },
  );
});

describe('a schedule', () => {
  let running: ScheduleTrigger | undefined;
  afterEach(() => running?.close());

  /** Due every 20 ms of a clock that stands at the start of 2026 when this begins. */
  function start(functions: FakeFunctions<unknown>, input?: unknown): void {
    const [begun, from] = [Date.now(), new Date('2026-01-01T00:00:00.000Z').getTime()];
    running = new ScheduleTrigger({
      target: { source: 'schedule', name: 'rate(1 minute)', function: 'nightly' },
      ports: functions.ports,
      times: { next: (after) => new Date((Math.floor(after.getTime() / 20) + 1) * 20) },
      rule: { arn: 'arn:aws:events:eu-west-1:000000000000:rule/shop', region: 'eu-west-1', account: '000000000000' },
      ...(input !== undefined && { input }),
      now: () => from + Date.now() - begun,
    });
  }

  it("calls its function with EventBridge's event at each of its times", async () => {
    const functions = fakeFunctions(() => succeeds());
    start(functions);
    await functions.reported(3);
    expect(functions.calls[0]).toEqual({
      function: 'nightly',
      depth: 1,
      event: {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: '2026-01-01T00:00:00Z',
        region: 'eu-west-1',
        resources: ['arn:aws:events:eu-west-1:000000000000:rule/shop'],
        detail: {},
      },
    });
    expect(functions.deliveries[0]).toMatchObject({ source: 'schedule', outcome: 'done', start: 'cold' });
  });

  it('gives the event of apigen.yml instead, and tries twice more where the function fails', async () => {
    const functions = fakeFunctions((_event, call) => (call <= 3 ? fails() : succeeds()));
    start(functions, { only: 'this' });
    const told = await functions.reported(4);
    running?.close();
    expect(functions.calls[0]?.event).toEqual({ only: 'this' });
    expect(told.filter(({ outcome }) => outcome !== 'done').length).toBe(3);
  });

  it('calls nothing any more once it is closed', async () => {
    const functions = fakeFunctions(() => succeeds());
    start(functions);
    await functions.reported(1);
    running?.close();
    const calls = functions.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(functions.calls).toHaveLength(calls);
  });
});

import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from '../../../src/gateway/usage-plans/token-bucket.ts';
import { UsagePlans } from '../../../src/gateway/usage-plans/usage-plans.ts';

const keys = [
  { name: 'a', value: 'value-a', enabled: true },
  { name: 'b', value: 'value-b', enabled: true },
  { name: 'off', value: 'value-off', enabled: false },
];

describe('a usage plan', () => {
  it('admits only keys that are known, enabled, and in a plan of the stage', () => {
    const plans = [
      { name: 'p', stages: ['dev'], keys: ['a', 'off'] },
      { name: 'q', stages: ['prod'], keys: ['b'] },
    ];
    const dev = new UsagePlans(keys, plans, 'dev');
    expect(dev.admit('value-a').type).toBe('admitted');
    for (const value of ['value-b', 'value-off', 'nonsense', '', undefined, '__proto__']) {
      expect(dev.admit(value).type).toBe('invalid-key');
    }
  });

  it('throttles each key by itself, and refills at the rate', () => {
    let now = 0;
    const plans = [{ name: 'p', stages: ['dev'], keys: ['a', 'b'], throttle: { rateLimit: 2, burstLimit: 1 } }];
    const dev = new UsagePlans(keys, plans, 'dev', () => now);
    const admitted = (value: string) => dev.admit(value).type;
    expect([admitted('value-a'), admitted('value-a'), admitted('value-b')]).toEqual([
      'admitted',
      'throttled',
      'admitted',
    ]);
    now = 500;
    expect([admitted('value-a'), admitted('value-a')]).toEqual(['admitted', 'throttled']);
  });

  it("a method's own throttle stands in place of the plan's", () => {
    const methodThrottles = { 'GET /slow': { rateLimit: 1, burstLimit: 1 } };
    const plan = {
      name: 'p',
      stages: ['dev'],
      keys: ['a'],
      throttle: { rateLimit: 9, burstLimit: 9 },
      methodThrottles,
    };
    const dev = new UsagePlans(keys, [plan], 'dev', () => 0);
    const types = ['GET /slow', 'GET /slow', 'GET /other', 'GET /other'].map(
      (route) => dev.admit('value-a', route).type,
    );
    expect(types).toEqual(['admitted', 'throttled', 'admitted', 'admitted']);
  });

  it.each([
    ['DAY', 0, '2026-01-31T23:59:59Z', '2026-02-01T00:00:00Z'],
    ['WEEK', 0, '2026-01-03T23:59:59Z', '2026-01-04T00:00:00Z'],
    ['WEEK', 1, '2026-01-04T23:59:59Z', '2026-01-05T00:00:00Z'],
    ['MONTH', 0, '2026-01-31T23:59:59Z', '2026-02-01T00:00:00Z'],
    ['MONTH', 9, '2026-02-09T23:59:59Z', '2026-02-10T00:00:00Z'],
  ] as const)('counts its quota anew each %s, from day %i of it', (period, offset, before, after) => {
    let now = Date.parse(before);
    const plans = [{ name: 'p', stages: ['dev'], keys: ['a'], quota: { limit: 2, period, offset } }];
    const dev = new UsagePlans(keys, plans, 'dev', () => now);
    const types = [1, 2, 3].map(() => dev.admit('value-a').type);
    expect(types).toEqual(['admitted', 'admitted', 'over-quota']);
    now = Date.parse(after);
    expect(dev.admit('value-a').type).toBe('admitted');
  });
});

describe('a token bucket', () => {
  it('never holds more than its burst, and survives a clock set back', () => {
    let now = 1_000_000;
    const bucket = new TokenBucket({ rateLimit: 10, burstLimit: 3 }, () => now);
    now += 60_000;
    expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
    now -= 30_000;
    expect(bucket.take()).toBe(false);
    now += 100;
    expect(bucket.take()).toBe(true);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal, sum } from '../../src/pricing/decimal.ts';
import type { Estimate } from '../../src/pricing/estimate.ts';
import { estimate } from '../../src/pricing/estimate.ts';
import { scaleTraffic } from '../../src/pricing/scale.ts';
import { estimated, prepared } from './usage-text.ts';

const total = (result: Estimate): string => result.total?.toFixed() ?? 'unknown';
const costs = (result: Estimate): Record<string, string | null> =>
  Object.fromEntries(result.lines.map(({ meter, cost }) => [meter, cost?.toFixed() ?? null]));

describe('the free tier', () => {
  const everything = (tier: string) => `
freeTier: ${tier}
apis:
  r: { type: rest, requests: 2M }
  h: { type: http, requests: 2M, responseSize: 51.2KB }
  w: { type: websocket, messages: 2M, connectionMinutes: 1.75M }
functions: { f: { memory: 1024MB, architecture: arm64, requests: 2M, duration: 250ms } }
models: { T: { storage: 35GB }, P: { capacity: { read: 30, write: 30 } } }
queues: { q: { requests: 1.5M }, f: { requests: 1M, fifo: true } }
topics: { t: { publishes: 3M } }
traces: { recorded: 300k }
monitoring: { metrics: 12, alarms: 11, dashboards: 4 }
logs: { ingested: 6GB }
`;

  it('none bills everything from the first unit at the first paid price', () => {
    expect(costs(estimated(everything('none')))).toEqual({
      'rest-requests': '7',
      'http-requests': '2',
      'websocket-messages': '2',
      'websocket-minutes': '0.4375',
      'lambda-requests': '0.4',
      'lambda-duration-arm64': '6.6667',
      'dynamodb-storage': '8.75',
      'dynamodb-rcu': '2.847',
      'dynamodb-wcu': '14.235',
      'logs-ingested': '3',
      metrics: '3.6',
      alarms: '1.1',
      dashboards: '12',
      'traces-recorded': '1.5',
      'sns-publishes': '1.5',
      'sqs-requests': '0.6',
      'sqs-fifo-requests': '0.5',
      'data-out': '8.7890625',
    });
  });

  it('always takes off what every account gets for ever, and nothing of the first twelve months', () => {
    expect(costs(estimated(everything('always')))).toMatchObject({
      'rest-requests': '7',
      'http-requests': '2',
      'websocket-messages': '2',
      'websocket-minutes': '0.4375',
      'lambda-requests': '0.2',
      'lambda-duration-arm64': '1.33334',
      'dynamodb-storage': '2.5',
      'dynamodb-rcu': '0.429',
      'dynamodb-wcu': '2.145',
      'logs-ingested': '0.5',
      metrics: '0.6',
      alarms: '0.1',
      dashboards: '3',
      'traces-recorded': '1',
      'sns-publishes': '1',
      // One million for both kinds of queue together.
      'sqs-requests': '0.2',
      'sqs-fifo-requests': '0.5',
      'data-out': '0',
    });
  });

  it('legacy takes off a million calls of each type, a million messages and 750,000 minutes beside', () => {
    expect(costs(estimated(everything('legacy')))).toMatchObject({
      'rest-requests': '3.5',
      'http-requests': '1',
      'websocket-messages': '1',
      'websocket-minutes': '0.25',
      'lambda-requests': '0.2',
    });
  });

  it('gives 400,000 GB-seconds for both architectures together', () => {
    const usage = `
freeTier: always
functions:
  x: { memory: 1024MB, architecture: x86_64, requests: 300k, duration: 1s }
  a: { memory: 1024MB, architecture: arm64, requests: 300k, duration: 1s }`;
    expect(costs(estimated(usage))).toMatchObject({ 'lambda-duration-x86': '0', 'lambda-duration-arm64': '2.66668' });
  });

  it('gives nothing of the GB-seconds to provisioned concurrency', () => {
    const usage = `
freeTier: always
functions: { f: { memory: 1024MB, architecture: x86_64, requests: 100k, duration: 1s, provisioned: { concurrency: 1, hours: 1 } } }`;
    expect(costs(estimated(usage))['lambda-provisioned-duration-x86']).toBe('0.97222');
  });
});

describe('a price that is unknown', () => {
  it('makes the total null, keeps what is known, and is listed with its reason', () => {
    const result = estimated(
      'region: us-east-2\napis: { h: { type: http, requests: 700M }, w: { type: websocket, messages: 1M } }',
    );
    expect(result.total).toBeNull();
    expect(result.known.toFixed()).toBe('300');
    expect(result.unknown.map(({ meter, quantity, reason }) => [meter, quantity.toFixed(), reason])).toEqual([
      [
        'http-requests',
        '400000000',
        'the price list ends at 300,000,000 for us-east-2; its remark: over-300M tier not found',
      ],
      ['websocket-messages', '1000000', 'the price list has no price for us-east-2'],
    ]);
  });

  it('of a replica is unknown in its own region, not priced as at home', () => {
    const result = estimated(
      'region: us-east-1\nmodels: { T: { writes: 1M, itemSize: 1KB, storage: 0B, replicas: [eu-west-3] } }',
    );
    expect(result.unknown.map(({ meter, region }) => [meter, region])).toEqual([
      ['dynamodb-replicated-writes', 'eu-west-3'],
    ]);
  });

  it('does not matter where nothing of it is used', () => {
    expect(total(estimated('region: eu-west-3'))).toBe('0');
  });
});

/** A project with everything that scales, of two APIs with the given requests. */
const project = (type: 'rest' | 'http', ...requests: readonly number[]) => `
apis:
${requests.map((count, index) => `  a${index}: { type: ${type}, responseSize: 3KB, routes: { GET /x: { requests: ${count}, function: f, reads: { T: 1 } } } }`).join('\n')}
functions: { f: { memory: 512MB, architecture: x86_64, duration: 120ms } }
models: { T: { itemSize: 1KB, storage: 10GB } }
`;

const requests = fc.integer({ min: 0, max: 30_000_000_000 });
const type = fc.constantFrom('rest' as const, 'http' as const);

describe('an estimate', () => {
  it('never falls when traffic grows', () => {
    fc.assert(
      fc.property(type, requests, fc.integer({ min: 1000, max: 100_000 }), (kind, count, more) => {
        const { workload } = prepared(project(kind, count));
        const larger = scaleTraffic(workload, new Decimal(more).div(1000));
        expect(estimate(workload, 'always').known.lte(estimate(larger, 'always').known)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('is the sum of its lines, and each line the sum of its parts', () => {
    fc.assert(
      fc.property(type, requests, requests, (kind, a, b) => {
        const result = estimated(project(kind, a, b));
        expect(sum(result.lines.map((line) => line.known)).eq(result.known)).toBe(true);
        for (const line of result.lines) {
          expect(sum(line.parts.map((part) => part.quantity)).eq(line.quantity)).toBe(true);
          expect(sum(line.parts.map((part) => part.cost ?? 0).map((cost) => new Decimal(cost))).eq(line.known)).toBe(
            true,
          );
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is the same for one API and for two that share its requests: tiers are the account’s', () => {
    fc.assert(
      fc.property(type, requests, requests, (kind, a, b) => {
        expect(total(estimated(project(kind, a, b)))).toBe(total(estimated(project(kind, a + b))));
      }),
      { numRuns: 50 },
    );
  });

  it('shares a project’s requests evenly over what does not say its own, down to the last one', () => {
    const { workload, assumed } = prepared(`
requests: 100
apis:
  a: { type: http, requests: 10, routes: { GET /x: {}, GET /y: {}, GET /z: { requests: 3 } } }
  b: { type: http, routes: { GET /x: { requests: 7 }, GET /y: {} } }
  c: { type: http }`);
    expect(workload.apis.map(({ routes }) => routes.map((route) => route.requests.toNumber()))).toEqual([
      [4, 3, 3],
      [7, 42],
      [41],
    ]);
    expect(assumed).toContain('requests are spread evenly over the routes (apis.<name>.routes)');
  });
});

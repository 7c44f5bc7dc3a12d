import { describe, expect, it } from '@jest/globals';
import { withCapacity } from '../../src/pricing/alternatives.ts';
import { Decimal } from '../../src/pricing/decimal.ts';
import { compareEstimates } from '../../src/pricing/difference.ts';
import { estimate } from '../../src/pricing/estimate.ts';
import { costliest, leversOf } from '../../src/pricing/levers.ts';
import { breakEvens, drawnRequests, tierStarts } from '../../src/pricing/series.ts';
import { estimated, prepared } from './usage-text.ts';

const leversFor = (yaml: string) => {
  const { workload, freeTier } = prepared(yaml);
  return leversOf(workload, estimate(workload, freeTier));
};

const busy = `
apis:
  web: { type: rest, routes: { GET /hot: { requests: 500M, function: list, reads: { Item: 2 } } } }
functions: { list: { memory: 512MB, architecture: x86_64, duration: 90ms } }
models: { Item: { items: 1M, writes: 300M, itemSize: 1KB } }
`;

describe('levers', () => {
  it('save what the whole estimate saves, worked out by hand', () => {
    const savings = Object.fromEntries(leversFor(busy).map(({ id, saving }) => [id, saving.toFixed(2)]));
    expect(savings).toEqual({
      // 333M x $2.50 + 167M x $1.80, then the second tier of HTTP: 200M x $0.10 more.
      'http-instead-of-rest': '1153.10',
      // 80 % of $100 + $375.00 + $62.50, less 730 h x $0.02.
      'cache-on': '415.40',
      // Half of 22.5M GB-seconds at $0.0000166667.
      memory: '187.50',
      // 272 RCU and 164 WCU for 730 h instead of $62.50 and $187.50.
      provisioned: '146.37',
      // 22.5M GB-seconds x ($0.0000166667 - $0.0000133334).
      arm64: '75.00',
    });
  });

  it('say when they stop paying', () => {
    const breakEven = (id: string) => leversFor(busy).find((lever) => lever.id === id)?.breakEven;
    expect(breakEven('provisioned')).toBe('pays while peaks stay under 2.4 times the average');
    expect(breakEven('cache-on')).toBe('pays above a hit rate of 2.7 %');
    expect(breakEven('memory')).toBe('pays while it runs less than 180 ms (now 90 ms)');
  });

  it('say what HTTP APIs would lose of what this project uses', () => {
    const usage = 'apis: { web: { type: rest, requests: 10M, cache: { size: 0.5GB } } }';
    const lever = leversFor(usage).find(({ id }) => id === 'http-instead-of-rest');
    expect(lever?.cautions[0]).toBe('loses the cache of web');
  });

  it('take a cache away that costs more than it saves', () => {
    const usage = 'apis: { web: { type: rest, requests: 1M, cache: { size: 237GB } } }';
    expect(
      leversFor(usage)
        .find(({ id }) => id === 'cache-off')
        ?.saving.toFixed(),
    ).toBe('2774');
  });

  it('offer Standard-IA for a table that is stored more than read, and Standard for the reverse', () => {
    const stored = leversFor('models: { T: { storage: 1000GB, reads: 1M, itemSize: 1KB } }');
    expect(stored.map(({ id, saving }) => [id, saving.toFixed(3)])).toEqual([['standard-ia', '149.985']]);
    const read = leversFor('models: { T: { class: standard-ia, storage: 1GB, reads: { strong: 1B }, itemSize: 1KB } }');
    expect(read.map(({ id }) => id)).toContain('standard');
  });

  it('offer on-demand for capacity that stands idle', () => {
    const idle = leversFor(
      'models: { T: { capacity: { read: 100, write: 100 }, reads: 1k, writes: 1k, itemSize: 1KB } }',
    );
    expect(idle.map(({ id, saving }) => [id, saving.toFixed(2)])).toEqual([['on-demand', '56.94']]);
  });

  it('are silent where nothing would be saved or the price of the other side is unknown', () => {
    expect(leversFor('apis: { web: { type: http, requests: 10M } }')).toEqual([]);
    expect(leversFor('region: sa-east-1\napis: { web: { type: rest, requests: 10M } }')).toEqual([]);
  });

  it('stand with the three lines that cost most', () => {
    const { workload, freeTier } = prepared(busy);
    const lines = costliest(workload, estimate(workload, freeTier));
    expect(lines.map(({ line, levers }) => [line.meter, levers.map(({ id }) => id)])).toEqual([
      ['rest-requests', ['http-instead-of-rest']],
      ['lambda-duration-x86', ['cache-on', 'memory', 'arm64']],
      ['dynamodb-writes', ['cache-on', 'provisioned']],
    ]);
  });
});

describe('a difference', () => {
  const api = (type: string, requests: string, region = 'us-east-2') =>
    estimated(`region: ${region}\napis: { a: { type: ${type}, requests: ${requests} } }`);

  it('is told line by line and in all', () => {
    const { difference, lines } = compareEstimates(api('http', '10M'), api('rest', '10M'));
    expect(difference?.toFixed()).toBe('25');
    expect(lines.map(({ meter, difference: own }) => [meter, own?.toFixed()])).toEqual([
      ['rest-requests', '35'],
      ['http-requests', '-10'],
    ]);
  });

  it('cancels prices that are unknown on both sides alike', () => {
    expect(compareEstimates(api('http', '700M'), api('http', '700M')).difference?.toFixed()).toBe('0');
  });

  it('is unknown where the unknown part differs', () => {
    const { difference, known } = compareEstimates(api('http', '700M'), api('http', '800M'));
    expect([difference, known.toFixed()]).toEqual([null, '0']);
  });

  it('of a first deploy is all of it', () => {
    expect(compareEstimates(undefined, api('rest', '10M')).difference?.toFixed()).toBe('35');
    expect(compareEstimates(api('rest', '10M'), undefined).difference?.toFixed()).toBe('-35');
  });
});

describe('a curve of cost against requests', () => {
  const { workload, freeTier } = prepared('apis: { web: { type: rest, requests: 100M } }');
  const at = drawnRequests(new Decimal('100e6'), 49);

  it('knows the requests at which the account’s tiers begin', () => {
    const starts = tierStarts(
      { name: 'rest', workload, freeTier },
      at[0] ?? new Decimal(0),
      at.at(-1) ?? new Decimal(0),
    );
    expect(starts.map(({ requests }) => requests.toFixed())).toEqual(['333000000', '1000000000']);
  });

  it('finds where provisioned capacity gets cheaper than on-demand', () => {
    const table = prepared(`
apis: { web: { type: http, routes: { GET /x: { requests: 10M, reads: { T: 1 } } } } }
models: { T: { itemSize: 1KB, capacity: { read: 100, write: 1 } } }`);
    const now = { name: 'provisioned', workload: table.workload, freeTier: table.freeTier };
    const other = { name: 'on-demand', workload: withCapacity(table.workload, 'on-demand'), freeTier: table.freeTier };
    const [crossing] = breakEvens(now, other, drawnRequests(new Decimal('10e6'), 49));
    // 100 RCU and 1 WCU cost $9.9645 a month; half a read unit for each request costs $0.0625 per million.
    expect(crossing?.requests.toFixed()).toBe('159000000');
    expect([crossing?.below, crossing?.above]).toEqual(['on-demand', 'provisioned']);
  });
});

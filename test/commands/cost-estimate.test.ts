// `apigen cost-estimate`, `cost-estimate init-usage` and `prices` as a person types them.

import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Chalk } from 'chalk';
import { costEstimate } from '../../src/commands/cost-estimate.ts';
import type { Ui } from '../../src/ui/ui.ts';
import { runCli } from '../harness/cli.ts';

interface Document {
  readonly total: string | null;
  readonly known: string;
  readonly unknown: readonly Record<string, unknown>[];
  readonly lines: readonly Record<string, unknown>[];
  readonly services: readonly { readonly service: string; readonly cost: string | null }[];
  readonly assumed: readonly string[];
  readonly compare?: readonly Record<string, unknown>[];
  readonly budget?: unknown;
  readonly months?: readonly Record<string, unknown>[];
  readonly chart?: { readonly curves: readonly { readonly name: string; readonly points: readonly unknown[] }[] };
  readonly [key: string]: unknown;
}

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'apigen-cost-'));

async function estimate(args: string, cwd?: string): Promise<Document> {
  const { code, stdout, stderr } = await runCli(['cost-estimate', ...args.split(' '), '--json'], {
    cwd: cwd ?? (await folder()),
  });
  if (code !== 0 && code !== 3) throw new Error(`${code} ${stdout} ${stderr}`);
  return JSON.parse(stdout) as Document;
}

const gateway = (document: Document) => document.services.find(({ service }) => service === 'api-gateway')?.cost;

const refuse = (): never => {
  throw new Error('nothing should be asked here');
};

const silentUi: Ui = {
  json: false,
  interactive: false,
  debug: false,
  width: 80,
  style: new Chalk({ level: 0 }),
  result() {},
  line() {},
  note() {},
  warn() {},
  progress: refuse,
  confirm: refuse,
  confirmTyped: refuse,
  ask: refuse,
  choose: refuse,
  inputEnds: refuse,
};

const apigenYml = `name: shop
region: eu-west-1
models: { Product: src/models/product.ts }
apis:
  public:
    type: rest
    auth: none
    routes:
      GET /products: src/products/list.handler
      POST /products: src/products/create.handler
      GET /health: { mock: { status: 200, body: { ok: true } } }
`;

async function project(usage = ''): Promise<string> {
  const cwd = await folder();
  await writeFile(join(cwd, 'apigen.yml'), apigenYml + usage);
  return cwd;
}

describe('cost-estimate by flags', () => {
  it('shows $35.00 of API Gateway for 10M REST requests', async () => {
    const { code, stdout } = await runCli(['cost-estimate', '--type', 'rest', '--requests', '10M']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^API Gateway +\$35\.00$/m);
    expect(stdout).toContain('no free tier');
    expect(stdout).toContain('Prices of 2026-11-22');
  });

  it.each([
    ['--type rest --requests 10M', '35.00'],
    ['--type rest --users 10000 --requests-per-user 10000', '350.00'],
    ['--type rest --requests 10M --free-tier always', '35.00'],
    ['--type rest --requests 10M --free-tier legacy', '31.50'],
    ['--type http --requests 432M', '418.80'],
    ['--type websocket --requests 1.5B --connection-minutes 10M', '1402.50'],
    ['--type rest --requests 10M --region eu-central-1', '37.00'],
    ['--type rest --requests 0 --cache 1.6GB --month 24h', '0.912'],
  ])('prices API Gateway of %s at $%s', async (args, expected) => {
    expect(gateway(await estimate(args))).toBe(expected);
  });

  it('prices the function, and DynamoDB only where it is asked for', async () => {
    const plain = await estimate('--type http --requests 1M --memory 256 --duration 120ms --architecture x86_64');
    expect(plain.services).toEqual([
      { service: 'api-gateway', cost: '1.00', known: '1.00' },
      { service: 'lambda', cost: '0.700001', known: '0.700001' },
    ]);
    const stored = await estimate('--type http --requests 1M --exclude lambda --reads 1M --writes 1M --storage 10GB');
    expect(stored.services).toEqual([
      { service: 'api-gateway', cost: '1.00', known: '1.00' },
      { service: 'dynamodb', cost: '3.1875', known: '3.1875' },
    ]);
  });

  it('says what it assumed and what it left out', async () => {
    const { assumed, notCounted } = await estimate('--type rest --requests 10M');
    expect(assumed).toEqual([
      'a function has 128 MB (--memory)',
      'functions run on arm64 (--architecture)',
      'a function runs 100 ms (--duration 100ms)',
      'region us-east-1 (--region)',
    ]);
    expect(notCounted).toEqual([
      'data sent to callers (--response-size 3KB)',
      'logs (--log-size 512B)',
      'DynamoDB (--reads 10M --writes 1M)',
    ]);
  });

  it('is a document of exact decimal strings', async () => {
    const document = await estimate('--type rest --requests 400M --exclude lambda');
    expect(document).toMatchObject({
      currency: 'USD',
      region: 'us-east-1',
      freeTier: 'none',
      priceDate: '2026-11-22',
      total: '1353.10',
      known: '1353.10',
      unknown: [],
      lines: [
        {
          service: 'api-gateway',
          item: 'REST requests',
          quantity: '400000000',
          unit: 'requests',
          cost: '1353.10',
          tiers: [
            { from: '0', to: '333000000', quantity: '333000000', price: '3.5', per: '1000000', cost: '1165.50' },
            { from: '333000000', to: '1000000000', quantity: '67000000', price: '2.8', per: '1000000', cost: '187.60' },
          ],
        },
      ],
    });
  });

  it('has no total as soon as a price is unknown, and shows what is known', async () => {
    const document = await estimate('--type websocket --requests 1M --region eu-west-1');
    expect(document.total).toBeNull();
    expect(document.known).toBe('0.3666675');
    expect(document.unknown).toEqual([
      {
        service: 'api-gateway',
        item: 'WebSocket messages',
        region: 'eu-west-1',
        quantity: '1000000',
        unit: 'messages of 32 KB',
        reason: 'the price list has no price for eu-west-1',
      },
    ]);
    const { stdout } = await runCli([
      'cost-estimate',
      '--type',
      'websocket',
      '--requests',
      '1M',
      '--region',
      'eu-west-1',
    ]);
    expect(stdout).toMatch(/^Known a month +\$0\.37 \+ \?$/m);
  });

  it('marks a price that is not verified', async () => {
    const { stdout } = await runCli(['cost-estimate', '--type', 'rest', '--requests', '1M', '--region', 'eu-north-1']);
    expect(stdout).toContain('~$3.50');
    expect(stdout).toContain('~ REST requests: price unverified-date');
  });

  it('compares every combination', async () => {
    const { compare } = await estimate('--type rest --requests 10M --compare type=rest,http architecture=x86_64,arm64');
    expect(compare?.map(({ type, architecture, total }) => [type, architecture, total])).toEqual([
      ['rest', 'x86_64', '39.0833375'],
      ['rest', 'arm64', '38.666675'],
      ['http', 'x86_64', '14.0833375'],
      ['http', 'arm64', '13.666675'],
    ]);
  });

  it('exits 3 over the budget and 0 within it', async () => {
    const run = (budget: string) =>
      runCli(['cost-estimate', '--type', 'rest', '--requests', '10M', '--budget', budget]);
    expect(await run('38')).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('Over the budget of $38.00: $38.67'),
    });
    expect(await run('$38.67')).toMatchObject({ code: 0, stdout: expect.stringContaining('Within the budget') });
  });

  it('cannot say that a budget holds while prices are unknown', async () => {
    const args = [
      'cost-estimate',
      '--type',
      'websocket',
      '--requests',
      '1M',
      '--region',
      'eu-west-1',
      '--budget',
      '100',
      '--json',
    ];
    const { code, stdout, stderr } = await runCli(args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ budget: { limit: '100.00', over: null } });
    expect(stderr).toContain('Some prices are unknown');
  });

  it('draws a chart with tiers and break-evens that fits the terminal', async () => {
    const args = [
      'cost-estimate',
      '--type',
      'rest',
      '--requests',
      '100M',
      '--cache',
      '0.5GB',
      '--compare',
      'cache=none,0.5',
      '--chart',
    ];
    const { stdout } = await runCli(args, { columns: 80 });
    expect(stdout).toContain('Cost a month against requests a month');
    expect(stdout).toContain('┊ from 333M: REST requests at $2.80 per 1M');
    expect(stdout).toMatch(/╎ break-even at \d[\d.]*M: below it none is cheaper, above it\s+0\.5/);
    const { chart } = await estimate('--type rest --requests 100M --chart');
    expect(chart?.curves[0]?.points).toHaveLength(49);
  });

  it.each([60, 80, 120])('writes no line wider than a terminal of %d columns', async (columns) => {
    const args =
      '--type rest --requests 400M --response-size 3KB --reads 1B --writes 300M --storage 40GB --free-tier legacy --chart --compare type=rest,http memory=128,256';
    const { stdout } = await runCli(['cost-estimate', ...args.split(' ')], { columns });
    const { stripVTControlCharacters } = await import('node:util');
    const widest = Math.max(
      ...stripVTControlCharacters(stdout)
        .split('\n')
        .map((line) => [...line.trimEnd()].length),
    );
    expect(widest).toBeLessThanOrEqual(columns);
  });

  it.each([
    ['--type http --requests -5', '--requests: "-5" is negative'],
    ['--type http --requests 10m', '--requests: "10m" is not a number'],
    ['--type http', 'How many requests a month?'],
    ['--requests 10M', 'no type of API'],
    ['--type http --requests 1M --users 5 --requests-per-user 5', 'says the same as --users'],
    ['--type http --users 5', 'needs --requests-per-user beside it'],
    ['--type http --users 1e15 --requests-per-user 1e15', '--users times --requests-per-user'],
    ['--type http --requests 1M --cache 0.5GB', 'only REST APIs have a cache'],
    ['--type rest --requests 1M --sent 5', 'only WebSocket APIs send messages'],
    ['--type rest --requests 1M --memory 64', '64 MB is not a whole number of MB from 128 to 10,240'],
    ['--type rest --requests 1M --duration 120', 'it has no unit'],
    ['--type rest --requests 1M --response-size 11MB', '10MB is the most that AWS takes'],
    ['--type websocket --requests 1M --request-size 1MB', '128KB is the most that AWS takes'],
    ['--type rest --requests 1M --region eu-wset-1', '"eu-wset-1" is not known here'],
    ['--type rest --requests 1M --exclude lamda', 'there is no service "lamda"'],
    ['--type rest --requests 1M --compare typ=rest', '"typ" cannot be compared'],
    ['--type rest --requests 1M --compare type=soap', 'type: "soap" is not known'],
    ['--type rest --requests 1M --compare type=rest type=http', 'type stands twice'],
    ['--type rest --requests 1M --months 0', '0 is not a whole number from 1 to 120'],
    ['--type rest --requests 1M --budget lots', '--budget: "lots" is not a number'],
    ['--memory 512', 'is for an estimate by flags'],
    ['--usage missing.yml', 'Cannot read the usage file missing.yml'],
    ['--stage prod', 'there is no project here'],
  ])('refuses %s as wrong usage', async (args, message) => {
    const { code, stdout } = await runCli(['cost-estimate', ...args.split(' '), '--json'], { cwd: await folder() });
    expect([code, JSON.parse(stdout).error.summary]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('cost-estimate of a project', () => {
  it('prices the project here with its usage, by route', async () => {
    const cwd = await project('usage: { requests: 9M }\n');
    const document = await estimate('--region us-east-1', cwd);
    expect(gateway(document)).toBe('31.50');
    const { stdout } = await runCli(['cost-estimate'], { cwd });
    expect(stdout).toContain('shop · dev · eu-west-1 · 9,000,000 requests a month');
    expect(stdout).toMatch(/^GET \/products +3,000,000 +\$\d/m);
    expect(stdout).toContain('loses the mock of GET /health');
  });

  it('takes --requests as the sum, and keeps the mix of the usage', async () => {
    const cwd = await project(
      'usage: { apis: { public: { requests: 10, routes: { GET /health: { requests: 4 } } } } }\n',
    );
    const { lines } = await estimate('--requests 10M', cwd);
    const parts = lines.find(({ meter }) => meter === 'rest-requests')?.['parts'];
    expect(parts).toMatchObject([
      { quantity: '3000000' },
      { quantity: '3000000' },
      { route: 'GET /health', quantity: '4000000' },
    ]);
  });

  it('asks how much traffic there is where nothing says it', async () => {
    const { code, stderr } = await runCli(['cost-estimate'], { cwd: await project() });
    expect(code).toBe(2);
    expect(stderr).toContain('How much traffic does shop have?');
  });

  it('prices a usage file alone with --no-project', async () => {
    const cwd = await project();
    await writeFile(join(cwd, 'other.yml'), 'apis: { a: { type: rest, requests: 10M } }');
    expect((await estimate('--usage other.yml --no-project', cwd)).total).toBe('35.00');
    const { code, stderr } = await runCli(['cost-estimate', '--usage', 'other.yml'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('there is no API "a"');
  });

  it('looks months ahead with the growth of the usage', async () => {
    const cwd = await project(
      'usage: { requests: 10M, growth: 10%, exclude: [lambda, dynamodb, cloudwatch, data-transfer] }\n',
    );
    const { months } = await estimate('--months 3', cwd);
    expect(months).toEqual([
      { month: 1, requests: '10000000', total: '35.00', known: '35.00' },
      { month: 2, requests: '11000000', total: '38.50', known: '38.50' },
      { month: 3, requests: '12100000', total: '42.35', known: '42.35' },
    ]);
  });

  it('init-usage writes a file that prices the project as it stands, and never over one', async () => {
    for (const cwd of [await project(), await folder()]) {
      expect(await runCli(['cost-estimate', 'init-usage'], { cwd })).toMatchObject({ code: 0 });
      const written = await readFile(join(cwd, 'usage.yml'), 'utf8');
      expect(written).toContain('# ');
      const document = await estimate('--usage usage.yml', cwd);
      expect(Number(document.known)).toBeGreaterThan(10);
      expect(await runCli(['cost-estimate', 'init-usage'], { cwd })).toMatchObject({ code: 1 });
      expect(await readFile(join(cwd, 'usage.yml'), 'utf8')).toBe(written);
    }
  });
});

describe('cost-estimate on a terminal', () => {
  it('asks what matters, and gives the flags for the next time', async () => {
    const notes: string[] = [];
    const asked: string[] = [];
    let document: unknown;
    const answers: Record<string, string> = { '--requests': '5M', '--memory': '512' };
    const ui: Ui = {
      ...silentUi,
      interactive: true,
      choose: async (_question, choices) => choices[0]?.value ?? refuse(),
      ask: async (_question, { flag, default: fallback = '', validate }) => {
        asked.push(flag);
        const answer = answers[flag] ?? fallback;
        expect([flag, validate?.(answer)]).toEqual([flag, true]);
        expect([flag, validate?.('lots')]).toEqual([flag, expect.any(String)]);
        return answer;
      },
      note: (text) => notes.push(text),
      result: (result) => {
        document = result;
      },
    };
    const context = { cwd: await folder(), env: {}, ui, signal: new AbortController().signal };
    expect(await costEstimate.run({ arguments: {}, options: {} }, context)).toBe(0);
    expect(asked).toEqual(['--requests', '--response-size', '--duration', '--memory', '--reads', '--writes']);
    const command = 'apigen cost-estimate --type http --requests 5M --response-size 3KB --duration 100ms --memory 512';
    expect(notes).toEqual([`The same without questions: ${command}`]);
    const { stdout } = await runCli([...command.split(' ').slice(1), '--json']);
    expect(JSON.parse(stdout)).toEqual(document);
  });

  it('asks nothing in a project that says its usage, nor where everything is given', async () => {
    const ui: Ui = { ...silentUi, interactive: true };
    const signal = new AbortController().signal;
    const cwd = await project('usage: { requests: 1M }\n');
    expect(await costEstimate.run({ arguments: {}, options: {} }, { cwd, env: {}, ui, signal })).toBe(0);
    const options = { type: 'rest', requests: '1M' };
    expect(await costEstimate.run({ arguments: {}, options }, { cwd, env: {}, ui, signal })).toBe(0);
  });
});

describe('prices', () => {
  it('lists a region with tiers, gaps and confidence', async () => {
    const { stdout } = await runCli(['prices', 'api-gateway', '--region', 'us-east-2']);
    expect(stdout).toContain('$1.51 per 1M requests from 20B   assumed');
    expect(stdout).toContain('unknown from 300M');
    expect(stdout).toMatch(/WebSocket messages +unknown/);
  });

  it('is a document with sources and free allowances', async () => {
    const { stdout } = await runCli(['prices', 'lambda', '--json']);
    const { prices } = JSON.parse(stdout) as { prices: Record<string, unknown>[] };
    expect(prices[0]).toMatchObject({
      service: 'lambda',
      meter: 'lambda-requests',
      tiers: [
        {
          from: '0',
          to: null,
          price: '0.2',
          per: '1000000',
          confidence: 'verified',
          source: 'INFRACOST; ICM; AWS-LAMBDA-PAGE',
        },
      ],
      free: [{ tier: 'always', quantity: '1000000' }],
    });
  });

  it('suggests the service and the region that were meant', async () => {
    expect(await runCli(['prices', 'dynamo'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no service "dynamo"'),
    });
    expect(await runCli(['prices', '--region', 'us-eats-1'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('us-east-1'),
    });
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { GatewayCase, Json } from '../harness/gateway-cases/case-format.ts';
import { main } from '../harness/gateway-cases/main.ts';
import { compare } from '../harness/gateway-cases/matchers.ts';

const passes = (expected: Json, actual: unknown): boolean => compare(expected, actual, 'x', 'subset').length === 0;

describe('matchers', () => {
  it.each<[Json, unknown, boolean]>([
    [{ a: 1 }, { a: 1, b: 2 }, true],
    [{ a: 1 }, { a: '1' }, false],
    [{ $exact: { a: 1 } }, { a: 1, b: 2 }, false],
    [{ $exact: { a: { $type: 'number' } } }, { a: 5 }, true],
    [[1, 2], [1, 2, 3], false],
    [null, undefined, false],
    [{ a: { $absent: true } }, {}, true],
    [{ a: { $absent: true } }, { a: null }, false],
    [{ $type: 'array' }, [], true],
    [{ $type: 'object' }, [], false],
    [{ $match: '(?i)^abc$' }, 'ABC', true],
    [{ $match: '^b' }, 'abc', false],
    [{ $keys: ['b', 'a'] }, { a: 1, b: 2 }, true],
    [{ $keys: ['a'] }, { a: 1, b: 2 }, false],
    [{ $json: { a: 1 } }, '{"a":1}', true],
    [{ $json: { a: 1 } }, '{"a":1,"b":2}', false],
    [{ $oneOf: ['x', { $type: 'number' }] }, 3, true],
    [{ $oneOf: ['x', { $type: 'number' }] }, 'y', false],
    [{ $unheardOf: 1 }, 1, false],
  ])('%j against %j: %s', (expected, actual, outcome) => {
    expect(passes(expected, actual)).toBe(outcome);
  });
});

describe('the command line of the case runner', () => {
  let folder = '';
  let printed: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-cases-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(() => {
    jest.restoreAllMocks();
  });

  async function run(cases: unknown, ...options: string[]): Promise<number> {
    const file = join(folder, 'cases.json');
    await writeFile(file, JSON.stringify(cases));
    printed = [];
    const keep = (text: string): void => {
      printed.push(...text.split('\n'));
    };
    jest.spyOn(console, 'log').mockImplementation(keep);
    jest.spyOn(console, 'error').mockImplementation(keep);
    return main([file, ...options]);
  }

  const given = (id: string, area: string, expected: Record<string, Json>): GatewayCase => ({
    id,
    area,
    gateway: 'rest',
    api: {
      stage: 'dev',
      routes: [
        {
          method: 'GET',
          path: '/',
          integration: {
            type: 'MOCK',
            requestTemplates: { 'application/json': '{"statusCode": 200}' },
            responses: [{ statusCode: '200', selectionPattern: null }],
          },
        },
      ],
    },
    request: { method: 'GET', path: '/' },
    expect: expected,
  });

  it('counts what passed and failed alone on its last line, and exits 1 for a failure', async () => {
    const code = await run([given('good', 'one', { status: 200 }), given('bad', 'two', { status: 418 })]);
    expect(code).toBe(1);
    expect(printed.at(-1)).toBe('1 passed, 1 failed');
    expect(printed).toContain('rest one  1/1');
    expect(printed).toContain('rest two  0/1');
    expect(printed.join('\n')).toContain('✗ bad (rest, two)\n    status\n      expected 418\n      actual   200');
  });

  it('exits 0 when all passed, and chooses by area and id', async () => {
    const cases = [given('good-1', 'one', { status: 200 }), given('bad', 'two', { status: 418 })];
    expect(await run(cases, '--area', 'one')).toBe(0);
    expect(printed).toEqual(['rest one  1/1', '1 passed, 0 failed']);
    expect(await run(cases, '--id', 'good-*')).toBe(0);
    expect(await run(cases, '--id', 'good')).toBe(0);
    expect(printed).toEqual(['0 passed, 0 failed']);
  });

  it.each<[string, Partial<GatewayCase>]>([
    ['an expectation it does not know', { expect: { weather: 'fine' } }],
    ['a placeholder that stands for nothing', { request: { method: 'GET', path: '/{{nothing}}' } }],
    ['a key of the API it does not know', { api: { stage: 'dev', routes: [], magic: true } }],
    ['a gateway it does not know', { gateway: 'soap' as 'rest' }],
  ])('fails a case with %s instead of passing it by', async (_what, change) => {
    expect(await run([{ ...given('odd', 'one', { status: 200 }), ...change }])).toBe(1);
    expect(printed.at(-1)).toBe('0 passed, 1 failed');
  });

  it('exits 2 for a wrong command line and for a file that is no list', async () => {
    expect(await run({})).toBe(2);
    expect(await run([], '--colour')).toBe(2);
    expect(printed.join('\n')).toContain('Usage: npm run gateway-cases');
  });
});

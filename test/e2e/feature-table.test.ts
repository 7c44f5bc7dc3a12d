// The table of features holds: its tests exist, its refusals are refused by name, its docs say it; and no key of the
// language is left out by every project that is deployed.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse as parseYaml } from 'yaml';
import { formatProblems, parse } from '../project/project-fixture.ts';
import { deployedTexts } from './features/projects.ts';
import { everyKey, keysOf } from './features/said-keys.ts';
import { AREAS, type Feature, type Lacking } from './features/table.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const rows = Object.entries(AREAS).flatMap(([area, features]) =>
  features.map((one): [string, Feature] => [`${area}: ${one.feature}`, one]),
);

/** Keys that projects within other tests say, with the file that does. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/^models\.\*\.(capacity|backups|class|encryption|replicas|protect)/, 'test/e2e/tables.aws.test.ts'],
  [/^releases/, 'test/e2e/reports.aws.test.ts'],
  [/^usage$/, 'test/commands/cost-estimate.test.ts'],
  [/^function\.build\.native$/, 'test/build/build-options.test.ts'],
];

const sourceOf = (folder: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join(folder, name)))
    .join('\n');

/** `e2e/chat.aws.test.ts: lets in who …` → whether that file has a test of that name. */
function exists(shown: string): boolean {
  const [, file = '', name = ''] = /^(\S+): (.*)$/s.exec(shown) ?? [];
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`\\(\\s*(['"\`])${quoted}\\1`).test(read(join('test', file)));
}

describe.each(rows)('%s', (_, row) => {
  it('is shown by tests that exist, and told by the docs', () => {
    const shown = [row.ministack, row.moto, row.dev ?? { lacks: '' }].filter(
      (one): one is string => typeof one === 'string',
    );
    expect(shown.filter((one) => !exists(one))).toEqual([]);
    // One emulator at least shows it.
    expect([row.ministack, row.moto].filter((one: string | Lacking) => typeof one === 'string')).not.toEqual([]);
    const [, page = '', text = ''] = /^(\S+): (.*)$/s.exec(row.docs) ?? [];
    expect(read(join('docs', page))).toContain(text);
  });
});

it('every refusal of the table is a code of check, and provoked by a test of the language', () => {
  const codes = [...new Set(rows.flatMap(([, { refused = [] }]) => refused))];
  const [source, tests] = [sourceOf('src/project'), sourceOf('test/project')];
  const made = /^(?:\w+)_ON_(?:HTTP|REST|WEBSOCKET)$/;
  expect(codes.filter((code) => !source.includes(`'${code}'`) && !made.test(code))).toEqual([]);
  expect(codes.filter((code) => !tests.includes(code))).toEqual([]);
});

it('every project that is deployed is valid', () => {
  const problems = deployedTexts().flatMap((text) => formatProblems(parse(text)));
  expect(problems).toEqual([]);
});

it('every key of the language is said by a project that is deployed', () => {
  const said = new Set(deployedTexts().flatMap((text) => [...keysOf(parseYaml(text))]));
  const unsaid = [...everyKey()].filter((key) => !said.has(key));
  const left = unsaid.filter((key) => {
    const file = ELSEWHERE.find(([pattern]) => pattern.test(key))?.[1];
    return file === undefined || !read(file).includes(key.split('.').findLast((part) => part !== '*') ?? '');
  });
  expect(left).toEqual([]);
});

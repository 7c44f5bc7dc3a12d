// The complete example projects: what people copy must pass check as it stands.

import { readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { runCli } from '../../harness/cli.ts';
import { compile } from '../../harness/typed-project.ts';

const COMPLETE = ['products-rest', 'jobs-http', 'chat-websocket'];

it.each(COMPLETE)('examples/%s passes check without a warning', async (name) => {
  const { code, stdout, stderr } = await runCli(['check', '--json'], { cwd: `examples/${name}` });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, warnings: [], stages: [{ stage: 'dev' }, { stage: 'prod' }] });
});

const BY_AREA = readdirSync('examples').filter((name) => !COMPLETE.includes(name));

it.each(BY_AREA)('examples/%s passes check', async (name) => {
  const { code, stdout, stderr } = await runCli(['check', '--json'], { cwd: `examples/${name}` });
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, warnings: [] });
});

it('there is an example of each type of API', () => {
  expect(readdirSync('examples')).toEqual(expect.arrayContaining(COMPLETE));
});

it('examples/jobs-http has types that `apigen types` would write there today, and handlers that fit them', async () => {
  const { code, stdout } = await runCli(['types', '--check'], { cwd: 'examples/jobs-http' });
  expect([code, stdout]).toEqual([0, '✓ The types are up to date: 0 models, 2 routes\n']);
  const handlers = ['report', 'work', 'health'].map((name) => `examples/jobs-http/src/${name}.ts`);
  const flags = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', '--types', 'node'];
  expect(await compile('.', ...handlers, ...flags, '--allowImportingTsExtensions', '--ignoreConfig')).toEqual([]);
});

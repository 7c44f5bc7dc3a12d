// The complete example projects: what people copy must pass check as it stands.

import { readdirSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { runCli } from '../../harness/cli.ts';

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

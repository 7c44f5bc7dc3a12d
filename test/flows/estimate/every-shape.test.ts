// The complete examples priced: what they add to the bill is in it, or said aloud.

import { expect, it } from '@jest/globals';
import { runCli } from '../../harness/cli.ts';

const estimate = async (name: string, ...args: string[]) =>
  (await runCli(['cost-estimate', '--requests', '1M', ...args], { cwd: `examples/${name}` })).stdout;

it('prices the cache of a stage by its size', async () => {
  expect(await estimate('products-rest', '--stage', 'prod')).toMatch(/cache/i);
  expect(await estimate('products-rest', '--stage', 'dev')).not.toMatch(/0\.5 GB/);
});

it('says aloud which queues are not counted', async () => {
  expect(await estimate('jobs-http')).toContain('messages of the queue jobs');
});

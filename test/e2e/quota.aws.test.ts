import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { startCli } from '../harness/started-cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { wideProject } from './wide-project.ts';

// The bench has the true figures: 8 s until a role serves, and 60 routes. Here a role takes a second.
describe('20 REST routes with 20 functions behind AWS’s quotas and 80 ms of latency', () => {
  const name = `quota-${process.pid}`;
  let project: TemporaryProject;
  let proxy: QuotaProxy;

  const apigen = async (...args: readonly string[]): Promise<{ code: number; output: string; seconds: number }> => {
    proxy.restart();
    const started = performance.now();
    const cli = await startCli(args, { cwd: project.root, endpoint: proxy.endpoint, env: { APIGEN_PACE: 'aws' } });
    const ended = await cli.ended;
    return { ...ended, seconds: (performance.now() - started) / 1000 };
  };
  const refused = (): readonly string[] =>
    proxy
      .calls()
      .filter((call) => call.status === 429 || call.outcome === 'throttled')
      .map((call) => call.operation);
  const count = (operation: string): number => proxy.calls().filter((call) => call.operation === operation).length;

  beforeAll(async () => {
    project = await temporaryProject(wideProject(name, 20));
    proxy = await startQuotaProxy({
      target: process.env['MINISTACK_ENDPOINT'] ?? '',
      latencyMs: 80,
      rolePropagationMs: 1000,
    });
  });
  afterAll(async () => {
    await proxy.close();
    await project.remove();
  });

  it('deploy in under 15 s with no refused call', async () => {
    const { code, output, seconds } = await apigen('deploy', '--yes');
    expect([code, output]).toEqual([0, expect.stringContaining('✓')]);
    expect(refused()).toEqual([]);
    expect(seconds).toBeLessThan(15);
  }, 60_000);

  it('deploy with nothing to change makes no mutating call and no refused one', async () => {
    expect((await apigen('deploy', '--yes')).code).toBe(0);
    expect(refused()).toEqual([]);
    expect(proxy.calls().filter((call) => call.mutates)).toEqual([]);
    // One listing for many, where AWS counts 10 of them per second.
    expect(count('DescribeLogGroups')).toBeLessThan(20);
  }, 60_000);

  it('go with destroy, with no refused call', async () => {
    const { code, seconds } = await apigen('destroy', '--confirm', `${name}/dev`);
    expect(code).toBe(0);
    expect(refused()).toEqual([]);
    expect(seconds).toBeLessThan(30);
  }, 60_000);
});

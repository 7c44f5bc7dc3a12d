// A clock that is set in the midst of a deploy, the whole program with it: it finishes or ends clearly, and the next
// run converges.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { startCli } from '../harness/started-cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { sampleProject } from './sample-projects.ts';

const ministack = process.env['MINISTACK_ENDPOINT'] ?? '';
const movedClock = pathToFileURL(join(import.meta.dirname, '../harness/moved-clock.js')).href;
const hourMs = 3_600_000;
let count = 0;

describe('a clock that is set while a deploy runs', () => {
  let folder: string;
  let project: TemporaryProject;
  let proxy: QuotaProxy;

  beforeEach(async () => {
    count += 1;
    folder = await mkdtemp(join(tmpdir(), 'apigen-clock-'));
    project = await temporaryProject(sampleProject({ name: `clock-${process.pid}-${count}`, type: 'http' }));
    proxy = await startQuotaProxy({ target: ministack, quotas: false });
  });
  afterEach(async () => {
    await proxy.close();
    await project.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** The clock moves at the first CreateFunction. */
  const deployWhileItMoves = async (ms: number) => {
    const marker = join(folder, 'moved');
    proxy.setHook(async (call, phase) => {
      if (call.operation === 'CreateFunction' && phase === 'received') await writeFile(marker, '');
      return undefined;
    });
    const started = await startCli(['deploy', '--yes'], {
      cwd: project.root,
      endpoint: proxy.endpoint,
      nodeOptions: ['--import', movedClock],
      env: { MOVED_CLOCK: marker, MOVED_CLOCK_MS: String(ms) },
    });
    const ended = await started.ended;
    proxy.setHook(undefined);
    return ended;
  };
  const converges = async (): Promise<void> => {
    const run = async () =>
      (await startCli(['deploy', '--yes'], { cwd: project.root, endpoint: proxy.endpoint })).ended;
    expect(await run()).toMatchObject({ code: 0 });
    proxy.restart();
    expect(await run()).toMatchObject({ code: 0 });
    expect(proxy.calls().filter((call) => call.mutates)).toEqual([]);
  };

  it('forward by an hour ends it: the lease may be over, so no call leaves, and it says so', async () => {
    const { code, output } = await deployWhileItMoves(hourMs);
    expect([code, output]).toEqual([1, expect.stringMatching(/LOCK_LOST|LEASE/)]);
    expect(output).not.toMatch(/^\s+at /m);
    expect(proxy.calls().filter(({ operation }) => operation === 'CreateStage')).toEqual([]);
    await converges();
  }, 120_000);

  it('back by an hour: it finishes all the same', async () => {
    const { code, output } = await deployWhileItMoves(-hourMs);
    expect([code, output]).toEqual([0, expect.not.stringMatching(/^\s+at /m)]);
    await converges();
  }, 120_000);
});

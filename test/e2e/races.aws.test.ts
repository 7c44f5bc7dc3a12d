import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../src/aws/until.ts';
import { inventoryOf } from '../harness/crash-sweep/inventory.ts';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { type StartedCli, startCli } from '../harness/started-cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { sampleProject, versionHandler } from './sample-projects.ts';

const ministack = process.env['MINISTACK_ENDPOINT'] ?? '';
const movedClock = pathToFileURL(join(import.meta.dirname, '../harness/moved-clock.js')).href;
/** RACES_REAL_TIME=1: the paused deploy truly sleeps so long, instead of waking to clocks that were moved. */
const realTime = process.env['RACES_REAL_TIME'] === '1';
/** Past the lease of 60 s, and the 30 s after it. */
const pauseMs = 100_000;

describe('two deploys of one stage', () => {
  let name: string;
  let project: TemporaryProject;
  let other: TemporaryProject;
  let proxy: QuotaProxy;
  let otherProxy: QuotaProxy;
  let letGo = (): void => undefined;
  const started: StartedCli[] = [];

  const apigen = async (
    folder: TemporaryProject,
    through: QuotaProxy,
    args: readonly string[],
  ): Promise<StartedCli> => {
    const cli = await startCli(args, {
      cwd: folder.root,
      endpoint: through.endpoint,
      nodeOptions: ['--import', movedClock],
      env: { MOVED_CLOCK: join(project.root, 'clock-moved'), MOVED_CLOCK_MS: String(pauseMs) },
    });
    started.push(cli);
    return cli;
  };
  const deploy = (folder: TemporaryProject, through: QuotaProxy, ...args: readonly string[]): Promise<StartedCli> =>
    apigen(folder, through, ['deploy', '--yes', '--json', ...args]);

  /** Resolves when the deploy is in the midst of its changes; its first CreateFunction waits for `goOn`. */
  const inTheMidst = (): { readonly reached: Promise<void>; readonly goOn: () => void } => {
    let arrived = (): void => undefined;
    let goOn = (): void => undefined;
    const reached = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const opened = new Promise<undefined>((resolve) => {
      goOn = () => resolve(undefined);
    });
    letGo = goOn;
    proxy.setHook((call, phase) => {
      if (call.operation !== 'CreateFunction' || phase !== 'received') return undefined;
      arrived();
      return opened;
    });
    return { reached, goOn };
  };

  beforeEach(async () => {
    name = `race-${process.pid}-${started.length}`;
    project = await temporaryProject(sampleProject({ name, type: 'http' }));
    other = await temporaryProject(sampleProject({ name, type: 'http' }));
    proxy = await startQuotaProxy({ target: ministack, quotas: false, latencyMs: 20 });
    otherProxy = await startQuotaProxy({ target: ministack, quotas: false });
  });
  afterEach(async () => {
    // A call that still waits in a hook would keep its proxy open.
    letGo();
    for (const cli of started) cli.process.kill('SIGKILL');
    for (const folder of [project, other]) await folder.remove();
    for (const one of [proxy, otherProxy]) await one.close();
  });

  it('the second says who runs, since when, and how to wait; it changes nothing; with --wait it comes after', async () => {
    const { reached, goOn } = inTheMidst();
    const first = await deploy(project, proxy);
    await reached;
    const second = await (await deploy(other, otherProxy)).ended;
    expect(second.code).toBe(1);
    expect(second.output).toMatch(/LOCKED/);
    expect(second.output).toContain(`(process ${first.process.pid}) holds the lock since 20`);
    expect(second.output).toContain('apigen deploy --wait');
    expect(otherProxy.calls().filter((call) => call.mutates && call.operation !== 'UpdateItem')).toEqual([]);

    const third = await apigen(other, otherProxy, ['deploy', '--yes', '--wait']);
    await until(async () => third.output().includes('Waiting: ') || undefined, {
      timeoutMs: 30_000,
      describe: 'the third deploy to say that it waits',
    });
    expect(third.output()).toContain(`(process ${first.process.pid}) holds the lock since`);
    goOn();
    expect((await first.ended).code).toBe(0);
    const waited = await third.ended;
    expect([waited.code, waited.output]).toEqual([0, expect.stringMatching(/✓/)]);
    expect((await inventoryOf(ministack, name)).lines.filter((line) => line.startsWith('HTTP API'))).toHaveLength(1);
  }, 120_000);

  it('`unlock` leaves a running deploy its lock, and takes that of a killed one away', async () => {
    const { reached, goOn } = inTheMidst();
    const first = await deploy(project, proxy);
    await reached;
    const refused = await (await apigen(other, otherProxy, ['unlock', '--json'])).ended;
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('LOCKED')]);
    first.process.kill('SIGKILL');
    await first.ended;
    const broken = await (await apigen(other, otherProxy, ['unlock', '--json'])).ended;
    expect([broken.code, broken.output]).toEqual([0, expect.stringContaining('"unlocked": true')]);
    goOn();
    const second = await (await deploy(other, otherProxy)).ended;
    expect(second.code).toBe(0);
  }, 120_000);

  it('one that was paused past its lease sends no call after another has taken over', async () => {
    const { reached, goOn } = inTheMidst();
    const loser = await deploy(project, proxy);
    await reached;
    loser.process.kill('SIGSTOP');
    goOn();
    proxy.setHook(undefined);
    if (realTime) await sleep(pauseMs);
    else await writeFile(join(project.root, 'clock-moved'), '');
    await other.write({ 'src/version.ts': versionHandler('two') });
    const winner = await (await deploy(other, otherProxy)).ended;
    expect([winner.code, winner.output]).toEqual([0, expect.stringContaining('"release": 1')]);
    const standing = await inventoryOf(ministack, name);

    proxy.restart();
    expect(existsSync(`/proc/${loser.process.pid}`) || process.platform !== 'linux').toBe(true);
    loser.process.kill('SIGCONT');
    const { code, output } = await loser.ended;
    expect([code, output]).toEqual([1, expect.stringContaining('LOCK_LOST')]);
    expect(proxy.calls()).toEqual([]);
    expect(await inventoryOf(ministack, name)).toEqual(standing);
    otherProxy.restart();
    expect((await (await deploy(other, otherProxy)).ended).code).toBe(0);
    expect(otherProxy.calls().filter((call) => call.mutates)).toEqual([]);
  }, 240_000);
});

// What goes wrong around a deploy: a clear end, the exit code that says so, and a run again that converges.

import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { builtProgram } from '../harness/built-program.ts';
import { inventoryOf } from '../harness/crash-sweep/inventory.ts';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { startCli } from '../harness/started-cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { sampleProject } from './sample-projects.ts';

const ministack = process.env['MINISTACK_ENDPOINT'] ?? '';
let count = 0;

describe('a deploy', () => {
  let name: string;
  let project: TemporaryProject;
  let proxy: QuotaProxy;
  const start = (...args: readonly string[]) => startCli(args, { cwd: project.root, endpoint: proxy.endpoint });
  const run = async (...args: readonly string[]) => (await start(...args)).ended;
  /** Runs it again; afterwards there is nothing left to do, and one API. */
  const converges = async (): Promise<void> => {
    expect(await run('deploy', '--yes')).toMatchObject({ code: 0 });
    proxy.restart();
    expect(await run('deploy', '--yes')).toMatchObject({ code: 0 });
    expect(proxy.calls().filter((call) => call.mutates)).toEqual([]);
    const { lines } = await inventoryOf(ministack, name);
    expect(lines.filter((line) => line.startsWith('REST API'))).toHaveLength(1);
  };

  beforeEach(async () => {
    count += 1;
    name = `bad-${process.pid}-${count}`;
    project = await temporaryProject(sampleProject({ name, type: 'rest' }));
    proxy = await startQuotaProxy({ target: ministack, quotas: false });
  });
  afterEach(async () => {
    await proxy.close();
    await project.remove();
  });

  it('whose credentials expire in its midst says so and how to sign in; the next one goes on', async () => {
    proxy.setHook((call) => {
      if (call.operation === 'CreateFunction') proxy.setCredentialsExpired(true);
      return undefined;
    });
    const { code, output } = await run('deploy', '--yes');
    expect([code, output]).toEqual([1, expect.stringContaining('CREDENTIALS_EXPIRED')]);
    expect(output).toContain('sign in again');
    expect(output).not.toMatch(/^\s+at /m);
    proxy.setHook(undefined);
    proxy.setCredentialsExpired(false);
    await converges();
  }, 120_000);

  it('that meets a hard limit of the account asks once, and says what to do', async () => {
    proxy.addFault({ fault: 'limit', operation: 'CreateRestApi' });
    const { code, output } = await run('deploy', '--yes');
    expect([code, output]).toEqual([1, expect.stringContaining('LIMIT_REACHED')]);
    expect(output).toContain('Maximum number of APIs');
    expect(output).toContain('Service Quotas');
    expect(proxy.calls().filter((call) => call.operation === 'CreateRestApi')).toHaveLength(1);
    await converges();
  }, 120_000);

  it('lets running work finish after one Ctrl-C, and ends with 130; the next one goes on', async () => {
    const started = await start('deploy', '--yes');
    let isSent = false;
    proxy.setHook(async (call, phase) => {
      if (call.operation !== 'CreateFunction' || phase !== 'received' || isSent) return undefined;
      // Functions are made side by side: a second signal would be a second Ctrl-C.
      isSent = true;
      started.process.kill('SIGINT');
      await sleep(300);
      return undefined;
    });
    const { code, output } = await started.ended;
    expect([code, output]).toEqual([130, expect.stringContaining('INTERRUPTED')]);
    expect(output).toContain('running work may finish');
    const created = proxy.calls().filter((call) => call.operation === 'CreateFunction');
    expect(created.map((call) => call.outcome)).toEqual(created.map(() => 'passed'));
    expect(proxy.calls().filter((call) => call.operation === 'CreateStage')).toEqual([]);
    proxy.setHook(undefined);
    await converges();
  }, 120_000);

  it('leaves at once after a second Ctrl-C, and the next one goes on', async () => {
    const started = await start('deploy', '--yes');
    let signals = 0;
    proxy.setHook(async (call, phase) => {
      if (call.operation !== 'CreateFunction' || phase !== 'received' || signals > 0) return undefined;
      signals = 2;
      started.process.kill('SIGINT');
      await sleep(300);
      started.process.kill('SIGINT');
      await started.ended;
      return 'drop';
    });
    expect((await started.ended).code).toBe(130);
    proxy.setHook(undefined);
    await converges();
  }, 120_000);

  it('plan | head -1 ends without a stack and without a failure', async () => {
    const { PATH, HOME } = process.env;
    const script = `set -o pipefail; "${process.execPath}" "${await builtProgram()}" plan 2>&1 | head -1; echo "code \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], {
      cwd: project.root,
      env: {
        PATH,
        HOME,
        AWS_ENDPOINT_URL: proxy.endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
    });
    expect(stdout).toMatch(/code 0\n$/);
    expect(stdout + stderr).not.toMatch(/EPIPE|^\s+at /m);
  }, 60_000);
});

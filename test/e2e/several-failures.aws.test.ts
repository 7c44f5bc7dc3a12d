// Several things that fail at once: each is said, none hides another, and the run that follows goes on.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { inventoryOf } from '../harness/crash-sweep/inventory.ts';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { sampleProject } from './sample-projects.ts';

const ministack = process.env['MINISTACK_ENDPOINT'] ?? '';

describe('a stage on which several calls fail', () => {
  const name = `several-${process.pid}`;
  let project: TemporaryProject;
  let proxy: QuotaProxy;
  const apigen = (...args: readonly string[]) =>
    runCli(args, {
      cwd: project.root,
      env: { AWS_ENDPOINT_URL: proxy.endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    });
  const failing = (operation: string, functions: readonly string[]): void => {
    for (const one of functions) {
      proxy.addFault({ fault: 'limit', operation, resource: `${name}-dev-${one}` });
    }
  };

  beforeAll(async () => {
    project = await temporaryProject(sampleProject({ name, type: 'http' }));
    proxy = await startQuotaProxy({ target: ministack, quotas: false });
  });
  afterAll(async () => {
    await proxy.close();
    await project.remove();
  });

  it('is told each failure of a deploy, that nothing has moved, and what to type', async () => {
    failing('CreateFunction', ['notes-create', 'notes-get']);
    const { code, stderr } = await apigen('deploy', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('The deploy stopped before the cut-over: what is live has not changed (2 errors)');
    expect(stderr.match(/LIMIT_REACHED/g)).toHaveLength(2);
    expect(stderr).toContain('apigen deploy    (finished resources are skipped)');
    expect(proxy.calls().filter(({ operation }) => operation === 'CreateStage')).toEqual([]);
    expect(await apigen('deploy', '--yes')).toMatchObject({ code: 0 });
  }, 60_000);

  it('gives a script the same in one document', async () => {
    failing('DeleteFunction', ['notes-create', 'notes-get']);
    const { code, stdout } = await apigen('destroy', '--confirm', `${name}/dev`, '--json');
    const { error } = JSON.parse(stdout);
    expect([code, error.code, error.errors.length]).toEqual([1, 'SEVERAL_FAILED', 2]);
    expect(error.summary).toBe('The stage is only partly destroyed (2 errors)');
    expect(error.errors.every((one: { code: string }) => one.code === 'LIMIT_REACHED')).toBe(true);
    expect(error.hint).toBe('apigen destroy    (finished resources are skipped)');
  }, 60_000);

  it('is destroyed by typing it again, which says why a table stays', async () => {
    const kept = await apigen('destroy', '--keep-tables', '--confirm', `${name}/dev`);
    expect(kept).toMatchObject({ code: 0, stdout: expect.stringMatching(/✓ Deleted \d+ resources of /) });
    expect(kept.stdout).toContain(`table ${name}-dev-Note is kept with its data (--keep-tables; without it`);
    expect(await apigen('destroy', '--confirm', `${name}/dev`)).toMatchObject({ code: 0 });
    expect((await inventoryOf(ministack, name)).lines).toEqual([]);
    expect((await apigen('destroy', '--confirm', `${name}/dev`)).stdout).toContain(`Nothing of ${name}/dev is there.`);
    expect(await apigen('destroy', '--confirm', 'another/dev')).toMatchObject({ code: 0 });
  }, 60_000);

  it('is not touched when the name that was given is another one', async () => {
    expect(await apigen('deploy', '--yes')).toMatchObject({ code: 0 });
    const { code, stderr } = await apigen('destroy', '--confirm', `${name}/prod`);
    expect([code, stderr]).toEqual([2, expect.stringContaining('NOT_CONFIRMED')]);
    expect((await inventoryOf(ministack, name)).lines.length).toBeGreaterThan(5);
    expect(await apigen('destroy', '--confirm', `${name}/dev`)).toMatchObject({ code: 0 });
  }, 60_000);
});

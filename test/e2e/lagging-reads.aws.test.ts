// AWS's reads lag behind its writes, lists above all: for some seconds they answer what was before.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { inventoryOf } from '../harness/crash-sweep/inventory.ts';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { sampleProject, versionHandler } from './sample-projects.ts';

const ministack = process.env['MINISTACK_ENDPOINT'] ?? '';

for (const type of ['http', 'rest'] as const) {
  describe(`a stage whose reads and lists lag 2 s behind its writes, ${type}`, () => {
    const name = `lagging-${process.pid}-${type}`;
    let project: TemporaryProject;
    let proxy: QuotaProxy;
    const apigen = async (...args: readonly string[]) => {
      proxy.restart();
      const env = { AWS_ENDPOINT_URL: proxy.endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
      return runCli(args, { cwd: project.root, env });
    };

    beforeAll(async () => {
      project = await temporaryProject(sampleProject({ name, type }));
      proxy = await startQuotaProxy({ target: ministack, quotas: false, staleReadsMs: 2000 });
    });
    afterAll(async () => {
      await proxy.close();
      await project.remove();
    });

    it('is deployed and deployed again, with nothing made twice', async () => {
      expect(await apigen('deploy', '--yes')).toMatchObject({ code: 0 });
      await project.write({ 'src/version.ts': versionHandler('two') });
      expect(await apigen('deploy', '--yes')).toMatchObject({ code: 0 });
      const { lines } = await inventoryOf(ministack, name);
      expect(lines.filter((line) => / API /.test(line))).toHaveLength(1);
    }, 120_000);

    it('is destroyed: what lists still name is looked for again before it is said to be left', async () => {
      // A table is waited for, which would take as long as the lists lag.
      const { code, stderr } = await apigen('destroy', '--keep-tables', '--confirm', `${name}/dev`);
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('NOT_EMPTY')]);
      const list = type === 'http' ? 'GetApis' : 'GetRestApis';
      const looks = proxy.calls().flatMap(({ operation, outcome }) => (operation === list ? [outcome] : []));
      expect(looks).toContain('stale');
      expect((await inventoryOf(ministack, name)).lines).toEqual([`table ${name}-dev-Note`]);
      expect(await apigen('destroy', '--confirm', `${name}/dev`)).toMatchObject({ code: 0 });
      expect((await inventoryOf(ministack, name)).lines).toEqual([]);
    }, 120_000);
  });
}

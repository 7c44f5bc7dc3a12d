import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textWidth } from '../../src/ui/text-width.ts';
import { runCli } from '../harness/cli.ts';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { sampleProject, versionHandler } from './sample-projects.ts';

interface Route {
  readonly method: string;
  readonly url: string;
}

for (const type of ['http', 'rest'] as const) {
  describe(`the main job on MiniStack, as ${type}`, () => {
    let project: TemporaryProject;
    let proxy: QuotaProxy;
    let routes: readonly Route[] = [];
    const env = (): NodeJS.ProcessEnv => ({
      AWS_ENDPOINT_URL: proxy.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    const apigen = async (...args: readonly string[]) => {
      const result = await runCli([...args, '--json'], { cwd: project.root, env: env() });
      return { code: result.code, json: JSON.parse(result.stdout || 'null'), stderr: result.stderr };
    };
    const url = (method: string, path: string): string =>
      routes.find((route) => route.method === method && route.url.endsWith(path))?.url ?? '';
    const mutating = (): readonly string[] =>
      proxy
        .calls()
        .filter((call) => call.mutates && call.outcome === 'passed')
        .map((call) => call.operation);

    beforeAll(async () => {
      project = await temporaryProject(sampleProject({ name: `main-${type}`, type }));
      proxy = await startQuotaProxy({ target: process.env['MINISTACK_ENDPOINT'] ?? '', quotas: false });
    });
    afterAll(async () => {
      await proxy.close();
      await project.remove();
    });

    it('plans everything as new and writes nothing', async () => {
      const { code, json } = await apigen('plan');
      expect(code).toBe(0);
      expect(json.changes.every((change: { action: string }) => change.action === 'create')).toBe(true);
      expect(json.publicRoutes).toContain('public: GET /version');
      expect(mutating()).toEqual([]);
    });

    it('deploys it and names the address of every route', async () => {
      const { code, json, stderr } = await apigen('deploy', '--yes');
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(json.release).toBe(1);
      routes = json.routes;
      expect(routes).toHaveLength(4);
    });

    it('serves it: a note is written and read back through its own least-privilege role', async () => {
      const created = await fetch(url('POST', '/notes'), {
        method: 'POST',
        body: JSON.stringify({ id: 'n1', text: 'hello' }),
      });
      expect([created.status, await created.json()]).toEqual([201, { id: 'n1', text: 'hello' }]);
      const read = await fetch(url('GET', '/notes/{id}').replace('{id}', 'n1'));
      expect([read.status, await read.json()]).toEqual([200, { id: 'n1', text: 'hello' }]);
      expect((await fetch(url('GET', '/health'))).status).toBe(200);
    });

    it('makes no mutating call when nothing has changed', async () => {
      proxy.restart();
      const { code, json } = await apigen('deploy', '--yes');
      expect([code, json.changed]).toEqual([0, false]);
      expect(mutating()).toEqual([]);
    });

    it('touches one function when one handler changed, and the next call is served by it', async () => {
      expect(await (await fetch(url('GET', '/version'))).text()).toBe('one');
      await project.write({ 'src/version.ts': versionHandler('two') });
      proxy.restart();
      const { json } = await apigen('deploy', '--yes');
      expect(json.plan.changes.map((change: { node: string }) => change.node)).toEqual([
        'function:version',
        'alias:version@v1',
      ]);
      expect(mutating().filter((operation) => !/Item/.test(operation))).toEqual([
        'UpdateFunctionCode',
        'PublishVersion',
        'UpdateAlias',
      ]);
      expect(await (await fetch(url('GET', '/version'))).text()).toBe('two');
    });

    it('shows two releases and returns to the first one, and the next deploy really deploys', async () => {
      const { json } = await apigen('releases');
      expect(json.map((release: { number: number }) => release.number)).toEqual([2, 1]);
      const back = await apigen('rollback', '1', '--yes');
      expect([back.code, back.json.rollbackOf]).toEqual([0, 1]);
      expect(await (await fetch(url('GET', '/version'))).text()).toBe('one');
      expect((await apigen('drift')).code).toBe(0);
      const again = await apigen('deploy', '--yes');
      expect(again.json.changed).toBe(true);
      expect(await (await fetch(url('GET', '/version'))).text()).toBe('two');
    });

    it('says what a change costs a month: more memory costs as much more as its GB-seconds', async () => {
      const yml = sampleProject({ name: `main-${type}`, type })['apigen.yml'] ?? '';
      const usage = 'usage: { requests: 10M, duration: 100ms }\n';
      await project.write({ 'apigen.yml': yml + usage });
      expect((await apigen('plan')).json.cost.hasUsage).toBe(true);
      const heavier = yml.replace('src/version.handler', '{ handler: src/version.handler, memory: 1024 }');
      const shared =
        type === 'http' ? heavier.replace('health: src/version.handler', 'health: src/notes/get.handler') : heavier;
      await project.write({ 'apigen.yml': shared + usage });
      const { json } = await apigen('plan');
      // eu-west-1, arm64: 2.5M requests × 0.1 s × (1 − 0.25) GB × $0.0000133334, to the cent.
      const lambda = json.cost.lines.find((line: { item: string }) => /Duration/.test(line.item));
      expect(Number(lambda.difference)).toBeCloseTo(2_500_000 * 0.1 * 0.75 * 0.0000133334, 2);
    });

    it('moves nothing before the last create and removes nothing before the move', async () => {
      const changed = sampleProject({ name: `main-${type}`, type, routes: '      GET /extra: src/extra.handler\n' });
      await project.write({
        ...changed,
        'src/extra.ts': versionHandler('extra'),
        'src/version.ts': versionHandler('three'),
      });
      proxy.restart();
      expect((await apigen('deploy', '--yes')).code).toBe(0);
      const calls = mutating();
      const moves = calls.flatMap((operation, at) => (/^Update(Alias|Stage)$/.test(operation) ? [at] : []));
      expect(moves.length).toBeGreaterThan(0);
      expect(Math.min(...moves)).toBeGreaterThan(
        calls.findLastIndex((operation) => /^(Create|Put[MI])/.test(operation)),
      );
      expect(calls.slice(0, Math.max(...moves)).filter((operation) => /^Delete/.test(operation))).toEqual([]);
    });

    it('says before a rollback what would move, from where to where, within 60 columns, and moves nothing', async () => {
      proxy.restart();
      const releases = (await apigen('releases')).json.map((release: { number: number }) => release.number);
      const before = releases[1];
      const { code, json } = await apigen('rollback', '--plan');
      expect([code, json.rollbackOf]).toEqual([0, before]);
      const moveOf = (title: string) => json.moves.find((move: { title: string }) => move.title === title);
      const alias = moveOf('alias');
      expect(alias).toMatchObject({ node: 'alias:version@v1', from: { version: '3' }, to: { version: '2' } });
      expect(alias.from.publication).toMatch(/^apigen:/);
      expect(alias.to.publication).not.toBe(alias.from.publication);
      const stage = moveOf('stage');
      expect([stage.from.release, stage.to.release]).toEqual([releases[0], before]);
      expect(stage.from.deploymentId).not.toBe(stage.to.deploymentId);

      const narrow = { cwd: project.root, env: env(), columns: 60 };
      const { stdout } = await runCli(['rollback', '--plan'], narrow);
      const text = stripVTControlCharacters(stdout);
      expect(text).toContain('version 3 → 2');
      expect(text).toContain(`deployment of release ${releases[0]} → of release ${before}`);
      expect(text).not.toContain(stage.from.deploymentId);
      expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(60);
      const verbose = await runCli(['rollback', '--plan', '--verbose'], { cwd: project.root, env: env() });
      expect(verbose.stdout).toContain(`deploymentId ${stage.from.deploymentId} → ${stage.to.deploymentId}`);
      expect(mutating()).toEqual([]);
    });

    it('destroys it and leaves nothing', async () => {
      const { code, json } = await apigen('destroy', '--confirm', `main-${type}/dev`);
      expect(code).toBe(0);
      expect(json.deleted.length).toBeGreaterThan(10);
      const again = await apigen('destroy', '--confirm', `main-${type}/dev`);
      expect(again.json.deleted).toEqual([]);
    });
  });
}

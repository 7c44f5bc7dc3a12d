import { LambdaClient, ListAliasesCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { sampleProject, versionHandler } from './sample-projects.ts';

interface Route {
  readonly method: string;
  readonly url: string;
}

/** A function that a queue runs: each message is for one API version. */
const worker = `queues: { jobs: {} }
functions:
  worker: { handler: src/worker.handler, on: [{ queue: jobs }] }
`;

const withWorker = (files: Record<string, string>): Record<string, string> => ({
  ...files,
  'apigen.yml': `${files['apigen.yml']}${worker}`,
  'src/worker.ts': versionHandler('worker'),
});

for (const type of ['http', 'rest'] as const) {
  describe(`API versions and canaries on MiniStack, as ${type}`, () => {
    const name = `ver-${type}`;
    let project: TemporaryProject;
    let proxy: QuotaProxy;
    const lambda = new LambdaClient({
      endpoint: process.env['MINISTACK_ENDPOINT'] ?? '',
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const routes = new Map<string, readonly Route[]>();
    const apigen = async (...args: readonly string[]) => {
      const env = { AWS_ENDPOINT_URL: proxy.endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
      const result = await runCli([...args, '--json'], { cwd: project.root, env });
      return { code: result.code, json: JSON.parse(result.stdout || 'null'), stderr: result.stderr };
    };
    const saying = async (version: string): Promise<string> => {
      const url = routes.get(version)?.find((route) => route.url.endsWith('/version'))?.url ?? '';
      return (await fetch(url)).text();
    };
    const mutating = (): readonly string[] =>
      proxy
        .calls()
        .filter((call) => call.mutates && call.outcome === 'passed' && !/Item/.test(call.operation))
        .map((call) => call.operation);
    const aliases = async (logical: string) => {
      const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName: `${name}-dev-${logical}` }));
      return Object.fromEntries(
        Aliases.map(({ Name, FunctionVersion, RoutingConfig }) => [
          Name,
          [FunctionVersion, RoutingConfig?.AdditionalVersionWeights ?? {}],
        ]),
      );
    };
    const deploy = async (version: string, ...args: readonly string[]) => {
      const result = await apigen('deploy', '--yes', ...(version === 'v1' ? [] : ['--api-version', version]), ...args);
      expect([result.code, result.stderr, result.json.error]).toEqual([0, '', undefined]);
      routes.set(version, result.json.routes);
      return result.json;
    };

    beforeAll(async () => {
      project = await temporaryProject(withWorker(sampleProject({ name, type })));
      proxy = await startQuotaProxy({ target: process.env['MINISTACK_ENDPOINT'] ?? '', quotas: false });
      await deploy('v1');
    });
    afterAll(async () => {
      await proxy.close();
      await project.remove();
    });

    it('deploys v2 beside v1: an API and aliases of its own, nothing of v1 touched', async () => {
      await project.write({
        ...withWorker(sampleProject({ name, type, routes: '      GET /more: src/version.handler\n' })),
        'src/version.ts': versionHandler('two'),
      });
      proxy.restart();
      const { json } = await apigen('plan', '--api-version', 'v2');
      expect(json.apiVersion).toBe('v2');
      expect(json.triggersIn).toBe('v1');
      const deployed = await deploy('v2');
      expect(deployed.release).toBe(1);
      expect(deployed.routes.some(({ url }: Route) => url.endsWith('/more'))).toBe(true);
      expect(mutating()).not.toContain('CreateTable');
      expect(mutating()).not.toContain('CreateEventSourceMapping');
      expect(await aliases('version')).toEqual({ v1: ['1', {}], v2: ['2', {}] });
      expect([await saying('v1'), await saying('v2')]).toEqual(['one', 'two']);
      expect((await apigen('deploy', '--api-version', 'v2', '--yes')).json.changed).toBe(false);
    });

    it('lists both with their releases and addresses', async () => {
      const { json } = await apigen('versions', 'list');
      expect(json.map(({ version, release }: { version: string; release: number }) => [version, release])).toEqual([
        ['v1', 1],
        ['v2', 1],
      ]);
      const [one, two] = json.map(({ apis }: { apis: readonly { url: string }[] }) => apis[0]?.url);
      expect(routes.get('v1')?.[0]?.url.startsWith(one)).toBe(true);
      expect(routes.get('v2')?.[0]?.url.startsWith(two)).toBe(true);
    });

    it('shares the table: what one writes the other reads', async () => {
      const post = routes.get('v1')?.find((route) => route.method === 'POST')?.url ?? '';
      const get = routes.get('v2')?.find(({ url }) => url.endsWith('/notes/{id}'))?.url ?? '';
      await fetch(post, { method: 'POST', body: JSON.stringify({ id: 'n', text: 'shared' }) });
      expect(await (await fetch(get.replace('{id}', 'n'))).json()).toEqual({ id: 'n', text: 'shared' });
    });

    it("finds nothing to change for v1 in v1's source, though v2 changed the code of its functions since", async () => {
      await project.write({ ...withWorker(sampleProject({ name, type })) });
      proxy.restart();
      expect((await apigen('drift')).code).toBe(0);
      expect((await apigen('deploy', '--yes')).json.changed).toBe(false);
      expect(mutating()).toEqual([]);
    });

    it('gives a canary a share by weights alone, and no one anything else', async () => {
      await project.write({ 'src/version.ts': versionHandler('three') });
      proxy.restart();
      const deployed = await deploy('v1', '--canary', '25%');
      expect(deployed.canary).toBe(0.25);
      expect(mutating()).toEqual(['UpdateFunctionCode', 'PublishVersion', 'UpdateAlias']);
      expect(await aliases('version')).toEqual({ v1: ['1', { 3: 0.25 }], v2: ['2', {}] });
      expect(await saying('v2')).toBe('two');
      expect((await apigen('deploy', '--yes', '--canary', '25%')).json.changed).toBe(false);
      expect((await apigen('drift')).code).toBe(0);
      expect((await apigen('plan')).json.canary).toEqual({ release: 2, share: 0.25 });
      expect((await apigen('releases')).json[0].canary).toBe(0.25);
    });

    it('takes another share, and is taken back by a rollback', async () => {
      await deploy('v1', '--canary', '50');
      expect((await aliases('version'))['v1']).toEqual(['1', { 3: 0.5 }]);
      const { code, json } = await apigen('rollback', '1', '--yes');
      expect([code, json.rollbackOf]).toEqual([0, 1]);
      expect((await aliases('version'))['v1']).toEqual(['1', {}]);
      expect(await saying('v1')).toBe('one');
    });

    it('is promoted, and then there is nothing to deploy and nothing to promote', async () => {
      await deploy('v1', '--canary', '10%');
      const { code, json } = await apigen('promote', '--yes');
      expect(code).toBe(0);
      expect((await aliases('version'))['v1']).toEqual(['3', {}]);
      expect(await saying('v1')).toBe('three');
      expect((await apigen('releases')).json[0]).toMatchObject({ number: json.release });
      expect((await apigen('deploy', '--yes')).json.changed).toBe(false);
      const again = await apigen('promote', '--yes');
      expect([again.code, again.json.error.code]).toEqual([1, 'NO_CANARY']);
    });

    it('refuses a canary that would move more than functions, and says what', async () => {
      await project.write({
        ...withWorker(sampleProject({ name, type, routes: '      GET /new: src/version.handler\n' })),
        'src/version.ts': versionHandler('four'),
      });
      proxy.restart();
      const { code, json } = await apigen('deploy', '--yes', '--canary', '10%');
      expect([code, json.error.code]).toEqual([1, 'CANARY_WHOLE']);
      expect(mutating()).toEqual([]);
    });

    it('removes v1, which v2 survives, and hands the triggers to it with the next deploy', async () => {
      const { code, json, stderr } = await apigen('versions', 'remove', 'v1', '--confirm', `${name}/dev/v1`);
      expect([code, stderr]).toEqual([0, expect.any(String)]);
      expect(json.deleted).toContain(`${name}-dev-version:v1`);
      expect(json.deleted).not.toContain(`${name}-dev-version`);
      expect(await saying('v2')).toBe('two');
      expect(await aliases('version')).toEqual({ v2: ['2', {}] });
      proxy.restart();
      await deploy('v2');
      expect(mutating()).toContain('CreateEventSourceMapping');
      expect(await saying('v2')).toBe('four');
    });

    it('refuses to remove the last one or one that is not there', async () => {
      const last = await apigen('versions', 'remove', 'v2', '--confirm', `${name}/dev/v2`);
      expect([last.code, last.json.error.code]).toEqual([1, 'LAST_VERSION']);
      const none = await apigen('versions', 'remove', 'v7');
      expect([none.code, none.json.error.code]).toEqual([1, 'NO_SUCH_VERSION']);
      const bad = await apigen('plan', '--api-version', '2');
      expect([bad.code, bad.json.error.hint]).toEqual([2, '--api-version v2']);
    });

    it('destroys the stage with every version, and leaves nothing', async () => {
      await deploy('v3');
      const { code } = await apigen('destroy', '--confirm', `${name}/dev`);
      expect(code).toBe(0);
      expect((await apigen('versions', 'list')).json).toEqual([]);
      const again = await apigen('destroy', '--confirm', `${name}/dev`);
      expect([again.code, again.json.deleted]).toEqual([0, []]);
    });
  });
}

describe('API versions and canaries on moto, as rest', () => {
  const endpoint = process.env['MOTO_ENDPOINT'] ?? '';

  it('stand side by side with aliases of their own, weighed and promoted, and go with the stage', async () => {
    const name = 'ver-moto';
    const project = await temporaryProject(sampleProject({ name, type: 'rest' }));
    const env = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const lambda = new LambdaClient({ endpoint, region: 'eu-west-1', credentials });
    const run = async (...args: readonly string[]) => {
      const { code, stdout } = await runCli([...args, '--json'], { cwd: project.root, env });
      const json = JSON.parse(stdout);
      expect([code, json.error]).toEqual([0, undefined]);
      return json;
    };
    const aliasOf = async (version: string) => {
      const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName: `${name}-dev-version` }));
      const found = Aliases.find(({ Name }) => Name === version);
      return [found?.FunctionVersion, found?.RoutingConfig?.AdditionalVersionWeights ?? {}];
    };
    try {
      await run('deploy', '--yes');
      await project.write({ 'src/version.ts': versionHandler('two') });
      await run('deploy', '--yes', '--api-version', 'v2');
      expect((await run('plan', '--api-version', 'v2')).changes).toEqual([]);
      expect([await aliasOf('v1'), await aliasOf('v2')]).toEqual([
        ['1', {}],
        ['2', {}],
      ]);
      await project.write({ 'src/version.ts': versionHandler('three') });
      await run('deploy', '--yes', '--canary', '10%');
      expect(await aliasOf('v1')).toEqual(['1', { 3: 0.1 }]);
      await run('promote', '--yes');
      expect([await aliasOf('v1'), await aliasOf('v2')]).toEqual([
        ['3', {}],
        ['2', {}],
      ]);
      expect((await run('plan')).changes).toEqual([]);
      await run('versions', 'remove', 'v1', '--confirm', `${name}/dev/v1`);
      expect(await aliasOf('v1')).toEqual([undefined, {}]);
      expect((await run('versions', 'list')).map(({ version }: { version: string }) => version)).toEqual(['v2']);
    } finally {
      await run('destroy', '--confirm', `${name}/dev`);
      expect((await run('destroy', '--confirm', `${name}/dev`)).deleted).toEqual([]);
      await project.remove();
    }
  });
});

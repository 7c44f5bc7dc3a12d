import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetAccountCommand, GetRestApisCommand, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { connectTo } from '../kinds/conformance/emulator.ts';
import { restShapes } from './rest-shapes-project.ts';

/** moto puts no mock by PutRestApi, drops what a cache's key holds, and cannot tell that a domain has no paths. */
const withoutGaps = (files: Record<string, string>): Record<string, string> => ({
  ...files,
  'apigen.yml': (files['apigen.yml'] ?? '')
    .replace(/ {6}GET \/mock: .*\n/, '')
    .replace(', by: [query.q]', '')
    .replace(/ {4}domain: .*\n/, ''),
});

for (const emulator of ['ministack', 'moto'] as const) {
  describe(`a REST API with all that one can have, on ${emulator}`, () => {
    const name = `shapes-${emulator}`;
    const endpoint = process.env[emulator === 'moto' ? 'MOTO_ENDPOINT' : 'MINISTACK_ENDPOINT'] ?? '';
    const env = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    let project: TemporaryProject;
    let backend: Server;
    let base = '';
    const files = (url: string) => (emulator === 'moto' ? withoutGaps(restShapes(name, url)) : restShapes(name, url));
    let value = '';

    const apigen = async (...args: readonly string[]) => {
      const result = await runCli([...args, '--json'], { cwd: project.root, env });
      return { code: result.code, json: JSON.parse(result.stdout || 'null'), stderr: result.stderr };
    };
    const call = async (path: string, init: RequestInit = {}) => {
      const answer = await fetch(base + path, init);
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    };
    const liveStage = async () => {
      const aws = await connectTo(emulator);
      const { items = [] } = await aws.apiGateway.send(new GetRestApisCommand({ limit: 500 }));
      const restApiId = items.find((api) => api.name === `${name}-dev-partner`)?.id;
      return aws.apiGateway.send(new GetStageCommand({ restApiId, stageName: 'dev' }));
    };

    beforeAll(async () => {
      backend = createServer((request, response) => response.end(`backend ${request.url}`));
      await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
      const { port } = backend.address() as AddressInfo;
      project = await temporaryProject(files(`http://0.0.0.0:${port}`));
    });
    afterAll(async () => {
      backend.close();
      await project.remove();
    });

    it('is planned with the role for logs named, if the account has none, and deployed', async () => {
      const { cloudwatchRoleArn } = await (await connectTo(emulator)).apiGateway.send(new GetAccountCommand({}));
      const planned = await apigen('plan');
      expect([planned.code, planned.stderr]).toEqual([0, '']);
      const says = planned.json.changes.some((change: { node: string }) => change.node === 'gateway-account');
      expect(says).toBe(!cloudwatchRoleArn);
      const { code, json, stderr } = await apigen('deploy', '--yes');
      expect([code, stderr]).toEqual([0, '']);
      if (emulator === 'ministack')
        expect(json.domains).toMatchObject([
          { domain: `${name}.example.com`, target: expect.stringMatching(/amazonaws/) },
        ]);
      const version = json.routes.find((route: { url: string }) => route.url.endsWith('/version'));
      base = version.url.replace(/\/version$/, '');
    });

    it('is planned again to nothing', async () => {
      const { code, json } = await apigen('plan', '--detailed-exitcode');
      expect([json.changes, code]).toEqual([[], 0]);
    });

    it('has the stage that was asked for', async () => {
      expect(await liveStage()).toMatchObject({
        cacheClusterEnabled: true,
        cacheClusterSize: '0.5',
        tracingEnabled: true,
        tags: { team: 'checkout', tier: 'gold' },
        variables: { colour: 'green' },
        accessLogSettings: {
          destinationArn: expect.stringContaining(`:log-group:/aws/apigateway/${name}-dev-partner`),
          format: expect.stringContaining('$context.requestId'),
        },
        methodSettings: {
          '*/*': {
            throttlingRateLimit: 50,
            throttlingBurstLimit: 100,
            loggingLevel: 'ERROR',
            metricsEnabled: true,
            cachingEnabled: false,
          },
        },
      });
    });

    it('says why a cache cannot be flushed, where there is none', async () => {
      const { code, json, stderr } = await apigen('cache', 'flush', 'chat');
      expect([code, JSON.stringify(json) + stderr]).toEqual([1, expect.stringContaining('NO_CACHE')]);
    });

    it('makes, lists, rotates and removes keys, and shows a value only where it is asked for', async () => {
      const refused = await apigen('keys', 'create', 'acme', '--plan', 'gold');
      expect([refused.code, JSON.stringify(refused.json) + refused.stderr]).toEqual([
        1,
        expect.stringContaining('PLAN_UNKNOWN'),
      ]);
      const made = await apigen('keys', 'create', 'acme', '--plan', 'free');
      expect(made.json).toMatchObject({ name: 'acme', plans: ['partner/free'] });
      value = made.json.value;
      expect(value.length).toBeGreaterThanOrEqual(20);
      expect((await apigen('keys', 'create', 'acme')).code).toBe(1);
      const listed = await apigen('keys', 'list');
      expect(listed.json).toMatchObject([{ name: 'acme', plans: ['partner/free'], enabled: true, rotated: false }]);
      expect(JSON.stringify(listed.json)).not.toContain(value);
      expect((await apigen('keys', 'list', '--show')).json[0].value).toBe(value);

      const rotated = await apigen('keys', 'rotate', 'acme', '--grace', '7d');
      expect(rotated.json).toMatchObject({ name: 'acme', plans: ['partner/free'], old: { id: made.json.id } });
      expect(rotated.json.value).not.toBe(value);
      const both = (await apigen('keys', 'list')).json;
      expect(both.map((key: { rotated: boolean }) => key.rotated).sort()).toEqual([false, true]);
      expect((await apigen('keys', 'disable', 'acme')).code).toBe(0);
      expect((await apigen('keys', 'list')).json).toMatchObject([{ enabled: false }, { enabled: false }]);
      expect((await apigen('keys', 'enable', 'acme')).code).toBe(0);
      expect((await apigen('keys', 'remove', 'acme', '--old', '--yes')).json.removed).toEqual([made.json.id]);
      expect((await apigen('keys', 'remove', 'nobody', '--yes')).code).toBe(1);
      value = rotated.json.value;
      expect((await apigen('plan')).json.changes).toEqual([]);
    });

    if (emulator === 'ministack') {
      it('lets a key in, and nobody without one', async () => {
        expect(await call('/keyed')).toMatchObject({ status: 403 });
        expect(await call('/keyed', { headers: { 'x-api-key': value } })).toMatchObject({ status: 200, text: 'one' });
      });

      it('asks the authorizer', async () => {
        expect(await call('/guarded')).toMatchObject({ status: 401, text: '{"error":"who are you?"}' });
        expect(await call('/guarded', { headers: { authorization: 'let-me-in' } })).toMatchObject({ status: 200 });
        const denied = await call('/guarded', { headers: { authorization: 'me-too' } });
        expect([denied.status, denied.headers.get('access-control-allow-origin')]).toEqual([403, '*']);
        expect(await call('/mine')).toMatchObject({ status: 401 });
      });

      it('checks parameters and bodies', async () => {
        const body = JSON.stringify({ total: 12 });
        const headers = { 'content-type': 'application/json', 'x-tenant': 'acme' };
        expect(await call('/checked', { method: 'POST', body, headers })).toMatchObject({ status: 200, text: 'one' });
        expect(await call('/checked', { method: 'POST', body: '{"total":"many"}', headers })).toMatchObject({
          status: 400,
          text: expect.stringContaining('Invalid request body'),
        });
        expect(
          await call('/checked', { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
        ).toMatchObject({ status: 400, text: expect.stringContaining('X-Tenant') });
      });

      it('sends to a queue without a function, in the name of its own role', async () => {
        const sent = await call('/jobs', {
          method: 'POST',
          body: '{"job":1}',
          headers: { 'content-type': 'application/json' },
        });
        expect([sent.status, sent.text]).toEqual([200, expect.stringMatching(/messageId/i)]);
      });

      it('passes the rest on to another website, and answers mocks by itself', async () => {
        expect(await call('/old/a/b')).toMatchObject({ status: 200, text: 'backend /a/b' });
        expect((await call('/mock')).status).toBe(200);
      });
    }

    it('changes what apigen.yml changes, and then there is nothing to do', async () => {
      const yml = files('http://0.0.0.0:1')['apigen.yml'] ?? '';
      await project.write({
        'apigen.yml': yml
          .replace('      GET /guarded: { handler: src/version.handler, auth: legacy }\n', '')
          .replace('  legacy: { lambda: src/auth.handler, identity: [header.Authorization], ttl: 60 }\n', '')
          .replace(/ {6}UNAUTHORIZED: .*\n/, '')
          .replace('metrics: true', 'metrics: false'),
      });
      const { code, json, stderr } = await apigen('deploy', '--yes');
      expect([code, stderr]).toEqual([0, '']);
      expect(json.changed).toBe(true);
      expect((await apigen('plan')).json.changes).toEqual([]);
      expect((await liveStage()).methodSettings?.['*/*']?.metricsEnabled).toBe(false);
    });

    it('destroys it, keys and logs included, and leaves nothing', async () => {
      const { code, json } = await apigen('destroy', '--confirm', `${name}/dev`);
      expect(code).toBe(0);
      expect(json.deleted).toContain('acme');
      expect((await apigen('keys', 'list')).json).toEqual([]);
      expect((await apigen('destroy', '--confirm', `${name}/dev`)).json.deleted).toEqual([]);
      // The role for logs is the account's: it stays.
      const { cloudwatchRoleArn } = await (await connectTo(emulator)).apiGateway.send(new GetAccountCommand({}));
      expect(cloudwatchRoleArn).toBeTruthy();
    });
  });
}

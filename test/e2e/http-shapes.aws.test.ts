import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetApiMappingsCommand, GetApisCommand, GetStageCommand } from '@aws-sdk/client-apigatewayv2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { connectTo } from '../kinds/conformance/emulator.ts';
import { httpShapes } from './http-shapes-project.ts';

const name = 'http-shapes';

describe('an HTTP API with all that one can have, on MiniStack', () => {
  let project: TemporaryProject;
  let backend: Server;
  let routes: readonly { readonly url: string }[] = [];
  const env = {
    AWS_ENDPOINT_URL: process.env['MINISTACK_ENDPOINT'],
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const apigen = async (...args: readonly string[]) => {
    const result = await runCli([...args, '--json'], { cwd: project.root, env });
    return { code: result.code, json: JSON.parse(result.stdout || 'null'), stderr: result.stderr };
  };
  const call = async (path: string, headers: Record<string, string> = {}) => {
    const base = routes.find(({ url }) => url.endsWith('/orders'))?.url.replace('/orders', '') ?? '';
    const answer = await fetch(base + path, { headers });
    return [answer.status, await answer.text()] as const;
  };

  beforeAll(async () => {
    backend = createServer((request, response) => response.end(`backend ${request.url}`));
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    const { port } = backend.address() as AddressInfo;
    project = await temporaryProject(httpShapes(name, `http://0.0.0.0:${port}`));
  });
  afterAll(async () => {
    backend.close();
    await project.remove();
  });

  it('is planned with its public routes named, and deployed', async () => {
    const planned = await apigen('plan');
    expect([planned.code, planned.stderr]).toEqual([0, '']);
    expect(planned.json.publicRoutes).toEqual(['public: GET /older', 'public: GET /old/{proxy+}']);
    const { code, json, stderr } = await apigen('deploy', '--yes');
    expect([code, stderr]).toEqual([0, '']);
    routes = json.routes;
  });

  it('calls the function for whom the authorizer lets in, with its context, in the payload of the route', async () => {
    expect(await call('/orders', { 'x-key': 'open' })).toEqual([200, '2.0 ann']);
    expect((await call('/orders', { 'x-key': 'wrong' }))[0]).toBe(403);
    expect((await call('/orders'))[0]).toBe(401);
    expect((await call('/scoped'))[0]).toBe(401);
    expect((await call('/signed'))[0]).toBe(403);
    expect((await call('/older'))[0]).toBe(200);
  });

  it('reaches the backend', async () => {
    const [status, text] = await call('/old/a/b');
    expect([status, text.startsWith('backend /')]).toEqual([200, true]);
  });

  it('has its stage and the paths of its domain as declared', async () => {
    const { apiGatewayV2: gateway } = await connectTo('ministack');
    const { Items = [] } = await gateway.send(new GetApisCommand({}));
    const ApiId = Items.find((api) => api.Name === `${name}-dev-public`)?.ApiId;
    expect(await gateway.send(new GetStageCommand({ ApiId, StageName: '$default' }))).toMatchObject({
      AccessLogSettings: {
        DestinationArn: `arn:aws:logs:eu-west-1:000000000000:log-group:/aws/apigateway/${name}-dev-public`,
        Format: expect.stringContaining('$context.path'),
      },
      StageVariables: { colour: 'green' },
      DefaultRouteSettings: { DetailedMetricsEnabled: true, ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 },
      RouteSettings: { 'GET /orders': { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 5 } },
    });
    const mapped = await gateway.send(new GetApiMappingsCommand({ DomainName: `${name}.example.com` }));
    const paths = mapped.Items?.map((item) => [item.ApiMappingKey, item.ApiId, item.Stage]);
    expect(paths?.sort()).toEqual([
      ['shop', ApiId, '$default'],
      ['shop/v1', ApiId, '$default'],
    ]);
  });

  it('has nothing to do when nothing has changed', async () => {
    expect((await apigen('plan')).json.changes).toEqual([]);
    expect((await apigen('drift')).code).toBe(0);
  });

  it('is destroyed and leaves nothing', async () => {
    expect((await apigen('destroy', '--confirm', `${name}/dev`)).code).toBe(0);
    expect((await apigen('destroy', '--confirm', `${name}/dev`)).json.deleted).toEqual([]);
  });
});

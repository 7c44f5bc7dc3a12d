import { readFile } from 'node:fs/promises';
import { ApiGatewayV2Client, GetApiMappingsCommand } from '@aws-sdk/client-apigatewayv2';
import { afterAll, describe, expect, it } from '@jest/globals';
import WebSocket from 'ws';
import { type CliResult, runCli } from '../harness/cli.ts';
import { temporaryProject } from '../harness/temporary-project.ts';

const env = {
  AWS_ENDPOINT_URL: process.env['MINISTACK_ENDPOINT'],
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
};
const apigen = (example: string, ...args: readonly string[]): Promise<CliResult> =>
  runCli([...args, '--json'], { cwd: `examples/${example}`, env });

interface Deployed {
  readonly routes: readonly { readonly method: string; readonly url: string }[];
}

/** MiniStack keeps neither the subtype nor the role of an integration with an AWS service. */
const dropped = /^integrations\..*\.(credentials|subtype)$/;

/** Deploys an example; then nothing is left to do. */
async function deploy(example: string): Promise<Deployed> {
  const { code, stdout, stderr } = await apigen(example, 'deploy', '--yes');
  expect({ code, stderr: code === 0 ? '' : stderr + stdout }).toEqual({ code: 0, stderr: '' });
  const plan = JSON.parse((await apigen(example, 'plan')).stdout);
  const changes = plan.changes.filter(
    (change: { action: string; differences: readonly { path: string }[] }) =>
      change.action !== 'update' || !change.differences.every(({ path }) => dropped.test(path)),
  );
  expect(changes).toEqual([]);
  return JSON.parse(stdout);
}

async function destroy(example: string, name: string): Promise<void> {
  const { code, stdout, stderr } = await apigen(example, 'destroy', '--confirm', `${name}/dev`);
  expect({ code, stderr: code === 0 ? '' : stderr + stdout }).toEqual({ code: 0, stderr: '' });
  const again = JSON.parse((await apigen(example, 'destroy', '--confirm', `${name}/dev`)).stdout);
  expect(again).toMatchObject({ deleted: [], kept: [] });
}

describe('the example products-rest on MiniStack', () => {
  afterAll(() => apigen('products-rest', 'destroy', '--confirm', 'products/dev'));

  it('is deployed, asks for keys, checks bodies, and goes again', async () => {
    const { routes } = await deploy('products-rest');
    const url = (method: string, path: string): string =>
      routes.find((route) => route.method === method && route.url.endsWith(path))?.url ?? '';
    const call = async (method: string, path: string, key?: string, body?: unknown) => {
      const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { 'x-api-key': key }) };
      const text = body === undefined ? null : JSON.stringify(body);
      const response = await fetch(url(method, path), { method, headers, body: text });
      return { status: response.status, body: await response.json().catch(() => undefined) };
    };
    expect(await call('GET', '/health')).toMatchObject({ status: 200 });
    expect(await call('GET', '/products')).toMatchObject({ status: 403 });
    const made = JSON.parse((await apigen('products-rest', 'keys', 'create', 'shopper', '--plan', 'free')).stdout);
    const created = await call('POST', '/products', made.value, { name: 'Chess', price: 20 });
    expect(created.status).toBe(201);
    expect(await call('POST', '/products', made.value, { price: 'much' })).toMatchObject({ status: 400 });
    expect((await call('GET', '/products', made.value)).status).toBe(200);
    await destroy('products-rest', 'products');
  });
});

describe('the example jobs-http on MiniStack', () => {
  afterAll(() => apigen('jobs-http', 'destroy', '--confirm', 'jobs/dev'));

  it('is deployed, refuses calls without a token, and goes again', async () => {
    const { routes } = await deploy('jobs-http');
    const health = routes.find(({ url }) => url.endsWith('/health'));
    expect((await fetch(health?.url ?? '')).status).toBe(200);
    const jobs = routes.find(({ url }) => url.endsWith('/jobs'));
    expect((await fetch(jobs?.url ?? '', { method: 'POST', body: '{}' })).status).toBe(401);
    await destroy('jobs-http', 'jobs');
  });
});

describe('the example chat-websocket on MiniStack', () => {
  afterAll(() => apigen('chat-websocket', 'destroy', '--confirm', 'chat/dev'));

  it('is deployed, refuses a stranger, and goes again', async () => {
    const { routes } = await deploy('chat-websocket');
    const address = routes.map(({ url }) => url).find((url) => /^wss?:/.test(url)) ?? '';
    const stranger = new WebSocket(address.replace(/^wss:/, 'ws:'));
    const status = await new Promise<number>((resolve) => {
      stranger.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
      stranger.once('open', () => resolve(101));
      stranger.once('error', () => resolve(-1));
    });
    stranger.terminate();
    expect([401, 403]).toContain(status);
    await destroy('chat-websocket', 'chat');
  });
});

describe('the example versions on MiniStack', () => {
  it('shifts a part of the requests, then serves two versions under one domain, and goes again', async () => {
    const files = ['apigen.yml', 'src/models/note.ts', 'src/get.ts', 'src/put.ts'];
    const texts = await Promise.all(files.map((file) => readFile(`examples/versions/${file}`, 'utf8')));
    const project = await temporaryProject(Object.fromEntries(files.map((file, at) => [file, texts[at] ?? ''])));
    const run = async (...args: readonly string[]) => {
      const { code, stdout } = await runCli([...args, '--json'], { cwd: project.root, env });
      const json = JSON.parse(stdout);
      expect([code, json.error]).toEqual([0, undefined]);
      return json;
    };
    const read = async ({ routes }: Deployed): Promise<unknown> => {
      const url = routes.find(({ method }) => method === 'GET')?.url ?? '';
      return (await fetch(url.replace('{id}', 'n1'))).json();
    };
    try {
      const one: Deployed = await run('deploy', '--yes');
      const put = one.routes.find(({ method }) => method === 'PUT')?.url.replace('{id}', 'n1') ?? '';
      expect((await fetch(put, { method: 'PUT', body: '{"text":"hello"}' })).status).toBe(200);
      expect(await read(one)).toEqual({ id: 'n1', text: 'hello' });
      const get = texts[2] ?? '';
      await project.write({
        'src/get.ts': get.replace('JSON.stringify(note)', 'JSON.stringify({ ...note, seen: true })'),
      });
      expect(await run('deploy', '--yes', '--canary', '20%')).toMatchObject({ changed: true, canary: 0.2 });
      await run('promote', '--yes');
      expect(await read(one)).toEqual({ id: 'n1', text: 'hello', seen: true });
      await project.write({
        'src/get.ts': get.replace('JSON.stringify(note)', 'JSON.stringify({ id: note.id, content: note.text })'),
      });
      const two: Deployed = await run('deploy', '--yes', '--api-version', 'v2');
      expect(await read(two)).toEqual({ id: 'n1', content: 'hello' });
      expect(await read(one)).toEqual({ id: 'n1', text: 'hello', seen: true });
      expect(await mappedPaths('notes.example.com')).toEqual(['', 'v1', 'v2']);
      await run('versions', 'remove', 'v1', '--confirm', 'versions/dev/v1');
      expect(await mappedPaths('notes.example.com')).toEqual(['v2']);
      expect(await read(two)).toEqual({ id: 'n1', content: 'hello' });
    } finally {
      await run('destroy', '--confirm', 'versions/dev');
      expect(await run('destroy', '--confirm', 'versions/dev')).toMatchObject({ deleted: [], kept: [] });
      await project.remove();
    }
  });
});

async function mappedPaths(DomainName: string): Promise<readonly string[]> {
  const gateway = new ApiGatewayV2Client({
    endpoint: env.AWS_ENDPOINT_URL ?? '',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Items = [] } = await gateway.send(new GetApiMappingsCommand({ DomainName }));
  return Items.map(({ ApiMappingKey = '' }) => ApiMappingKey).sort();
}

describe('an example by area on MiniStack', () => {
  it.each(['auth', 'caching', 'edges', 'functions', 'integrations', 'observability', 'plans', 'types', 'validation'])(
    'examples/%s is deployed, planned to nothing and destroyed to nothing',
    async (example) => {
      try {
        await deploy(example);
      } finally {
        await destroy(example, example);
      }
    },
  );
});

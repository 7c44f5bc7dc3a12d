// What init and add-* write is used as a person would use it: installed packages are this checkout's.

import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { checkStages } from '../../../src/flows/check/check-stages.ts';
import { addModel } from '../../../src/flows/scaffold/add-model.ts';
import { addRoute } from '../../../src/flows/scaffold/add-route.ts';
import { initProject } from '../../../src/flows/scaffold/init-project.ts';
import type { Language } from '../../../src/flows/scaffold/language.ts';
import { readModels } from '../../../src/models/read-models.ts';
import type { ApiType } from '../../../src/project/api-declaration.ts';
import { modelEntry } from '../../../src/project/edit-project.ts';
import { insertEntry } from '../../../src/project/insert-entry.ts';

const run = promisify(execFile);
const dynalite: (options: { createTableMs: number }) => Server = createRequire(import.meta.url)('dynalite');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const env = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-scaffold-')));
  folders.push(folder);
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function initialised(language: Language, type: ApiType): Promise<string> {
  const folder = emptyFolder();
  await initProject(folder, { name: 'shop', type, region: 'eu-west-1', language });
  return folder;
}

/** Every kind of route that add-route has a template for. */
async function grow(cwd: string): Promise<void> {
  const add = (route: string, model?: string) => addRoute({ cwd, env: {}, route, model, access: {} });
  await addModel({
    cwd,
    env: {},
    name: 'Order',
    key: 'customerId',
    sort: 'placedAt:number',
    fields: 'total:number,tags:string[]?',
  });
  for (const method of ['PUT', 'PATCH', 'DELETE']) await add(`${method} /products/{id}`, 'Product');
  await add('GET /customers/{customerId}/orders', 'Order');
  await add('POST /customers/{customerId}/orders', 'Order');
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
    await add(`${method} /customers/{customerId}/orders/{placedAt}`, 'Order');
  await add('GET /orders', 'Order');
  await add('POST /login');
}

describe.each(['typescript', 'javascript'] as const)('a new %s project', (language) => {
  it.each(['http', 'rest'] as const)('of type %s is right as apigen check sees it, at every stage', async (type) => {
    const root = await initialised(language, type);
    const { projects, warnings } = await checkStages({ cwd: root, env: {} });
    expect(projects.map((project) => project.stage.name)).toEqual(['dev', 'prod']);
    expect(warnings).toEqual([]);
    const health = projects[0]?.apis['public']?.routes.find((route) => route.path === '/health');
    expect(health?.target.type).toBe(type === 'rest' ? 'mock' : 'function');
  });

  it('passes its own tests', async () => {
    const root = await initialised(language, 'http');
    const { stdout } = await run('npm', ['test', '--silent'], { cwd: root, env });
    expect(stdout).toMatch(/# pass 6\n# fail 0/);
  });

  it('of type websocket is a chat: right at every stage, with tests that pass', async () => {
    const root = await initialised(language, 'websocket');
    const { projects, warnings } = await checkStages({ cwd: root, env: {} });
    expect(warnings).toEqual([]);
    expect(projects[0]?.apis['chat']?.routes.map((route) => route.key)).toEqual(['$connect', '$disconnect', 'send']);
    expect(projects[0]?.functions['chat-send']?.access).toEqual({ Connection: ['write', 'scan'] });
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies).toHaveProperty([
      '@aws-sdk/client-apigatewaymanagementapi',
    ]);
    const { stdout } = await run('npm', ['test', '--silent'], { cwd: root, env });
    expect(stdout).toMatch(/# pass 4\n# fail 0/);
  });
});

it('a project grows by every kind of route, and is still right', async () => {
  const root = await initialised('typescript', 'http');
  await grow(root);
  const { projects } = await checkStages({ cwd: root, env: {} });
  const functions = projects[0]?.functions ?? {};
  expect(functions['products-update']?.access).toEqual({ Product: ['write'] });
  expect(functions['customers-orders-list']?.access).toEqual({});
  expect(functions['orders-list']?.access).toEqual({ Order: ['scan'] });
  await run(process.execPath, [resolve('node_modules/.bin/tsc'), '--noEmit'], { cwd: root });
});

it('a model of every type, with indexes and expiry, compiles and is read back as it was asked for', async () => {
  const root = await initialised('typescript', 'http');
  const fields =
    'title:string! state:enum(new|sold)! price:number seen:date tags:set<string> sizes:set<number> raw:binary meta:map notes:list<string>';
  const indexes = ['byState:state,price', 'byTitle:title'];
  const flags = { key: 'id', sort: undefined, fields, indexes, timestamps: false, ttl: 'endsAt' };
  await addModel({ cwd: root, env: {}, name: 'Game', ...flags });
  const { projects } = await checkStages({ cwd: root, env: {} });
  const project = projects[0];
  if (project === undefined) throw new Error('no project');
  const { models } = await readModels(project);
  expect(models['Game']?.table).toMatchObject({
    ttlAttribute: 'endsAt',
    globalSecondaryIndexes: [{ IndexName: 'byState' }, { IndexName: 'byTitle' }],
  });
  expect(models['Game']?.jsonSchema).toMatchObject({
    required: ['id', 'title', 'state'],
    properties: { state: { enum: ['new', 'sold'] }, tags: { uniqueItems: true }, meta: { type: 'object' } },
  });
  await run(process.execPath, [resolve('node_modules/.bin/tsc'), '--noEmit'], { cwd: root });
});

it('the TypeScript template compiles as it stands, with all the handlers that add-route takes from it', async () => {
  const root = emptyFolder();
  cpSync(resolve('templates/typescript'), root, { recursive: true });
  await run(process.execPath, [resolve('node_modules/.bin/tsc'), '--noEmit'], { cwd: root });
});

it('the templates of both languages say the same in apigen.yml', () => {
  const read = (language: Language, file: string) => readFileSync(resolve('templates', language, file), 'utf8');
  for (const file of ['apigen.yml', 'apigen.rest.yml', 'apigen.websocket.yml']) {
    expect(read('javascript', file)).toBe(read('typescript', file).replaceAll('.ts', '.js'));
  }
});

it('a chat grows by routes of messages, which compile and are right, and takes no handler of requests', async () => {
  const root = await initialised('typescript', 'websocket');
  const add = (route: string, model?: string) =>
    addRoute({ cwd: root, env: {}, route, model, access: { Connection: ['write'] } });
  expect(await add('join')).toMatchObject({ handler: 'src/chat/join.handler', created: ['src/chat/join.ts'] });
  expect(await add('$default')).toMatchObject({ created: ['src/chat/default.ts'] });
  expect(readFileSync(join(root, 'src/chat/join.ts'), 'utf8')).toContain('The messages of the route join.');
  await expect(add('leave', 'Connection')).rejects.toMatchObject({ code: 'MODEL_ON_WEBSOCKET' });
  expect(readFileSync(join(root, 'apigen.yml'), 'utf8')).not.toContain('leave');
  await checkStages({ cwd: root, env: {} });
  await run(process.execPath, [resolve('node_modules/.bin/tsc'), '--noEmit'], { cwd: root });
});

it('the chat of init and the example chat send by the same code', () => {
  const read = (path: string) => readFileSync(resolve(path), 'utf8');
  expect(read('templates/typescript/src/chat/connections.ts')).toBe(
    read('examples/chat-websocket/src/chat/connections.ts'),
  );
});

it('a handler for a model without a type of its own compiles too', async () => {
  const root = await initialised('typescript', 'http');
  const code =
    "import dynamoose from 'dynamoose';\n\nexport const Note = dynamoose.model('Note', { slug: { type: String, hashKey: true }, text: String });\n";
  writeFileSync(join(root, 'src/models/note.ts'), code);
  const yaml = join(root, 'apigen.yml');
  writeFileSync(yaml, insertEntry(readFileSync(yaml, 'utf8'), modelEntry('Note', 'src/models/note.ts')));
  const add = (route: string) => addRoute({ cwd: root, env: {}, route, model: 'Note', access: {} });
  for (const route of [
    'GET /notes',
    'POST /notes',
    'GET /notes/{slug}',
    'PUT /notes/{slug}',
    'PATCH /notes/{slug}',
    'DELETE /notes/{slug}',
  ])
    await add(route);
  await run(process.execPath, [resolve('node_modules/.bin/tsc'), '--noEmit'], { cwd: root });
});

describe('the generated handlers', () => {
  it('store, read, list, change and remove items in a table', async () => {
    const root = await initialised('javascript', 'http');
    await grow(root);
    const server = dynalite({ createTableMs: 0 });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const { port } = server.address() as AddressInfo;
      writeFileSync(join(root, 'scenario.mjs'), SCENARIO);
      const { stdout } = await run(process.execPath, ['scenario.mjs', `http://127.0.0.1:${port}`], {
        cwd: root,
        env: { ...env, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y' },
      });
      expect(JSON.parse(stdout)).toEqual({
        created: [201, 'Lamp'],
        taken: 409,
        invalid: 400,
        read: [200, 'Lamp'],
        missing: 404,
        changed: [200, 30, 'Lamp'],
        changedMissing: 404,
        replaced: [200, 'Desk'],
        listed: [200, 1],
        removed: [204, ''],
        removedTwice: 404,
        gone: 404,
        ordered: [201, 'c1'],
        orders: [200, 60, [1, 2, 3]],
        order: [200, 7],
        badNext: 400,
      });
    } finally {
      await new Promise<void>((done) => server.close(() => done()));
    }
  });
});

const SCENARIO = `
import dynamoose from 'dynamoose';
dynamoose.aws.ddb.local(process.argv[2]);
dynamoose.Table.defaults.set({ create: true, waitForActive: { enabled: true, check: { timeout: 5000, frequency: 10 } } });
const load = async (path) => (await import('./src/' + path + '.js')).handler;
const call = async (path, pathParameters, body, queryStringParameters) => {
  const handler = await load(path);
  const answer = await handler({ pathParameters, queryStringParameters, isBase64Encoded: false, body: body && JSON.stringify(body) });
  return { status: answer.statusCode, text: answer.body, body: answer.body === '' ? {} : JSON.parse(answer.body) };
};
const out = {};
const lamp = await call('products/create', {}, { name: 'Lamp', price: 25 });
out.created = [lamp.status, lamp.body.name];
const { id } = lamp.body;
out.taken = (await call('products/create', {}, { id, name: 'Other', price: 1 })).status;
out.invalid = (await call('products/create', {}, { name: 'Lamp', price: 'cheap' })).status;
const read = await call('products/get', { id });
out.read = [read.status, read.body.name];
out.missing = (await call('products/get', { id: 'nope' })).status;
const changed = await call('products/update', { id }, { price: 30 });
out.changed = [changed.status, changed.body.price, changed.body.name];
out.changedMissing = (await call('products/update', { id: 'nope' }, { price: 30 })).status;
const replaced = await call('products/replace', { id }, { name: 'Desk', price: 90 });
out.replaced = [replaced.status, replaced.body.name];
const listed = await call('products/list');
out.listed = [listed.status, listed.body.products.length];
const removed = await call('products/remove', { id });
out.removed = [removed.status, removed.text];
out.removedTwice = (await call('products/remove', { id })).status;
out.gone = (await call('products/get', { id })).status;
for (let placedAt = 1; placedAt <= 60; placedAt++) {
  const order = await call('customers/orders/create', { customerId: 'c1' }, { placedAt, total: placedAt, customerId: 'forged' });
  out.ordered = [order.status, order.body.customerId];
}
const first = await call('customers/orders/list', { customerId: 'c1' });
const second = await call('customers/orders/list', { customerId: 'c1' }, undefined, { next: first.body.next });
const orders = [...first.body.orders, ...second.body.orders];
out.orders = [first.status, orders.length, orders.slice(0, 3).map((order) => order.placedAt)];
const order = await call('customers/orders/get', { customerId: 'c1', placedAt: '7' });
out.order = [order.status, order.body.total];
out.badNext = (await call('customers/orders/list', { customerId: 'c1' }, undefined, { next: 'x' })).status;
console.log(JSON.stringify(out));
process.exit();
`;

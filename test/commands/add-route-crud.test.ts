import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';

let cwd: string;
const setUp = async (): Promise<void> => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-crud-')));
  cwd = join(parent, 'shop');
  await runCli(['init', 'shop', '--yes', '--region', 'eu-west-1'], { cwd: parent });
  symlinkSync(resolve('node_modules'), join(cwd, 'node_modules'));
  await apigen('add-model', 'Order', '--key', 'customerId', '--sort', 'placedAt:number', '--fields', 'total:number');
  await apigen('add-model', 'OrderLine', '--key', 'sku', '--fields', 'count:number');
};
const tearDown = (): void => rmSync(join(cwd, '..'), { recursive: true });

const apigen = (...args: string[]) => runCli(args, { cwd });
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const files = () => readdirSync(cwd, { recursive: true }).filter((path) => !String(path).startsWith('node_modules'));

/** Runs a command that must fail, and expects the project to be as it was. */
async function refused(...args: string[]) {
  const before = [read('apigen.yml'), files()];
  const result = await apigen(...args);
  expect([read('apigen.yml'), files()]).toEqual(before);
  return result;
}

describe('apigen add-route --crud', () => {
  beforeEach(setUp);
  afterEach(tearDown);

  it('adds five routes below the plural of the model, keeps every remark, and says what was written', async () => {
    const before = read('apigen.yml');
    const { code, stdout } = await apigen('add-route', '--crud', 'OrderLine');
    expect(code).toBe(0);
    const routes = [
      'GET /order-lines: { handler: src/order-lines/list.handler, access: { OrderLine: scan } }',
      'POST /order-lines: { handler: src/order-lines/create.handler, body: OrderLine, access: { OrderLine: write } }',
      'GET /order-lines/{sku}: src/order-lines/get.handler',
      'PATCH /order-lines/{sku}: { handler: src/order-lines/update.handler, body: { model: OrderLine, partial: true }, access: { OrderLine: write } }',
      'DELETE /order-lines/{sku}: { handler: src/order-lines/remove.handler, access: { OrderLine: write } }',
    ];
    const lines = routes.map((route) => `      ${route}\n`).join('');
    expect(read('apigen.yml')).toBe(before.replace('      GET /health: src/health.handler\n', `$&${lines}`));
    expect(stdout).toContain('+ test/order-lines.test.ts');
    expect(stdout).toContain('GET /order-lines scans the table');
    expect(read('src/order-lines/create.ts')).not.toContain('randomUUID');
  });

  it('lists a model with a sort key under its hash key, with what reading grants', async () => {
    const { stdout } = await apigen('add-route', '--crud', 'Order', '--auth', 'iam', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      api: 'public',
      model: 'Order',
      notes: [],
      routes: [
        { route: 'GET /orders/{customerId}', handler: 'src/orders/list.handler', function: 'orders-list' },
        { route: 'POST /orders/{customerId}', function: 'orders-create' },
        { route: 'GET /orders/{customerId}/{placedAt}', function: 'orders-get' },
        { route: 'PATCH /orders/{customerId}/{placedAt}', function: 'orders-update' },
        { route: 'DELETE /orders/{customerId}/{placedAt}', function: 'orders-remove' },
      ],
    });
    expect(read('apigen.yml')).toContain('GET /orders/{customerId}: { handler: src/orders/list.handler, auth: iam }\n');
    expect(read('src/orders/get.ts')).toContain("placedAt: numberParameter(request, 'placedAt')");
  });

  it('takes a path that has the hash key, and a folder for the handlers', async () => {
    const { code } = await apigen(
      'add-route',
      '/customers/{customerId}/orders',
      '--crud',
      'Order',
      '--prefix',
      'src/sales/',
    );
    expect(code).toBe(0);
    expect(read('apigen.yml')).toContain('POST /customers/{customerId}/orders: { handler: src/sales/create.handler,');
    expect(read('src/sales/create.ts')).toContain('`./orders/${encodeURIComponent(order.placedAt)}`');
    expect(existsSync(join(cwd, 'test/sales.test.ts'))).toBe(true);
    expect((await apigen('check')).code).toBe(0);
  });

  it('gives new items an id where the key is one, and lets callers bring theirs', async () => {
    await apigen('add-route', '/goods', '--crud', 'Product', '--prefix', 'src/goods');
    expect(read('apigen.yml')).toContain('body: { model: Product, optional: [ id ] }');
    expect(read('src/goods/create.ts')).toContain('Product.create({ id: randomUUID(), ...body })');
  });

  it('names all that is in the way at once, and writes nothing', async () => {
    writeFileSync(join(cwd, 'src/products/remove.ts'), '// mine\n');
    const { code, stderr } = await refused('add-route', '--crud', 'Product');
    expect(code).toBe(1);
    for (const what of [
      'GET /products,',
      'POST /products,',
      'GET /products/{id}.',
      'list.ts',
      'create.ts',
      'remove.ts',
    ]) {
      expect(stderr).toContain(what);
    }
    expect(stderr).toContain('add-route "PATCH /products/{id}" --model Product');
  });

  it('says --prefix where only the files are in the way, and knows routes by their shape', async () => {
    const files = await refused('add-route', '/goods', '--crud', 'Product', '--prefix', 'src/products');
    expect(files.stderr).toContain('--prefix src/crud/goods');
    await apigen('add-route', '--crud', 'OrderLine');
    const all = await refused('add-route', '/order-lines', '--crud', 'OrderLine');
    expect(all.stderr).toContain('/other/order-lines');
    const shape = await refused('add-route', '/order-lines', '--crud', 'Product', '--prefix', 'src/more');
    expect(shape.stderr.replaceAll(/\s+/g, ' ')).toContain('GET /order-lines/{sku}');
  });

  it('takes a test that is there for somebody else’s', async () => {
    writeFileSync(join(cwd, 'test/orders.test.ts'), '// mine\n');
    expect((await apigen('add-route', '--crud', 'Order')).stdout).toContain('+ test/orders-crud.test.ts');
    expect(read('test/orders.test.ts')).toBe('// mine\n');
  });

  it('refuses shared code that lacks what the handlers need, and names it', async () => {
    writeFileSync(
      join(cwd, 'src/http.ts'),
      read('src/http.ts').replace('export async function asRead', 'async function asRead'),
    );
    const { code, stderr } = await refused('add-route', '--crud', 'Order');
    expect(code).toBe(1);
    expect(stderr).toContain('src/http.ts does not export what new handlers import');
    expect(stderr).toContain('They need asRead of it');
  });
});

describe('apigen add-route --crud, where nothing is written,', () => {
  beforeAll(setUp);
  afterAll(tearDown);

  it.each([
    [['--crud', 'Prodct'], '--crud Product'],
    [['GET /goods/{id}', '--crud', 'Product'], 'apigen add-route /goods --crud Product'],
    [['/goods/{id}', '--crud', 'Product'], 'apigen add-route /goods --crud Product'],
    [['/shops/{shop}/goods', '--crud', 'Product'], '{shop} is not the key of Product'],
    [['/orders/{placedAt}', '--crud', 'Order'], 'apigen add-route /orders --crud Order'],
    [['/', '--crud', 'Product'], 'apigen add-route /products --crud Product'],
    [['/{customerId}', '--crud', 'Order'], 'apigen add-route /orders --crud Order'],
    [['goods', '--crud', 'Product'], 'Write /goods'],
    [['/goods/', '--crud', 'Product'], 'Write /goods'],
    [['/goods/{rest+}', '--crud', 'Product'], 'add-route /goods --crud Product'],
    [['--crud', 'Product', '--api', 'pubic'], '--api public'],
    [['--crud', 'Order', '--auth', 'nobody'], 'nobody'],
    [['--crud', 'Order', '--scope', 'read'], '--auth NAME --scope read'],
    [['--crud', 'Order', '--model', 'Order'], '--crud Order names it'],
    [['--crud', 'Order', '--handler', 'src/x.handler'], '--handler belongs to one route'],
    [['--crud', 'Order', '--mock'], '--mock belongs to one route'],
    [['--crud', 'Order', '--access', 'Order:scan'], '--access belongs to one route'],
    [['--crud', 'Order', '--prefix', '../evil'], 'leaves the project'],
    [['--crud', 'Order', '--prefix', '/v1'], 'must be relative'],
    [['--crud', 'Order', '--prefix', '.'], 'names no folder'],
    [['GET /x', '--prefix', 'src/x'], '--prefix belongs to --crud'],
    [[], '--crud Product for all five'],
  ])('refuses %j with exit code 2', async (args, reason) => {
    const { code, stderr } = await refused('add-route', ...args);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(reason);
    expect(code).toBe(2);
  });

  it('refuses a key on an HTTP API and a binary key, with the reason', async () => {
    expect((await refused('add-route', '--crud', 'Order', '--key')).stderr).toContain('API key');
    const code = read('src/models/order-line.ts').replace('sku: { type: String', 'sku: { type: Buffer');
    writeFileSync(join(cwd, 'src/models/order-line.ts'), code);
    expect((await refused('add-route', '--crud', 'OrderLine')).stderr).toContain('The key sku of OrderLine is binary');
  });
});

it('a WebSocket API has no five routes, and says why', async () => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-crud-')));
  await runCli(['init', 'chat', '--yes', '--region', 'eu-west-1', '--type', 'websocket'], { cwd: parent });
  const { code, stderr } = await runCli(['add-route', '--crud', 'Connection'], { cwd: join(parent, 'chat') });
  expect(code).toBe(2);
  expect(stderr).toContain('--crud belongs to REST and HTTP APIs');
  rmSync(parent, { recursive: true });
});

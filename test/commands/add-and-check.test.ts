import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';

let cwd: string;
beforeEach(async () => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-add-')));
  await runCli(['init', 'shop', '--yes', '--region', 'eu-west-1'], { cwd: parent });
  cwd = join(parent, 'shop');
  symlinkSync(resolve('node_modules'), join(cwd, 'node_modules'));
});
afterEach(() => rmSync(join(cwd, '..'), { recursive: true }));

const apigen = (...args: string[]) => runCli(args, { cwd });
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const yaml = () => read('apigen.yml');

/** Runs a command that must fail, and expects apigen.yml to be as it was. */
async function refused(...args: string[]): Promise<{ code: number; stderr: string }> {
  const before = yaml();
  const result = await apigen(...args);
  expect(yaml()).toBe(before);
  return result;
}

describe('apigen add-route', () => {
  it('adds the route and its handler, and keeps every remark', async () => {
    const before = yaml();
    const { code, stdout } = await apigen('add-route', 'DELETE /products/{id}', '--model', 'Product', '--auth', 'iam');
    expect(code).toBe(0);
    expect(stdout).toContain('+ src/products/remove.ts');
    const line =
      '      DELETE /products/{id}: { handler: src/products/remove.handler, auth: iam, access: { Product: write } }\n';
    expect(yaml()).toBe(before.replace('      GET /health: src/health.handler\n', `$&${line}`));
    expect(read('src/products/remove.ts')).toContain('/** DELETE /products/{id}: removes a product');
  });

  it('reports as JSON', async () => {
    const { stdout } = await apigen('add-route', 'POST /login', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      api: 'public',
      route: 'POST /login',
      handler: 'src/login.handler',
      function: 'login',
      created: ['src/login.ts'],
    });
  });

  it('calls a handler that is there, without touching it', async () => {
    const before = read('src/products/list.ts');
    const { code } = await apigen('add-route', 'GET /catalogue', '--handler', 'src/products/list.handler');
    expect(code).toBe(0);
    expect(read('src/products/list.ts')).toBe(before);
    expect(yaml()).toContain('      GET /catalogue: src/products/list.handler\n');
  });

  it('writes a handler where it is told, under the name it is told', async () => {
    await apigen('add-route', 'POST /report', '--handler', 'src/jobs/report.run', '--access', 'Product:scan,read');
    expect(read('src/jobs/report.ts')).toContain('export const run =');
    expect(yaml()).toContain('{ handler: src/jobs/report.run, access: { Product: [ scan, read ] } }');
  });

  it.each([
    [['GET products'], 'Write /products'],
    [['get /x'], 'Write GET /x'],
    [['GET /x/'], 'Write /x'],
    [['GET /x', '--api', 'pubic'], '--api public'],
    [['GET /x', '--auth', 'nobody'], 'none'],
    [['GET /x', '--model', 'Prodct'], '--model Product'],
    [['GET /x', '--access', 'Product'], '--access Product:write'],
    [['GET /x', '--access', 'Product:wrte'], '--access Product:write'],
    [['GET /x', '--handler', '../evil.handler'], 'leaves the project'],
    [['GET /x', '--handler', '/etc/passwd.handler'], 'must be relative'],
    [['GET /x', '--handler', 'src/x.ts'], 'Write src/x.handler'],
    [['GET /x', '--mock', 'hello'], '{"message":"hello"}'],
    [['GET /x', '--mock', '--model', 'Product'], 'exclude each other'],
    [['GET /x', '--status', '200'], '--mock'],
    [[], 'route'],
  ])('refuses %j with exit code 2', async (args, reason) => {
    const { code, stderr } = await refused('add-route', ...args);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  });

  it('refuses a mock on an HTTP API, with the reason', async () => {
    const { code, stderr } = await refused('add-route', 'GET /x', '--mock');
    expect(code).toBe(1);
    expect(stderr).toContain('nothing was written');
    expect(stderr).toContain('no mock answers on HTTP APIs');
  });

  it('refuses a route that is there, and writes no handler', async () => {
    const { code, stderr } = await refused('add-route', 'GET /health', '--handler', 'src/other.handler');
    expect(code).toBe(1);
    expect(stderr).toContain('It stands in line');
    expect(existsSync(join(cwd, 'src/other.ts'))).toBe(false);
  });

  it('never overwrites a handler', async () => {
    writeFileSync(join(cwd, 'src/login.ts'), 'export const mine = 1;\n');
    const taken = await refused('add-route', 'POST /login', '--handler', 'src/login.handler');
    expect(taken.stderr).toContain('It exports mine.');
    await apigen('add-route', 'POST /login');
    expect(read('src/login.ts')).toBe('export const mine = 1;\n');
    expect(yaml()).toContain('POST /login: src/login/post.handler');
  });

  it('does not write through a link that leaves the project', async () => {
    rmSync(join(cwd, 'src/products'), { recursive: true });
    symlinkSync(tmpdir(), join(cwd, 'src/products'));
    const { code, stderr } = await refused('add-route', 'HEAD /products');
    expect(code).toBe(1);
    expect(stderr).toContain('leads out of the project');
  });
});

describe('apigen add-model', () => {
  it('adds the model and its line, and check is content', async () => {
    const { code, stdout } = await apigen('add-model', 'OrderLine', '--key', 'orderId', '--sort', 'line:number');
    expect(stdout).toContain('All five routes of it: apigen add-route --crud OrderLine\n');
    expect(code).toBe(0);
    expect(stdout).toContain('apigen add-route "POST /order-lines" --model OrderLine');
    expect(yaml()).toContain('  Product: src/models/product.ts\n  OrderLine: src/models/order-line.ts\n');
    expect(read('src/models/order-line.ts')).toContain("dynamoose.model<OrderLineItem>('OrderLine', schema)");
    expect((await apigen('check')).code).toBe(0);
  });

  it('writes the file of a model that apigen.yml names already', async () => {
    rmSync(join(cwd, 'src/models/product.ts'));
    const before = yaml();
    expect((await apigen('add-model', 'Product', '--fields', 'name:string')).code).toBe(0);
    expect(yaml()).toBe(before);
    expect(read('src/models/product.ts')).toContain('name: { type: String, required: true }');
  });

  it.each([
    [['order'], 'apigen add-model Order'],
    [['../Evil'], 'must be letters and digits'],
    [['Order Line'], 'must be letters and digits'],
    [['Object'], 'JavaScript or Dynamoose'],
    [['Item'], 'JavaScript or Dynamoose'],
    [['Order', '--fields', 'price:nubmer'], 'Did you mean price:number?'],
  ])('refuses %j with exit code 2', async (args, reason) => {
    const { code, stderr } = await refused('add-model', ...args);
    expect(stderr).toContain(reason);
    expect(code).toBe(2);
  });

  it('refuses what is there, and never overwrites', async () => {
    expect(await refused('add-model', 'Product')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('already, in src/models/product.ts'),
    });
    writeFileSync(join(cwd, 'src/models/order.ts'), '// mine\n');
    expect((await refused('add-model', 'Order')).code).toBe(1);
    expect(read('src/models/order.ts')).toBe('// mine\n');
  });
});

describe('apigen check', () => {
  it('says that all is well, for every stage', async () => {
    const { code, stdout } = await apigen('check');
    expect(code).toBe(0);
    expect(stdout).toContain('✓ shop is fine');
    expect(stdout).toContain('prod in eu-west-1: 1 API, 4 routes, 4 functions, 1 model');
  });

  it('lists the problems of the file, the code and the models at once, each with its line', async () => {
    writeFileSync(join(cwd, 'apigen.yml'), yaml().replace('src/health.handler', 'src/helth.handler'));
    writeFileSync(join(cwd, 'src/products/get.ts'), 'export const handle = 1;\n');
    writeFileSync(
      join(cwd, 'src/models/product.ts'),
      "import dynamoose from 'dynamoose';\nexport const Produkt = 1;\n",
    );
    const { code, stdout } = await apigen('check', '--json');
    expect(code).toBe(1);
    const codes = JSON.parse(stdout).error.problems.map((problem: { code: string }) => problem.code);
    expect(codes).toEqual(expect.arrayContaining(['HANDLER_NOT_FOUND', 'HANDLER_EXPORT_NOT_FOUND']));
    expect(codes.length).toBeGreaterThan(2);
  });

  it('finds what is wrong at a stage that is not the default', async () => {
    writeFileSync(
      join(cwd, 'apigen.yml'),
      yaml().replace('prod: { protect: true }', 'prod: { protect: true, defaults: { function: { memory: 1 } } }'),
    );
    const { code, stderr } = await apigen('check');
    expect(code).toBe(1);
    expect(stderr).toContain('defaults.function.memory: must be a whole number of MB');
    expect((await apigen('check', '--stage', 'dev')).code).toBe(0);
  });

  it('finds an import that leads nowhere', async () => {
    writeFileSync(
      join(cwd, 'src/health.ts'),
      "import './nowhere.ts';\nexport const handler = async () => ({ statusCode: 200 });\n",
    );
    const { code, stderr } = await apigen('check');
    expect(code).toBe(1);
    expect(stderr).toContain('src/health.ts:1:');
  });

  it('says how to begin where there is no project', async () => {
    const { code, stderr } = await runCli(['check'], { cwd: tmpdir() });
    expect(code).toBe(1);
    expect(stderr).toContain('apigen init');
  });
});

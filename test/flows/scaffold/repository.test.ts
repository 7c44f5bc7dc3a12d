// Repositories as a person gets them: a project is scaffolded, models are added, and the project's own test command runs
// against the tables that the built program serves.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildFunctions } from '../../../src/build/build-functions.ts';
import { checkStages } from '../../../src/flows/check/check-stages.ts';
import { addModel } from '../../../src/flows/scaffold/add-model.ts';
import { initProject } from '../../../src/flows/scaffold/init-project.ts';
import { withKinds } from '../../../src/flows/scaffold/item-kinds.ts';
import type { Language } from '../../../src/flows/scaffold/language.ts';
import { loadProject } from '../../../src/project/load-project.ts';
import { builtProgram } from '../../harness/built-program.ts';

const run = promisify(execFile);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const TESTS_OF_A_REPOSITORY = 5;
/** Compiles and starts several programs. */
const LONG_MS = 240_000;

async function projectIn(language: Language): Promise<string> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-repository-')));
  folders.push(root);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  await initProject(root, { name: 'shop', type: 'http', region: 'eu-west-1', language });
  return root;
}

const repository = (cwd: string, name: string, flags: Partial<Parameters<typeof addModel>[0]> = {}) =>
  addModel({ key: undefined, sort: undefined, fields: undefined, ...flags, cwd, env: {}, name, repository: true });

/** The project's own test command. */
async function npmTest(cwd: string): Promise<{ passed: number; failed: number; output: string }> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], APIGEN: await builtProgram() };
  const { stdout } = await run('npm', ['test', '--silent'], { cwd, env }).catch((error: { stdout: string }) => error);
  const count = (word: string) => {
    const found = new RegExp(`^# ${word} (\\d+)$`, 'm').exec(stdout);
    if (found === null) throw new Error(stdout);
    return Number(found[1]);
  };
  return { passed: count('pass'), failed: count('fail'), output: stdout };
}

describe.each(['typescript', 'javascript'] as const)('the repositories of a %s project', (language) => {
  it(
    'hold what they promise, whatever the keys and types, and typecheck',
    async () => {
      const root = await projectIn(language);
      const sample = await npmTest(root);
      await repository(root, 'OrderLine', {
        key: 'customerId',
        sort: 'placedAt:date',
        fields:
          'total:number status:enum(new|paid) note:string? order:number? tags:set<string>? meta:map? raw:binary? seen:date? notes:list<string>? ok:boolean',
        indexes: ['byStatus:status,total', 'noteIndex:note', 'bySeen:seen,raw'],
        ttl: 'endsAt',
      });
      await repository(root, 'Entry');
      await repository(root, 'Level', { key: 'class:enum(low|high)', timestamps: false, fields: 'version:number' });
      await repository(root, 'Stamp', { key: 'at:date', indexes: ['same:at'] });
      await repository(root, 'Blob', { key: 'hash:binary', sort: 'part:binary' });
      const { warnings } = await checkStages({ cwd: root, env: {} });
      expect(warnings).toEqual([]);
      const { passed, failed, output } = await npmTest(root);
      expect(output).not.toContain('not ok');
      expect({ passed, failed }).toEqual({ passed: sample.passed + 5 * TESTS_OF_A_REPOSITORY, failed: 0 });
    },
    LONG_MS,
  );
});

/** What a person adds to the sample's model so that a repository can count its changes, and what only files can say. */
function refine(root: string, file: string): void {
  const text = readFileSync(join(root, file), 'utf8');
  const schema = `description: { type: String },
    version: { type: Number, default: 1 },
    state: { type: String, enum: ['a', 'b'], default: 'a', index: { name: 'byState', project: false } },
    'unit-price': { type: Number },`;
  const type = "description?: string;\n  version: number;\n  state: 'a' | 'b';\n  'unit-price'?: number;";
  const refined = text.replace('description: { type: String },', schema).replace('description?: string;', type);
  writeFileSync(join(root, file), refined);
}

describe.each(['typescript', 'javascript'] as const)('a transaction across two models of a %s project', (language) => {
  it(
    'is whole or not at all, whether the other model counts its changes or not',
    async () => {
      const root = await projectIn(language);
      const sample = await npmTest(root);
      const product = `src/models/product.${language === 'typescript' ? 'ts' : 'js'}`;
      await repository(root, 'ProductOrder', {
        key: 'customerId',
        sort: 'placedAt:date',
        fields: 'product:string order:string',
        indexes: ['byProduct:product,order'],
        with: 'Product',
      });
      await expect(repository(root, 'Product')).rejects.toMatchObject({ code: 'NO_VERSION' });
      refine(root, product);
      const added = await repository(root, 'Product', { with: 'ProductOrder' });
      expect(added).toMatchObject({ declared: false, scans: true, with: 'ProductOrder' });
      await repository(root, 'Basket', { key: 'at:date', with: 'Product' });
      await repository(root, 'Blob', { key: 'at:binary', fields: 'of:enum(a|b) raw:binary', with: 'Basket' });
      await checkStages({ cwd: root, env: {} });
      const { passed, failed, output } = await npmTest(root);
      expect(output).not.toContain('not ok');
      expect({ passed, failed }).toEqual({ passed: sample.passed + 4 * (TESTS_OF_A_REPOSITORY + 1), failed: 0 });
    },
    LONG_MS,
  );
});

it('importing a function of a repository grants the models that it reads, and no other', async () => {
  const root = await projectIn('typescript');
  await repository(root, 'Order', { with: 'Product' });
  const yaml = readFileSync(join(root, 'apigen.yml'), 'utf8');
  const routes = ['getOrder', 'updateOrder', 'createOrderWithProduct'];
  for (const name of routes) {
    const code = `import { ${name} } from './models/order-repository.ts';\nexport const handler = async () => ${name};\n`;
    writeFileSync(join(root, `src/${name}.ts`), code);
  }
  const added = routes.map((name) => `      GET /${name}: src/${name}.handler\n`).join('');
  writeFileSync(join(root, 'apigen.yml'), yaml.replace('      GET /health', `${added}      GET /health`));
  const built = await buildFunctions(await loadProject({ cwd: root }));
  const models = Object.fromEntries(built.map((one) => [one.name, one.models]));
  expect(models).toMatchObject({
    getOrder: ['Order'],
    updateOrder: ['Order'],
    createOrderWithProduct: ['Order', 'Product'],
  });
});

it('items of several kinds under one key are listed together or by kind, and typecheck', async () => {
  const root = await projectIn('typescript');
  const flags = { key: 'orderId', sort: undefined, fields: 'total:number quantity:number' };
  await repository(root, 'Order', withKinds(flags, 'order, line'));
  const model = readFileSync(join(root, 'src/models/order.ts'), 'utf8');
  expect(model).toContain("enum: ['order', 'line']");
  expect(model).toMatch(/item: \{[^}]*rangeKey: true/);
  const code = readFileSync(join(root, 'src/models/order-repository.ts'), 'utf8');
  expect(code).toContain("all.where('item').beginsWith(startsWith)");
  expect(await npmTest(root)).toMatchObject({ failed: 0 });
  const wrong = join(root, 'src/models/order-repository.ts');
  writeFileSync(wrong, code.replace('.beginsWith(startsWith)', ".beginsWith('')"));
  expect((await npmTest(root)).failed).toBe(1);
}, 240_000);

it.each([
  ['order', 'a model with items of one kind needs no kinds'],
  ['order,order', 'each kind is named once'],
  ['order,2', '2 is no name of a kind'],
])('--kinds %s is refused', (kinds, why) => {
  expect(() => withKinds({ key: 'id', sort: undefined, fields: undefined }, kinds)).toThrow(why);
});

it('the sort key of items of several kinds is a text', () => {
  expect(() => withKinds({ key: 'id', sort: 'placedAt:date', fields: undefined }, 'order,line')).toThrow(
    'is a string and no date',
  );
});

describe('the test of a repository', () => {
  let root: string;
  beforeAll(async () => {
    root = await projectIn('javascript');
    await repository(root, 'Order', {
      key: 'customerId',
      sort: 'line:number',
      fields: 'total:number',
      with: 'Product',
    });
  });

  it.each([
    ['an update without its condition', 'change, { condition: unchanged(version) }', 'change'],
    ['an update that does not count', '$ADD: { version: 1 }', '$ADD: { version: 0 }'],
    ['a removal without its condition', '{ condition: unchanged(version) };', '{};'],
    ['a new item in the place of another', 'version: 1 })', 'version: 1 }, { overwrite: true })'],
    ['a list that forgets its cursor', 'sort(sort), page', 'sort(sort), { limit: page.limit }'],
    ['a transaction that does not ask for the other model', '{ $SET: changes }, { condition }', '{ $SET: changes }'],
    [
      'a transaction that stores over another',
      'create({ ...item, version: 1 }),',
      'create({ ...item }, { overwrite: true }),',
    ],
  ])('fails for %s', async (_fault, right, wrong) => {
    const file = join(root, 'src/models/order-repository.js');
    const code = readFileSync(file, 'utf8');
    expect(code).toContain(right);
    // A list that never ends would not fail, so the faulty one ends after some pages.
    writeFileSync(
      file,
      code
        .replace(right, wrong)
        .replace('return readPage', 'if (++pages > 20) throw new Error(); return readPage')
        .concat('let pages = 0;\n'),
    );
    try {
      expect((await npmTest(root)).failed).toBeGreaterThan(0);
    } finally {
      writeFileSync(file, code);
    }
  });
});

it('a model with a repository is refused where a file of it is there, and nothing is written', async () => {
  const root = await projectIn('typescript');
  writeFileSync(join(root, 'src/models/order-repository.ts'), '// mine\n');
  const before = readFileSync(join(root, 'apigen.yml'), 'utf8');
  await expect(repository(root, 'Order')).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  expect(readFileSync(join(root, 'apigen.yml'), 'utf8')).toBe(before);
  expect(() => readFileSync(join(root, 'src/models/order.ts'))).toThrow('ENOENT');
  writeFileSync(join(root, 'src/repository.ts'), 'export const mine = 1;\n');
  await expect(repository(root, 'Basket')).rejects.toMatchObject({ code: 'SHARED_CODE_DIFFERS' });
  await expect(repository(root, 'Page', { fields: 'version:string' })).rejects.toMatchObject({
    code: 'INVALID_ATTRIBUTE',
    summary: 'version is the number that a repository counts changes in',
  });
});

it('refuses a second model that there is not, that is the same or that nothing can be changed in', async () => {
  const root = await projectIn('javascript');
  const refused = (name: string, other: string) => repository(root, name, { with: other });
  await expect(refused('Order', 'Prodct')).rejects.toMatchObject({ code: 'UNKNOWN_MODEL', hint: '--with Product' });
  await expect(refused('Order', 'Order')).rejects.toMatchObject({ code: 'SAME_MODEL' });
  const flags = { cwd: root, env: {}, key: undefined, sort: undefined, fields: undefined };
  await expect(addModel({ ...flags, name: 'Order', with: 'Product' })).rejects.toMatchObject({ code: 'NO_REPOSITORY' });
  await addModel({ ...flags, name: 'Seen', timestamps: false });
  await expect(refused('Order', 'Seen')).rejects.toMatchObject({ code: 'NOTHING_TO_CHANGE' });
  await expect(repository(root, 'Product', { fields: 'x:number' })).rejects.toMatchObject({ code: 'ALREADY_THERE' });
});

it('needs the type of the items of a TypeScript model that is there', async () => {
  const root = await projectIn('typescript');
  const file = join(root, 'src/models/product.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace('export interface ProductItem', 'interface ProductItem'));
  await expect(repository(root, 'Order', { with: 'Product' })).rejects.toMatchObject({ code: 'NO_ITEM_TYPE' });
});

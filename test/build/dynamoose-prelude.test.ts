import { afterAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type BuiltFunction, buildFunctions } from '../../src/build/build-functions.ts';
import { projectOnDisk, removeProjects } from './projects.ts';
import { recordDynamo, runFunction } from './run-function.ts';

afterAll(removeProjects);

const PRODUCT = `import * as dynamoose from 'dynamoose';
  const schema = new dynamoose.Schema({ id: { type: String, hashKey: true }, price: Number });
  export const Product = dynamoose.model('Product', schema);`;
const ORDER = `import { model, Schema } from 'dynamoose';
  export default model('Order', new Schema({ id: { type: String, hashKey: true } }));`;
const MODELS = { Product: 'src/models/product.ts', Order: 'src/models/order.ts' };
const FILES = {
  'src/models/product.ts': PRODUCT,
  'src/models/order.ts': ORDER,
  'src/models/index.ts': `export * from './product'; export { default as Order } from './order';`,
};

async function build(handlers: Readonly<Record<string, string>>): Promise<readonly BuiltFunction[]> {
  const files = Object.fromEntries(Object.entries(handlers).map(([name, code]) => [`src/${name}.ts`, code]));
  const functions = Object.fromEntries(Object.keys(handlers).map((name) => [name, `src/${name}.handler`]));
  return buildFunctions(projectOnDisk({ files: { ...FILES, ...files }, models: MODELS, functions }));
}

async function buildOne(code: string): Promise<BuiltFunction> {
  const [built] = await build({ only: code });
  if (built === undefined) throw new Error('nothing was built');
  return built;
}

describe('the prelude of a function with a model', () => {
  const CODE = `import { Product } from './models';
    export const handler = async (event: { id: string }) => {
      await Product.create({ id: event.id, price: 3 }, { overwrite: true });
      return (await Product.get(event.id)) ?? 'nothing';
    };`;

  it('uses the prefixed table at once: no DescribeTable, no CreateTable', async () => {
    const dynamo = await recordDynamo();
    const answer = await runFunction(
      await buildOne(CODE),
      { id: 'p1' },
      {
        APIGEN_TABLE_PREFIX: 'shop-prod-',
        AWS_ENDPOINT_URL: dynamo.endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      },
    );
    await dynamo.stop();
    expect(answer).toMatchObject({ result: 'nothing' });
    expect(dynamo.calls.map(({ operation, input }) => [operation, input.TableName])).toEqual([
      ['PutItem', 'shop-prod-Product'],
      ['GetItem', 'shop-prod-Product'],
    ]);
  });

  it('says what is missing when nobody set the prefix', async () => {
    const answer = await runFunction(await buildOne(CODE), { id: 'p1' });
    expect(answer.error).toContain('The environment variable APIGEN_TABLE_PREFIX is not set');
  });

  it('holds under any way to import Dynamoose', async () => {
    const imports = {
      namespace: `import * as dynamoose from 'dynamoose';`,
      default: `import dynamoose from 'dynamoose';`,
      require: `const dynamoose = require('dynamoose');`,
      dynamic: `const dynamoose = { Table: undefined };`,
    };
    const handler = 'export const handler = async () => table().defaults.get();';
    const functions = await build({
      namespace: `${imports.namespace} const table = () => dynamoose.Table; ${handler}`,
      default: `${imports.default} const table = () => dynamoose.Table; ${handler}`,
      require: `${imports.require} const table = () => dynamoose.Table; ${handler}`,
      named: `import { Table } from 'dynamoose'; const table = () => Table; ${handler}`,
      dynamic: `export const handler = async () => (await import('dynamoose')).Table.defaults.get();`,
    });
    for (const built of functions) {
      const answer = await runFunction(built, {}, { APIGEN_TABLE_PREFIX: 'shop-dev-' });
      expect({ name: built.name, ...answer }).toMatchObject({
        name: built.name,
        result: { create: false, waitForActive: false, prefix: 'shop-dev-' },
      });
    }
  });

  it('is the same code for every stage', async () => {
    const spec = { files: { ...FILES, 'src/only.ts': CODE }, models: MODELS, functions: { only: 'src/only.handler' } };
    const [dev] = await buildFunctions(projectOnDisk({ ...spec, stage: 'dev' }));
    const [prod] = await buildFunctions(projectOnDisk({ ...spec, stage: 'prod' }));
    expect(dev?.codeSha256).toBe(prod?.codeSha256);
  });
});

describe('the models of a function', () => {
  it('are those whose exports it uses, not those that an index file passes on', async () => {
    const functions = await build({
      none: `import './models'; export const handler = () => 1;`,
      product: `import { Product } from './models'; export const handler = () => Product.get('1');`,
      order: `import { Order } from './models/index.ts'; export const handler = () => Order.get('1');`,
      both: `import * as models from './models'; export const handler = () => [models.Product.get('1'), models.Order.get('1')];`,
      unused: `import { Product, Order } from './models'; export const handler = () => Order.get('1');`,
    });
    expect(Object.fromEntries(functions.map(({ name, models }) => [name, models]))).toEqual({
      none: [],
      product: ['Product'],
      order: ['Order'],
      both: ['Order', 'Product'],
      unused: ['Order'],
    });
  });

  it('are followed through modules between, aliases, require and dynamic import', async () => {
    const project = projectOnDisk({
      files: {
        ...FILES,
        'tsconfig.json': JSON.stringify({ compilerOptions: { paths: { '@stock': ['./src/models/product.ts'] } } }),
        'src/repository.ts': `import { Order } from './models'; export const find = (id: string) => Order.get(id); export const never = 1;`,
        'src/through.ts': `import { find } from './repository'; export const handler = () => find('1');`,
        'src/beside.ts': `import { never } from './repository'; export const handler = () => never;`,
        'src/alias.ts': `import { Product } from '@stock'; export const handler = () => Product.get('1');`,
        'src/unusedalias.js': `import { Product } from '@stock'; export const handler = () => 1;`,
        'src/required.js': `const { Product } = require('./models/product'); exports.handler = () => Product.get('1');`,
        'src/dynamic.ts': `export const handler = async () => (await import('./models/order')).default.get('1');`,
      },
      models: MODELS,
      functions: Object.fromEntries(
        ['through', 'beside', 'alias', 'unusedalias', 'required', 'dynamic'].map((name) => [
          name,
          `src/${name}.handler`,
        ]),
      ),
    });
    const functions = await buildFunctions(project);
    expect(Object.fromEntries(functions.map(({ name, models }) => [name, models]))).toEqual({
      through: ['Order'],
      beside: [],
      alias: ['Product'],
      unusedalias: [],
      required: ['Product'],
      dynamic: ['Order'],
    });
  });

  it('bring Dynamoose and the prelude along; a function without models carries neither', async () => {
    const [none, product] = await build({
      none: `import { Product } from './models'; export const handler = () => 1;`,
      product: `import { Product } from './models'; export const handler = () => Product.get('1');`,
    });
    const code = strFromU8(unzipSync(none?.zip ?? new Uint8Array())['index.js'] ?? new Uint8Array());
    expect(code).not.toContain('APIGEN_TABLE_PREFIX');
    expect(none?.unzippedBytes).toBeLessThan(2_000);
    expect(product?.unzippedBytes).toBeGreaterThan(100_000);
  });

  it('cannot be imported for their effects alone, since the function would lack them', async () => {
    const project = projectOnDisk({
      files: { ...FILES, 'src/a.ts': `import './models/product';\nexport const handler = () => 1;` },
      models: MODELS,
      functions: { a: 'src/a.handler' },
    });
    await expect(buildFunctions(project)).rejects.toMatchObject({
      problems: [{ code: 'MODEL_IMPORTED_FOR_EFFECT', position: { line: 1, column: 8 } }],
    });
  });

  it('that apigen.yml does not name are warned of, with the line of their definition', async () => {
    const project = projectOnDisk({
      files: {
        ...FILES,
        'src/other.ts': `import dynamoose from 'dynamoose';\n\nexport const Other = dynamoose.model<never>('Other', { id: String });`,
        'src/a.ts': `import { Other } from './other'; import { Product } from './models'; import { transaction } from 'dynamoose';
          export const handler = () => transaction([Product.transaction.get('1'), Other.transaction.get('1')]);`,
      },
      models: MODELS,
      functions: { a: 'src/a.handler' },
    });
    const [built] = await buildFunctions(project);
    expect(built?.models).toEqual(['Product']);
    expect(built?.warnings).toMatchObject([
      {
        code: 'MODEL_NOT_DECLARED',
        message: 'src/other.ts defines the model Other, which apigen.yml does not name: it gets no table',
        position: { line: 3, column: 32 },
      },
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { buildFunctions } from '../../src/build/build-functions.ts';
import { readModels } from '../../src/models/read-models.ts';
import { projectOnDisk, removeProjects } from '../build/projects.ts';
import { recordDynamo, runFunction } from '../build/run-function.ts';
import { readProduct, specOf } from './product.ts';

afterAll(removeProjects);

const KEY = `{ id: { type: String, hashKey: true } }`;

describe('a model file', () => {
  it('gives its table in the terms of DynamoDB, sorted', async () => {
    const { models, problems, warnings } = await readProduct(`import * as dynamoose from 'dynamoose';
      export const Product = dynamoose.model('Product', new dynamoose.Schema({
        shop: { type: String, hashKey: true },
        sku: { type: Number, rangeKey: true },
        zone: { type: String, index: { name: 'byZone', project: ['price', 'name'], rangeKey: 'added' } },
        added: { type: { value: Date, settings: { storage: 'iso' } } },
        name: { type: String, index: { type: 'local', name: 'byName', project: false } },
        maker: { type: Buffer, index: [{ name: 'aMaker' }, { name: 'bMaker', rangeKey: 'sku' }] },
        price: Number,
      }), { expires: { ttl: 1000, attribute: 'goneAt' } });`);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([]);
    expect(models['Product']?.table).toEqual({
      model: 'Product',
      tableName: 'shop-dev-Product',
      keySchema: [
        { AttributeName: 'shop', KeyType: 'HASH' },
        { AttributeName: 'sku', KeyType: 'RANGE' },
      ],
      attributeDefinitions: [
        { AttributeName: 'added', AttributeType: 'S' },
        { AttributeName: 'maker', AttributeType: 'B' },
        { AttributeName: 'name', AttributeType: 'S' },
        { AttributeName: 'shop', AttributeType: 'S' },
        { AttributeName: 'sku', AttributeType: 'N' },
        { AttributeName: 'zone', AttributeType: 'S' },
      ],
      globalSecondaryIndexes: [
        {
          IndexName: 'aMaker',
          KeySchema: [{ AttributeName: 'maker', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
        {
          IndexName: 'bMaker',
          KeySchema: [
            { AttributeName: 'maker', KeyType: 'HASH' },
            { AttributeName: 'sku', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
        {
          IndexName: 'byZone',
          KeySchema: [
            { AttributeName: 'zone', KeyType: 'HASH' },
            { AttributeName: 'added', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['name', 'price'] },
        },
      ],
      localSecondaryIndexes: [
        {
          IndexName: 'byName',
          KeySchema: [
            { AttributeName: 'shop', KeyType: 'HASH' },
            { AttributeName: 'name', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      ttlAttribute: 'goneAt',
    });
  });

  it('gives the same table whatever the order in which it is written', async () => {
    const model = (attributes: string) => `import { model } from 'dynamoose';
      export const Product = model('Product', { id: { type: String, hashKey: true }, ${attributes} });`;
    const one = `one: { type: String, index: { name: 'one-index' } }`;
    const two = `two: { type: String, index: { name: 'two-index', project: ['b', 'a', 'b'] } }`;
    const first = await specOf(model(`${one}, ${two}`));
    const second = await specOf(model(`${two}, ${one}`));
    expect(second.table).toEqual(first.table);
  });

  it('has the table name that its bundled function uses', async () => {
    const names = {
      plain: `dynamoose.model('Some_Product.v2', ${KEY})`,
      suffixed: `dynamoose.model('Product', ${KEY}, { suffix: '-x' })`,
      renamed: `dynamoose.model('Product', ${KEY}, { tableName: 'wares' })`,
    };
    for (const [name, call] of Object.entries(names)) {
      const project = projectOnDisk({
        name: 'my-shop',
        stage: 'prod',
        files: {
          'src/product.ts': `import * as dynamoose from 'dynamoose';\nexport const Product = ${call};`,
          'src/get.ts': `import { Product } from './product';\nexport const handler = () => Product.get('1');`,
        },
        models: { Product: 'src/product.ts' },
        functions: { get: 'src/get.handler' },
      });
      const { models } = await readModels(project);
      const [built] = await buildFunctions(project);
      const dynamo = await recordDynamo();
      if (built === undefined) throw new Error('nothing was built');
      await runFunction(
        built,
        {},
        {
          APIGEN_TABLE_PREFIX: 'my-shop-prod-',
          AWS_ENDPOINT_URL: dynamo.endpoint,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
        },
      );
      await dynamo.stop();
      expect({ name, used: dynamo.calls[0]?.input.TableName }).toEqual({
        name,
        used: models['Product']?.table.tableName,
      });
      expect(models['Product']?.table.tableName).toMatch(/^my-shop-prod-/);
    }
  });

  it('runs without the environment of the shell, and without a network', async () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
    const spec = await specOf(`import * as dynamoose from 'dynamoose';
      const seen = Object.keys(process.env).filter((name) => /SECRET|HOME|PATH|npm/i.test(name));
      export const Product = dynamoose.model('Product' + seen.length, ${KEY});`);
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    expect(spec.table.tableName).toBe('shop-dev-Product0');

    const { problems } = await readProduct(`await fetch('http://127.0.0.1:4566/');`);
    expect(problems).toMatchObject([
      { code: 'MODEL_FAILED', message: expect.stringContaining('must not use the network') },
    ]);
    const socket = await readProduct(`import { connect } from 'node:net';\nconnect(9);`);
    expect(socket.problems).toMatchObject([
      { message: expect.stringContaining('must not use the network'), position: { line: 2 } },
    ]);
  });

  it('may use packages, other files, JSON, CommonJS and await', async () => {
    const files = {
      'src/key.ts': `export const key = { type: String, hashKey: true } as const;`,
      'src/names.json': '{ "product": "Ware" }',
      'src/wait.cjs': `const dynamoose = require('dynamoose'); module.exports = { make: (name, schema) => dynamoose.model(name, schema) };`,
    };
    const spec = await specOf(
      `import { key } from './key'; import names from './names.json'; import { make } from './wait.cjs';
       import { v4 } from './uuid';
       const name: string = await Promise.resolve(names.product);
       export default make(name, { id: { ...key, default: v4 } });`,
      {
        files: {
          ...files,
          'src/uuid.ts': `import { randomUUID } from 'node:crypto'; export const v4 = () => randomUUID();`,
        },
      },
    );
    expect(spec.table.tableName).toBe('shop-dev-Ware');
  });

  it('may import parts of Dynamoose, which are the same as its own', async () => {
    const spec = await specOf(`import * as dynamoose from 'dynamoose';
      import { Item } from 'dynamoose/dist/Item';
      class Ware extends Item { id = ''; }
      export const Product = dynamoose.model<Ware>('Product', ${KEY});
      if (!(Product.prototype instanceof Item)) throw new Error('two Dynamooses');`);
    expect(spec.table.tableName).toBe('shop-dev-Product');
  });
});

describe('the model of a name in apigen.yml', () => {
  const head = `import * as dynamoose from 'dynamoose';`;

  it.each([
    ['the default export', `export default dynamoose.model('Anything', ${KEY});`, 'Anything'],
    ['the only export', `export const item = dynamoose.model('Anything', ${KEY});`, 'Anything'],
    [
      'the export of that name',
      `export const Product = dynamoose.model('A', ${KEY}); export const B = dynamoose.model('Product', ${KEY});`,
      'A',
    ],
    [
      'the export whose Dynamoose name it is',
      `export const a = dynamoose.model('A', ${KEY}); export const b = dynamoose.model('Product', ${KEY});`,
      'Product',
    ],
    [
      'the export of that name rather than the default',
      `export default dynamoose.model('A', ${KEY}); export const Product = dynamoose.model('B', ${KEY});`,
      'B',
    ],
    [
      'a member of module.exports',
      `module.exports = { Product: dynamoose.model('A', ${KEY}), Other: dynamoose.model('B', ${KEY}) };`,
      'A',
    ],
  ])('is %s', async (_, code, name) => {
    const spec = await specOf(
      `${code.startsWith('module') ? `const dynamoose = require('dynamoose');` : head}\n${code}`,
      {
        files: {},
        models: { Product: 'src/product.ts' },
      },
    );
    expect(spec.table.tableName).toBe(`shop-dev-${name}`);
  });

  it('may share its file with other models', async () => {
    const project = projectOnDisk({
      files: {
        'src/all.ts': `${head}\nexport const Order = dynamoose.model('Order', ${KEY});\nexport const Product = dynamoose.model('Product', ${KEY});`,
      },
      models: { Product: 'src/all.ts', Order: 'src/all.ts' },
    });
    const { models, problems } = await readModels(project);
    expect(problems).toEqual([]);
    expect(Object.values(models).map(({ name, table }) => [name, table.tableName])).toEqual([
      ['Product', 'shop-dev-Product'],
      ['Order', 'shop-dev-Order'],
    ]);
    expect(models['Product']?.position).toEqual({ file: join(project.root, 'src/all.ts'), line: 3, column: 34 });
  });

  it('is named with what the file exports when it is not among it', async () => {
    const { problems } = await readProduct(
      `${head}\nexport const A = dynamoose.model('A', ${KEY}), B = dynamoose.model('B', ${KEY});\nexport const c = 1;`,
    );
    expect(problems).toMatchObject([
      {
        code: 'MODEL_NOT_EXPORTED',
        message: 'src/product.ts exports the models A, B, none of them Product',
        position: { line: 7 },
      },
    ]);
    const none = await readProduct(`${head}\ndynamoose.model('Product', ${KEY});`);
    expect(none.problems).toMatchObject([{ code: 'MODEL_NOT_EXPORTED', message: 'src/product.ts exports no model' }]);
  });
});

it('reads the example of the guide as the guide says', async () => {
  const guide = readFileSync('docs/models.md', 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const { models, problems, warnings } = await readProduct(example);
  expect([problems, warnings]).toEqual([[], []]);
  expect(models['Product']?.underived.map(({ attribute, setting }) => [attribute, setting])).toEqual([
    ['price', 'validate'],
  ]);
  expect(models['Product']?.jsonSchema).toMatchObject({
    required: ['id', 'name', 'price'],
    properties: {
      id: { description: 'What a product is known by.' },
      maker: { properties: { country: { pattern: '^[A-Z]{2}$' } } },
      updatedAt: { format: 'date-time' },
    },
  });
});

it('reads nothing and starts nothing for a project without models', async () => {
  expect(await readModels(projectOnDisk({ files: {} }))).toEqual({ models: {}, problems: [], warnings: [] });
});

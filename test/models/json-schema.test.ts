import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import type { ModelSpec } from '../../src/models/model-spec.ts';
import { removeProjects } from '../build/projects.ts';
import { attributeOf, specOf, specOfSchema } from './product.ts';

afterAll(removeProjects);

function validatorOf(spec: ModelSpec): ValidateFunction {
  return new Ajv({ strict: false, validateFormats: false }).compile(spec.jsonSchema);
}

describe('the JSON Schema of a model', () => {
  it('has every scalar type, with required attributes and keys, and nothing unknown', async () => {
    const spec = await specOfSchema(`
      name: { type: String, required: true }, price: Number, sold: Boolean, picture: Buffer,
      added: Date, until: { type: { value: Date, settings: { storage: 'seconds' } } }, nothing: dynamoose.type.NULL,
      spelled: 'number', kind: dynamoose.type.CONSTANT('product'),
      label: dynamoose.type.COMBINE(['name', 'price'], ' '), free: { type: dynamoose.type.ANY, schema: dynamoose.type.ANY },
      scalar: dynamoose.type.ANY`);
    expect(spec.jsonSchema).toEqual({
      type: 'object',
      properties: {
        id: { type: 'string', minLength: 1 },
        name: { type: 'string' },
        price: { type: 'number' },
        sold: { type: 'boolean' },
        picture: { type: 'string', format: 'byte' },
        added: { type: 'string', format: 'date-time' },
        until: { type: 'string', format: 'date-time' },
        nothing: { type: 'null' },
        spelled: { type: 'number' },
        kind: { type: 'string', enum: ['product'] },
        label: { type: 'string' },
        free: {},
        scalar: { type: ['string', 'number', 'boolean'] },
      },
      required: ['id', 'name'],
      additionalProperties: false,
    });
  });

  it('has enums, patterns without flags, fixed values, and defaults that are plain', async () => {
    const spec = await specOfSchema(`
      size: { type: String, enum: ['S', 'M', 'L'], default: 'M' }, code: { type: String, validate: /^[A-Z]{3}$/ },
      loud: { type: String, validate: /^a$/i }, one: { type: Number, validate: 1 },
      made: { type: Number, default: () => 5 }, zone: { type: String, index: true }`);
    expect(spec.jsonSchema['properties']).toMatchObject({
      size: { type: 'string', enum: ['S', 'M', 'L'], default: 'M' },
      code: { type: 'string', pattern: '^[A-Z]{3}$' },
      one: { type: 'number', enum: [1] },
      zone: { type: 'string', minLength: 1 },
    });
    expect((spec.jsonSchema['properties'] as Record<string, unknown>)['loud']).toEqual({ type: 'string' });
    expect((spec.jsonSchema['properties'] as Record<string, unknown>)['made']).toEqual({ type: 'number' });
    expect(attributeOf(spec, 'made').default).toEqual({});
    expect(attributeOf(spec, 'size').default).toEqual({ value: 'M' });
  });

  it('has nested objects, lists and sets, however they are spelled', async () => {
    const spec = await specOfSchema(`
      address: { type: Object, schema: { street: { type: String, required: true }, flat: Number } },
      other: new dynamoose.Schema({ deep: { type: Object, schema: new dynamoose.Schema({ x: Boolean }) } }),
      tags: { type: Set, schema: [String] }, days: { type: Set, schema: [{ type: Date }] },
      names: { type: Array, schema: [String] },
      lines: { type: Array, schema: [{ type: Object, schema: { sku: { type: String, required: true, enum: ['a'] } } }] },
      grid: { type: Array, schema: [{ type: Array, schema: [Number] }] },
      rest: { type: Array, schema: dynamoose.type.ANY }, emptied: Array`);
    expect(spec.jsonSchema['properties']).toMatchObject({
      address: {
        type: 'object',
        properties: { street: { type: 'string' }, flat: { type: 'number' } },
        required: ['street'],
        additionalProperties: false,
      },
      other: { properties: { deep: { type: 'object', properties: { x: { type: 'boolean' } } } } },
      tags: { type: 'array', items: { type: 'string' }, uniqueItems: true, minItems: 1 },
      days: { type: 'array', items: { type: 'string', format: 'date-time' }, uniqueItems: true },
      names: { type: 'array', items: { type: 'string' } },
      lines: { type: 'array', items: { properties: { sku: { type: 'string', enum: ['a'] } }, required: ['sku'] } },
      grid: { type: 'array', items: { type: 'array', items: { type: 'number' } } },
      rest: { type: 'array', items: {} },
      emptied: { type: 'array', maxItems: 0 },
    });
  });

  it('has any of several types', async () => {
    const spec = await specOfSchema(`
      mixed: { type: [String, Number], required: true },
      shape: [{ type: Object, schema: { x: { type: Number, required: true } } }, String],
      settled: [{ type: String, enum: ['a'] }, { type: Number, enum: [1] }]`);
    const valid = validatorOf(spec);
    const cases: [boolean, object][] = [
      [true, { mixed: 'a' }],
      [true, { mixed: 1 }],
      [false, { mixed: true }],
      [false, {}],
      [true, { mixed: 1, shape: 'text' }],
      [true, { mixed: 1, shape: { x: 1 } }],
      [false, { mixed: 1, shape: {} }],
      [true, { mixed: 1, settled: 1 }],
      [false, { mixed: 1, settled: 'b' }],
    ];
    for (const [expected, item] of cases) expect([item, valid({ id: '1', ...item })]).toEqual([item, expected]);
  });

  it('keeps what saveUnknown keeps', async () => {
    const anything = await specOfSchema('name: String', '{ saveUnknown: true }');
    expect(anything.jsonSchema).not.toHaveProperty('additionalProperties');
    const some = await specOfSchema(
      `inner: { type: Object, schema: { x: Number } }, shut: { type: Object, schema: { x: Number } }`,
      `{ saveUnknown: ['inner.*', 'extra.**', 'more'] }`,
    );
    const valid = validatorOf(some);
    expect(valid({ id: '1', inner: { y: 1 }, extra: { deep: { er: 1 } }, more: 1 })).toBe(true);
    expect(valid({ id: '1', shut: { y: 1 } })).toBe(false);
    expect(valid({ id: '1', other: 1 })).toBe(false);
  });

  it('has what Dynamoose writes by itself, told apart', async () => {
    const spec = await specOf(`import * as dynamoose from 'dynamoose';
      const iso = { type: { value: Date, settings: { storage: 'iso' } } } as const;
      export const Product = dynamoose.model('Product', new dynamoose.Schema(
        { id: { type: String, hashKey: true }, ttl: Number },
        { timestamps: { createdAt: ['made', 'born'], updatedAt: { changed: iso } } }), { expires: 1000 });`);
    const roles = spec.schemas[0]?.attributes.map(({ name, role, values }) => [name, role, values[0]?.type]);
    expect(roles).toEqual([
      ['id', undefined, { kind: 'string' }],
      ['made', 'createdAt', { kind: 'date', storage: 'milliseconds' }],
      ['born', 'createdAt', { kind: 'date', storage: 'milliseconds' }],
      ['changed', 'updatedAt', { kind: 'date', storage: 'iso' }],
      ['ttl', 'expiresAt', { kind: 'date', storage: 'seconds' }],
    ]);
    expect(spec.table.ttlAttribute).toBe('ttl');
    const simple = await specOfSchema('name: String', '{ timestamps: true }');
    expect(simple.schemas[0]?.attributes.map(({ name }) => name)).toEqual(['id', 'name', 'createdAt', 'updatedAt']);
  });

  it('has the keys of items of other models', async () => {
    const spec = await specOf(`import * as dynamoose from 'dynamoose';
      const Maker = dynamoose.model('Maker', { code: { type: Number, hashKey: true }, name: String });
      const Place = dynamoose.model('Place', { land: { type: String, hashKey: true }, town: { type: String, rangeKey: true } });
      export const Product = dynamoose.model('Product', { id: { type: String, hashKey: true }, maker: Maker, place: Place,
        makers: { type: Set, schema: [Maker] }, parent: dynamoose.type.THIS });`);
    expect(spec.jsonSchema['properties']).toMatchObject({
      maker: { type: 'number' },
      place: { type: 'object', required: ['land', 'town'] },
      makers: { type: 'array', items: { type: 'number' } },
      parent: { type: 'string' },
    });
  });

  it('is one of several for a model with several schemas', async () => {
    const spec = await specOf(`import * as dynamoose from 'dynamoose';
      const keys = { pk: { type: String, hashKey: true }, sk: { type: String, rangeKey: true } } as const;
      export const Product = dynamoose.model('Product', [
        new dynamoose.Schema({ ...keys, kind: dynamoose.type.CONSTANT('order'), total: { type: Number, required: true } }),
        { ...keys, kind: dynamoose.type.CONSTANT('line'), sku: { type: String, index: true } },
      ]);`);
    const valid = validatorOf(spec);
    expect(valid({ pk: 'a', sk: 'b', kind: 'order', total: 1 })).toBe(true);
    expect(valid({ pk: 'a', sk: 'b', kind: 'line', sku: 'x' })).toBe(true);
    expect(valid({ pk: 'a', sk: 'b', kind: 'line', total: 1 })).toBe(false);
    expect(spec.table.globalSecondaryIndexes.map(({ IndexName }) => IndexName)).toEqual(['skuGlobalIndex']);
  });

  it('takes its descriptions from the comments above attributes', async () => {
    const spec = await specOf(`import * as dynamoose from 'dynamoose';
      export const Product = dynamoose.model('Product', new dynamoose.Schema({
        /** What it is known by. */
        id: { type: String, hashKey: true },
        // price: not this one
        /**
         * In euros,
         * with taxes.
         * @example 12.5
         */
        'price': Number,
        plain: Number, // price: nor this
        box: { type: Object, schema: {
          /** In centimetres. */
          width: Number,
        } },
        /** Elsewhere. */
        width: Number,
      }));`);
    expect(spec.jsonSchema['properties']).toEqual({
      id: { type: 'string', minLength: 1, description: 'What it is known by.' },
      price: { type: 'number', description: 'In euros, with taxes.' },
      plain: { type: 'number' },
      box: {
        type: 'object',
        properties: { width: { type: 'number', description: 'In centimetres.' } },
        additionalProperties: false,
      },
      width: { type: 'number', description: 'Elsewhere.' },
    });
  });
});

describe('what only running a model decides', () => {
  let spec: ModelSpec;
  beforeAll(async () => {
    spec = await specOf(
      `import * as dynamoose from 'dynamoose';
import { positive } from './checks';
const schema = new dynamoose.Schema({
  id: { type: String, hashKey: true, set: (value) => String(value).toLowerCase() },
  price: { type: Number, validate: positive },
  code: {
    type: String,
    validate: /^x$/i,
    async get(value) { return value; },
  },
  lines: { type: Array, schema: [{ type: Object, schema: { n: { type: Number, validate: async (n) => n > 0 } } }] },
}, {
  validate: (item) => item.price > 1,
});
export const Product = dynamoose.model('Product', schema);`,
      { files: { 'src/checks.ts': `\nexport function positive(n: number): boolean {\n  return n > 0;\n}` } },
    );
  });

  it('is listed with the line of each function, in whatever file it stands', () => {
    const listed = spec.underived.map(({ attribute, setting, position }) => [
      attribute,
      setting,
      position.file.replace(/.*\//, ''),
      position.line,
    ]);
    expect(listed).toEqual([
      ['', 'validate', 'product.ts', 13],
      ['id', 'set', 'product.ts', 4],
      ['price', 'validate', 'checks.ts', 2],
      ['code', 'validate', 'product.ts', 6],
      ['code', 'get', 'product.ts', 9],
      ['lines.0.n', 'validate', 'product.ts', 11],
    ]);
  });

  it('is not guessed in the schema', () => {
    expect(spec.jsonSchema['properties']).toMatchObject({ price: { type: 'number' }, code: { type: 'string' } });
    expect(JSON.stringify(spec.jsonSchema)).not.toContain('pattern');
  });
});

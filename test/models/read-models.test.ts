import { afterAll, describe, expect, it } from '@jest/globals';
import { type ModelReading, readModels } from '../../src/models/read-models.ts';
import { type ProjectOnDisk, projectOnDisk, removeProjects } from '../build/projects.ts';

afterAll(removeProjects);

/** Reads one model file called `Product`. */
async function readProduct(code: string, more: Partial<ProjectOnDisk> = {}): Promise<ModelReading> {
  const project = projectOnDisk({
    models: { Product: 'src/product.ts' },
    ...more,
    files: { 'src/product.ts': code, ...more.files },
  });
  return readModels(project);
}

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
});

import { afterAll, describe, expect, it } from '@jest/globals';
import { openEncoder } from '../../src/models/item-encoder.ts';
import { projectOnDisk, removeProjects } from '../build/projects.ts';

afterAll(removeProjects);

const model = `import * as dynamoose from 'dynamoose';
  export const Product = dynamoose.model('Product', new dynamoose.Schema({
    id: { type: String, hashKey: true },
    name: { type: String, required: true, set: (name) => String(name).trim() },
    price: { type: Number, validate: (price) => Number(price) >= 0, default: 1 },
    added: Date,
    picture: Buffer,
    tags: { type: Set, schema: [String] },
    size: { type: String, enum: ['S', 'M'] },
  }));`;

async function encodeAll(items: readonly unknown[]) {
  const project = projectOnDisk({ models: { Product: 'src/product.ts' }, files: { 'src/product.ts': model } });
  const declaration = project.models['Product'];
  if (declaration === undefined) throw new Error('the project has no Product');
  const encoder = await openEncoder(project, declaration);
  try {
    return await encoder.encode(items);
  } finally {
    await encoder.close();
  }
}

describe('items on their way into a table', () => {
  it('get the defaults and transforms of the model, and the types of DynamoDB', async () => {
    const added = '2026-01-31T12:00:00Z';
    const [encoded] = await encodeAll([{ id: 'a', name: ' Chess ', added, picture: 'aGk=', tags: ['x', 'y'] }]);
    expect(encoded).toEqual({
      item: {
        id: { S: 'a' },
        name: { S: 'Chess' },
        price: { N: '1' },
        added: { N: String(Date.parse(added)) },
        picture: { B: Buffer.from('hi') },
        tags: { SS: ['x', 'y'] },
      },
    });
  });

  it('are each refused with what is wrong, beside others that are fine', async () => {
    const items = await encodeAll([
      { id: 'a', name: 'Chess' },
      { id: 'b' },
      { id: 'c', name: 'Go', colour: 'black' },
      { id: 'd', name: 'Go', price: -1 },
      { id: 'e', name: 'Go', size: 'XL' },
      'nothing',
    ]);
    expect(items.map(({ problems }) => problems)).toEqual([
      undefined,
      [{ path: 'name', message: 'is required' }],
      [{ path: 'colour', message: 'is no attribute of the model' }],
      [{ path: '', message: expect.stringMatching(/^is refused by the model: .*price.*/) }],
      [{ path: 'size', message: 'must be one of "S", "M"' }],
      [{ path: '', message: 'must be an object, not "nothing"' }],
    ]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { bodyOf } from '../../src/models/decoder/read-body.ts';
import { specOfSchema } from './product.ts';

describe('a body whose key is optional', () => {
  const rule = { attributes: [['id', 'name']], partial: false, optional: ['id'] };
  const read = async (json: unknown) => {
    const { schemas } = await specOfSchema('name: { type: String, required: true }');
    return bodyOf({ body: JSON.stringify(json) }, schemas, rule);
  };

  it('may have it or not', async () => {
    expect(await read({ name: 'Lamp' })).toEqual({ name: 'Lamp' });
    expect(await read({ id: 'a', name: 'Lamp' })).toEqual({ id: 'a', name: 'Lamp' });
  });

  it('cannot have it empty, and not lack what is required', async () => {
    await expect(read({ id: '', name: 'Lamp' })).rejects.toThrow('id must not be empty');
    await expect(read({ id: 'a' })).rejects.toThrow('name is required');
  });
});

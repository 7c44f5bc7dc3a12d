import { describe, expect, it } from '@jest/globals';
import { compareShapes, type ModelShape } from '../../src/models/model-shape.ts';

const text = { type: 'string', required: false, filled: false };
const shape = (attributes: ModelShape['attributes'], more: Partial<ModelShape> = {}): ModelShape => ({
  attributes,
  keys: 'id',
  indexes: {},
  ...more,
});
const compare = (was: ModelShape, now: ModelShape) =>
  compareShapes({ Product: was }, { Product: now }).map(({ kind, subject, from, to }) =>
    [kind, subject, from, to].filter((part) => part !== undefined && part !== '').join(' '),
  );

describe('a change of a model', () => {
  it.each([
    ['a new attribute', shape({}), shape({ a: text }), 'new-optional a'],
    ['a new required attribute', shape({}), shape({ a: { ...text, required: true } }), 'new-required a'],
    [
      'a required attribute that the model fills in',
      shape({}),
      shape({ a: { ...text, required: true, filled: true } }),
      'new-optional a',
    ],
    [
      'an attribute that became required',
      shape({ a: text }),
      shape({ a: { ...text, required: true } }),
      'new-required a',
    ],
    ['another type', shape({ a: text }), shape({ a: { ...text, type: 'number' } }), 'retyped a string number'],
    ['a removed attribute', shape({ a: text }), shape({}), 'removed a'],
    ['a new object, told once', shape({}), shape({ a: { ...text, type: 'object' }, 'a.b': text }), 'new-optional a'],
    ['a new index', shape({}), shape({}, { indexes: { byA: 'a' } }), 'new-index byA'],
    ['a removed index', shape({}, { indexes: { byA: 'a' } }), shape({}), 'removed-index byA'],
    [
      'an index with other keys',
      shape({}, { indexes: { x: 'a' } }),
      shape({}, { indexes: { x: 'b' } }),
      'removed-index x,new-index x',
    ],
    ['another key', shape({}), shape({}, { keys: 'id, day' }), 'rekeyed id id, day'],
    ['nothing', shape({ a: { ...text, required: true } }), shape({ a: { ...text, required: true } }), ''],
    ['a requirement that fell', shape({ a: { ...text, required: true } }), shape({ a: text }), ''],
  ])('is %s', (_, was, now, expected) => {
    expect(compare(was, now).join(',')).toBe(expected);
  });

  it('is none for a model that is new or gone', () => {
    expect(compareShapes({}, { Product: shape({ a: text }) })).toEqual([]);
    expect(compareShapes({ Product: shape({ a: text }) }, {})).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { AttributeSpec, AttributeType } from '../../../src/models/attribute-spec.ts';
import { itemType, keyType } from '../../../src/models/types/item-type.ts';

const one = (name: string, type: AttributeType, rest: Partial<AttributeSpec> = {}): AttributeSpec => ({
  name,
  values: [{ type }],
  required: true,
  ...rest,
});
const text: AttributeType = { kind: 'string' };
const typeOf = (type: AttributeType): string =>
  /^\{ it: (.*) \}$/s.exec(itemType([{ attributes: [one('it', type)], open: false }], 'stored'))?.[1] ?? '';

describe('the type of an attribute', () => {
  it.each<[AttributeType, string]>([
    [{ kind: 'number' }, 'number'],
    [{ kind: 'null' }, 'null'],
    [{ kind: 'binary' }, 'Buffer'],
    [{ kind: 'date', storage: 'seconds' }, 'Date'],
    [{ kind: 'constant', value: "it's" }, '"it\'s"'],
    [{ kind: 'constant', value: `it's "so"` }, `'it\\'s "so"'`],
    [{ kind: 'constant', value: 'a\\"\n' }, `'a\\\\"\\n'`],
    [{ kind: 'combine', attributes: ['a', 'b'], separator: '#' }, 'string'],
    [{ kind: 'any', deep: true }, 'unknown'],
    [{ kind: 'any', deep: false }, 'string | number | boolean'],
    [{ kind: 'set', of: { kind: 'number' } }, 'Set<number>'],
    [{ kind: 'array' }, 'never[]'],
    [{ kind: 'array', items: [{ type: text }] }, 'string[]'],
    [{ kind: 'array', items: [{ type: text }, { type: { kind: 'number' } }] }, 'Array<string | number>'],
    [{ kind: 'array', items: [{ type: text, enum: ['a', 'b'] }] }, "Array<'a' | 'b'>"],
    [{ kind: 'object', attributes: [one('to', text)], open: false }, '{ to: string }'],
    [{ kind: 'object', attributes: [], open: true }, '{ [name: string]: unknown }'],
    [{ kind: 'object', attributes: [], open: false }, 'Record<string, never>'],
    [{ kind: 'reference', model: 'Shop', key: [one('id', text, { key: 'hash' })] }, 'string'],
    [
      { kind: 'reference', model: 'Line', key: [one('id', text), one('at', { kind: 'date', storage: 'iso' })] },
      '{ id: string; at: Date }',
    ],
  ])('%j', (type, expected) => {
    expect(typeOf(type)).toBe(expected);
  });
});

describe('the type of an item', () => {
  const schema = {
    attributes: [
      one('id', text, { required: false, key: 'hash', description: 'What it is known by.' }),
      one('state', text, {
        required: false,
        values: [{ type: text, enum: ['new', 'sold'] }],
        default: { value: 'new' },
      }),
      one('any-of', text, { required: false, values: [{ type: text }, { type: { kind: 'number' } }] }),
      one('createdAt', { kind: 'date', storage: 'milliseconds' }, { required: false, role: 'createdAt' }),
    ],
    open: false,
  };

  it('has all that the model fills in once it is stored', () => {
    expect(itemType([schema], 'stored')).toBe(`{
  /** What it is known by. */
  id: string;
  state: 'new' | 'sold';
  'any-of'?: string | number;
  createdAt: Date;
}`);
  });

  it('asks a caller for nothing that the model fills in', () => {
    expect(itemType([schema], 'sent')).toBe(`{
  /** What it is known by. */
  id: string;
  state?: 'new' | 'sold';
  'any-of'?: string | number;
  createdAt?: Date;
}`);
  });

  it('has a long enum on lines of its own, also beside another type', () => {
    const long = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
    const values = [{ type: text, enum: long }, { type: { kind: 'number' } as const }];
    expect(itemType([{ attributes: [one('it', text, { values })], open: false }], 'stored')).toBe(`{
  it:
    | (
      | '${long[0]}'
      | '${long[1]}'
      | '${long[2]}'
    )
    | number;
}`);
  });

  it('is a union for a model of several schemas, whose key is the same', () => {
    const other = { attributes: [one('id', text, { key: 'hash' }), one('n', { kind: 'number' })], open: true };
    expect(itemType([{ attributes: [one('id', text, { key: 'hash' })], open: false }, other], 'stored')).toBe(
      '{ id: string } | { id: string; n: number; [name: string]: unknown }',
    );
    expect(keyType([{ attributes: [one('id', text, { key: 'hash' })], open: false }, other])).toBe('{ id: string }');
  });

  it('cannot be broken out of by names and remarks', () => {
    const attributes = [one("a'; evil: 1 }", text, { description: 'ends */ here\nand goes on' })];
    expect(itemType([{ attributes, open: false }], 'stored')).toBe(`{
  /**
   * ends *\\/ here
   * and goes on
   */
  "a'; evil: 1 }": string;
}`);
  });
});

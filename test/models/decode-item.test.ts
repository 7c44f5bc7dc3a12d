import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import type { AttributeSpec, AttributeType, SchemaSpec, ValueSpec } from '../../src/models/attribute-spec.ts';
import { decodeItem } from '../../src/models/decoder/decode-item.ts';
import { jsonSchemaOf } from '../../src/models/json-schema.ts';

const one = (attribute: AttributeSpec, open = false): readonly SchemaSpec[] => [{ attributes: [attribute], open }];
const of = (type: AttributeType, more: Partial<ValueSpec> = {}): AttributeSpec => ({
  name: 'x',
  values: [{ type, ...more }],
  required: false,
});
const decoded = (attribute: AttributeSpec, x: unknown): unknown => decodeItem(one(attribute), { x }).item?.['x'];
const problem = (attribute: AttributeSpec, x: unknown): string =>
  (decodeItem(one(attribute), { x }).problems ?? []).map(({ path, message }) => `${path} ${message}`).join('; ');

const date: AttributeType = { kind: 'date', storage: 'seconds' };

describe('an item from JSON', () => {
  it('has dates, sets and bytes where the model has them, to any depth', () => {
    const maker: AttributeSpec = { name: 'since', values: [{ type: date }], required: false };
    expect(decoded(of(date), '2026-02-28T23:59:59+01:00')).toEqual(new Date('2026-02-28T22:59:59Z'));
    expect(decoded(of({ kind: 'binary' }), 'aGk=')).toEqual(Buffer.from('hi'));
    expect(decoded(of({ kind: 'set', of: { kind: 'number' } }), [1, 2])).toEqual(new Set([1, 2]));
    expect(
      decoded(of({ kind: 'object', attributes: [maker], open: false }), { since: '2026-01-01T00:00:00Z' }),
    ).toEqual({
      since: new Date('2026-01-01T00:00:00Z'),
    });
    expect(decoded(of({ kind: 'array', items: [{ type: date }] }), ['2026-01-01T00:00:00Z'])).toEqual([
      new Date('2026-01-01T00:00:00Z'),
    ]);
  });

  it.each([
    [
      'a day that no month has',
      of(date),
      '2026-02-30T00:00:00Z',
      'x must be a time as 2026-01-31T12:00:00Z, not "2026-02-30T00:00:00Z"',
    ],
    ['a date without a time', of(date), '2026-02-03', 'x must be a time as 2026-01-31T12:00:00Z, not "2026-02-03"'],
    ['a number in quotes', of({ kind: 'number' }), '12', 'x must be a number, not "12"'],
    ['bytes that are no base64', of({ kind: 'binary' }), 'a', 'x must be base64, not "a"'],
    [
      'an empty set',
      of({ kind: 'set', of: { kind: 'string' } }),
      [],
      'x must not be empty: DynamoDB has no empty sets',
    ],
    [
      'a set with a double',
      of({ kind: 'set', of: { kind: 'string' } }),
      ['a', 'a'],
      'x must hold each value once: it is a set',
    ],
    [
      'a wrong element',
      of({ kind: 'array', items: [{ type: { kind: 'string' } }] }),
      ['a', 1],
      'x.1 must be a string, not 1',
    ],
    [
      'an empty key',
      { ...of({ kind: 'string' }), key: 'index' as const },
      '',
      'x must not be empty: it is part of a key',
    ],
  ])('is refused for %s, with the place', (_, attribute, value, expected) => {
    expect(problem(attribute, value)).toBe(expected);
  });

  it('is refused for an attribute that the model does not name, unless the model keeps unknown ones', () => {
    const text = of({ kind: 'string' });
    expect(decodeItem(one(text), { y: 1 }).problems).toEqual([{ path: 'y', message: 'is no attribute of the model' }]);
    expect(decodeItem(one(text, true), { y: 1 }).item).toEqual({ y: 1 });
  });

  it('keeps __proto__ as the name of an attribute', () => {
    const { item } = decodeItem([{ attributes: [], open: true }], JSON.parse('{"__proto__": {"admin": true}}'));
    expect(Object.keys(item ?? {})).toEqual(['__proto__']);
    expect((item as { admin?: boolean }).admin).toBeUndefined();
  });

  it('may lack required attributes when it is a part', () => {
    const required = { ...of({ kind: 'string' }), required: true };
    expect(decodeItem(one(required), {}).problems).toEqual([{ path: 'x', message: 'is required' }]);
    expect(decodeItem(one(required), {}, { partial: true }).item).toEqual({});
  });
});

// ------------------------------------------------------------------ agreement with the JSON Schema

const scalar: fc.Arbitrary<AttributeType> = fc.constantFrom<AttributeType>(
  { kind: 'string' },
  { kind: 'number' },
  { kind: 'boolean' },
  { kind: 'null' },
  { kind: 'binary' },
  date,
  { kind: 'constant', value: 'book' },
  { kind: 'any', deep: true },
  { kind: 'any', deep: false },
);
const { type: anyType } = fc.letrec<{ type: AttributeType; value: ValueSpec; attributes: AttributeSpec[] }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.constantFrom<AttributeType>({ kind: 'set', of: { kind: 'string' } }, { kind: 'set', of: { kind: 'number' } }),
    fc
      .option(fc.array(tie('value'), { minLength: 1, maxLength: 2 }), { nil: undefined })
      .map((items): AttributeType => (items === undefined ? { kind: 'array' } : { kind: 'array', items })),
    fc
      .record({ attributes: tie('attributes'), open: fc.boolean() })
      .map(({ attributes, open }): AttributeType => ({ kind: 'object', attributes, open })),
  ),
  value: tie('type').map((type) => ({ type })),
  attributes: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      values: fc.array(tie('value'), { minLength: 1, maxLength: 2 }),
      required: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 3 },
  ),
}));

/** Values near what schemas ask for, and others. */
const document = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(
      'book',
      '',
      'aGk=',
      '2026-01-31T12:00:00Z',
      '2026-02-31T12:00:00Z',
      0,
      1.5,
      -3,
      true,
      false,
      null,
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

describe('the decoder and the JSON Schema of a model', () => {
  it('take and refuse the same documents', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        anyType,
        fc.boolean(),
        fc.array(document, { minLength: 10, maxLength: 10 }),
        (type, required, values) => {
          const schemas = one({ ...of(type), required });
          const ajv = new Ajv({ strict: false, formats: { 'date-time': isTime, byte: isBase64 } });
          const validate = ajv.compile(jsonSchemaOf(schemas));
          for (const x of values) {
            const isValid = validate({ x });
            if (isValid) taken += 1;
            expect({ x, takes: decodeItem(schemas, { x }).problems === undefined }).toEqual({ x, takes: isValid });
          }
        },
      ),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 200) },
    );
    expect(taken).toBeGreaterThan(20);
  });
});

/** Written apart from the decoder's own. */
function isTime(text: string): boolean {
  const parts = /^(\d+-\d+-\d+)[Tt](\d\d:\d\d:\d\d)(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.exec(text);
  const day = parts === null ? undefined : new Date(`${parts[1]}T00:00:00Z`);
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(parts?.[1] ?? '-');
}

const isBase64 = (text: string): boolean => Buffer.from(text, 'base64').toString('base64') === text;

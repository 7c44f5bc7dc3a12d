// Whatever a model or a JSON Schema says, its type is TypeScript: names, remarks and enums of any text, nested anyhow.

import { expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';
import { transformSync } from 'esbuild';
import fc from 'fast-check';
import type { AttributeSpec, AttributeType, SchemaSpec, ValueSpec } from '../../../src/models/attribute-spec.ts';
import { itemType, keyType } from '../../../src/models/types/item-type.ts';
import { schemaFileTypes } from '../../../src/models/types/schema-file-types.ts';
import { objectBlock } from '../../../src/models/types/type-text.ts';
import { valueText } from '../../../src/models/types/value-text.ts';

/** Texts that try to get out of where they stand, and long ones that break lines. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    "'",
    '"',
    '`',
    '*/',
    '\\',
    '\n',
    '\r\n',
    '\u2028',
    'a\'b"c',
    '${x}',
    '// x',
    '__proto__',
    'x'.repeat(90),
  ),
);

const attributes = fc.letrec<{ type: AttributeType; value: ValueSpec; attribute: AttributeSpec }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<AttributeType>(
      { kind: 'string' },
      { kind: 'number' },
      { kind: 'binary' },
      { kind: 'null' },
      { kind: 'any', deep: false },
      { kind: 'date', storage: 'iso' },
      { kind: 'array' },
    ),
    text.map((value): AttributeType => ({ kind: 'constant', value })),
    tie('type').map((of): AttributeType => ({ kind: 'set', of })),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }).map((items): AttributeType => ({ kind: 'array', items })),
    fc.record({
      kind: fc.constant('object' as const),
      attributes: fc.array(tie('attribute'), { maxLength: 4 }),
      open: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('reference' as const),
      model: text,
      key: fc.array(tie('attribute'), { maxLength: 2 }),
    }),
  ),
  value: fc.oneof(
    tie('type').map((type): ValueSpec => ({ type })),
    fc.record({ type: tie('type'), enum: fc.array(fc.oneof(text, fc.integer()), { minLength: 1, maxLength: 4 }) }),
  ),
  attribute: fc.record(
    {
      name: text,
      values: fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
      required: fc.boolean(),
      key: fc.constantFrom('hash' as const, 'range' as const, 'index' as const),
      description: text,
    },
    { requiredKeys: ['name', 'values', 'required'] },
  ),
}));
const schema: fc.Arbitrary<SchemaSpec> = fc.record({
  attributes: fc.array(attributes.attribute, { maxLength: 5 }),
  open: fc.boolean(),
});

/** esbuild would step over types without reading them. */
const isCode = (code: string): void => {
  parseSync(code, { syntax: 'typescript' });
};

it('of a model', () => {
  fc.assert(
    fc.property(fc.array(schema, { minLength: 1, maxLength: 2 }), (schemas) => {
      isCode(`export type A = ${itemType(schemas, 'stored')};\nexport type B = ${itemType(schemas, 'sent')};`);
      isCode(`export type C = ${keyType(schemas)};\nexport type D = ${itemType(schemas, 'sent')} | null;`);
    }),
    { numRuns: 500 },
  );
});

it('of a JSON Schema', () => {
  const words = [
    'type',
    'enum',
    'anyOf',
    'allOf',
    'items',
    'properties',
    'required',
    '$ref',
    'additionalProperties',
    'description',
    'definitions',
  ];
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom('string', 'object', 'array', '#', '#/definitions/a', '#/properties', true, false, null, 1),
      text,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...words, 'a'), text), tie('value'), { maxKeys: 6 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...words), value, { maxKeys: 8 }), text, (schema, file) => {
      isCode(`export interface Schemas ${objectBlock(schemaFileTypes(file, schema))}`);
    }),
    { numRuns: 1000 },
  );
});

it('and values as code are those values', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { code } = transformSync(`export const x = ${valueText(value)};`, { loader: 'ts', format: 'cjs' });
      const module: { exports: { x?: unknown } } = { exports: {} };
      new Function('module', 'exports', code)(module, module.exports);
      expect(JSON.stringify(module.exports.x)).toBe(JSON.stringify(value));
    }),
    { numRuns: 300 },
  );
});

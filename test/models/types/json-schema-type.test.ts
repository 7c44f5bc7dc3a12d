import { describe, expect, it } from '@jest/globals';
import { jsonSchemaType } from '../../../src/models/types/json-schema-type.ts';
import { schemaFileTypes } from '../../../src/models/types/schema-file-types.ts';

const typeOf = (schema: unknown) => jsonSchemaType(schema, { refer: () => undefined });

describe('a JSON Schema as a type', () => {
  it.each<[unknown, string]>([
    [{ type: 'integer', minimum: 1 }, 'number'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ enum: ['a', 1, null, true] }, "'a' | 1 | null | true"],
    [{ enum: [{ a: 1 }] }, 'unknown'],
    [{ type: 'array' }, 'unknown[]'],
    [{ type: 'array', items: { enum: ['a', 'b'] } }, "Array<'a' | 'b'>"],
    [{ type: 'array', items: [{ type: 'string' }, { type: 'number' }] }, '[string?, number?, ...unknown[]]'],
    [{ type: 'array', items: [{ type: 'string' }], additionalItems: false }, '[string?]'],
    [{ type: 'object' }, '{ [name: string]: unknown }'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [name: string]: number }'],
    [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
    [
      { properties: { a: { type: 'string' }, b: {} }, required: ['a', 'c'], additionalProperties: false },
      '{ a: string; b?: unknown; c: unknown }',
    ],
    [{ properties: { '': { type: 'string' } }, additionalProperties: false }, "{ ''?: string }"],
    [
      { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'number' } },
      '{ a?: string; [name: string]: unknown }',
    ],
    [
      { type: 'object', additionalProperties: false, patternProperties: { '^x': {} }, properties: { a: {} } },
      '{ a?: unknown; [name: string]: unknown }',
    ],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 'string | number'],
    [{ allOf: [{ type: 'string' }, { anyOf: [{ enum: ['a'] }, { enum: ['b'] }] }] }, "string & ('a' | 'b')"],
    [{ $ref: 'other.json' }, 'unknown'],
    [{}, 'unknown'],
    [true, 'unknown'],
  ])('%j', (schema, expected) => {
    expect(typeOf(schema)).toBe(expected);
  });

  it('keeps descriptions as remarks', () => {
    expect(typeOf({ properties: { a: { type: 'string', description: 'First.' } }, additionalProperties: false })).toBe(
      '{\n  /** First. */\n  a?: string;\n}',
    );
  });
});

describe('a schema file', () => {
  it('has a type for each place that is referred to, itself included', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/definitions/node' }, top: { $ref: '#' } } };
    const types = schemaFileTypes('a.json', {
      $ref: '#/definitions/node',
      definitions: { node: { ...node, additionalProperties: false }, unused: {} },
    });
    expect(types).toEqual([
      { name: 'a.json', type: "Schemas['a.json#/definitions/node']" },
      {
        name: 'a.json#/definitions/node',
        type: "{ next?: Schemas['a.json#/definitions/node']; top?: Schemas['a.json'] }",
      },
    ]);
  });

  it('is unknown where a reference leads nowhere or to another file', () => {
    const schema = { properties: { a: { $ref: '#/definitions/no' }, b: { $ref: 'b.json' }, c: { $ref: '#/%' } } };
    expect(schemaFileTypes('a.json', { ...schema, additionalProperties: false })).toEqual([
      { name: 'a.json', type: '{ a?: unknown; b?: unknown; c?: unknown }' },
    ]);
  });
});

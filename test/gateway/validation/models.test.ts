import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from '../../../src/api/definition.ts';
import { Models } from '../../../src/gateway/validation/models.ts';

const url = (model: string) => `https://apigateway.amazonaws.com/restapis/0123456789/models/${model}`;

describe('models', () => {
  it('are draft 4: exclusive bounds are flags', () => {
    const models = new Models({ M: { type: 'number', minimum: 1, exclusiveMinimum: true } });
    expect(models.validate('M', '1')).toBeDefined();
    expect(models.validate('M', '1.5')).toBeUndefined();
  });

  it('refer to each other by URLs of any API id, in circles and into definitions', () => {
    const models = new Models({
      Person: { type: 'object', required: ['name'], properties: { home: { $ref: url('House') } } },
      House: { type: 'object', properties: { people: { type: 'array', items: { $ref: url('Person') } } } },
      Id: { $ref: `${url('Shared')}#/definitions/id` },
      Shared: { definitions: { id: { type: 'integer' } } },
    });
    expect(models.validate('Person', '{"name":"a","home":{"people":[{"name":"b"}]}}')).toBeUndefined();
    expect(models.validate('Person', '{"name":"a","home":{"people":[{}]}}')).toBeDefined();
    expect(models.validate('Id', '"x"')).toBeDefined();
  });

  it('ignore which dialect they claim', () => {
    const models = new Models({ M: { $schema: 'http://json-schema.org/draft-07/schema#', type: 'string' } });
    expect(models.validate('M', '"a"')).toBeUndefined();
  });

  it('say what is wrong in the words of AWS’s validator', () => {
    const models = new Models({
      M: { type: 'object', required: ['b', 'a'], properties: { n: { type: 'number' } }, additionalProperties: false },
    });
    expect(models.validate('M', '{"n":"x"}')?.problem).toBe('[object has missing required properties (["a","b"])]');
    expect(models.validate('M', '{"a":1,"b":1,"n":"x"}')?.problem).toBe(
      '[object instance has properties which are not allowed by the schema: ["a","b"]]',
    );
    expect(models.validate('M', '{"a":1')?.problem).toMatch(/^\[/);
  });

  it.each<[schema: JsonSchema, value: unknown, problem: string]>([
    [
      { type: 'number' },
      'x',
      'instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])',
    ],
    [
      { minLength: 3, pattern: '^b' },
      'aé',
      'string "aé" is too short (length: 2, required minimum: 3), ECMA 262 regex "^b" does not match input string "aé"',
    ],
    [{ enum: [1, 2] }, 3, 'instance value (3) not found in enum (possible values: [1,2])'],
    [{ minimum: 1 }, 0, 'numeric instance is lower than the required minimum (minimum: 1, found: 0)'],
    [{ minimum: 1, exclusiveMinimum: true }, 1, 'numeric instance is not strictly greater than the required minimum 1'],
    [{ multipleOf: 2 }, 3, 'remainder of division is not zero (3 / 2)'],
    [{ maxItems: 1 }, [1, 2], 'array is too long: must have at most 1 elements but instance has 2 elements'],
    [
      { anyOf: [{ type: 'string' }, { $ref: url('Id') }] },
      true,
      'instance failed to match at least one required schema among 2',
    ],
    [
      { oneOf: [{ minimum: 1 }, { maximum: 5 }] },
      3,
      'instance failed to match exactly one schema (matched 2 out of 2)',
    ],
    [
      { dependencies: { a: ['b', 'c'] } },
      { a: 1, c: 1 },
      'property "a" of object has missing property dependencies (schema requires ["b","c"]; missing: ["b"])',
    ],
    [{ format: 'email' }, 'a@', 'string "a@" is not a valid email address'],
    [{ format: 'ipv4' }, '1.2.3', 'string "1.2.3" is not a valid IPv4 address'],
    [
      { format: 'date-time' },
      '2026-02-30T00:00:00Z',
      "string \"2026-02-30T00:00:00Z\" is invalid against requested date format(s) [yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.SSSZ]",
    ],
  ])('tell of %j that %j breaks it', (schema, value, problem) => {
    const models = new Models({ M: schema, Id: { type: 'integer' } });
    expect(models.validate('M', JSON.stringify(value))?.problem).toBe(`[${problem}]`);
  });

  it.each<[schema: JsonSchema, value: unknown]>([
    [{ format: 'date-time' }, '2026-02-28T00:00:00Z'],
    [{ format: 'email' }, 'ann@example.com'],
    [{ format: 'uri' }, 'https://example.com/a?b=c'],
    [{ format: 'uuid' }, '0f8fad5b-d9cb-469f-a165-70867728950e'],
    [{ format: 'hostname' }, 'api.example.com'],
    [{ format: 'date' }, 'no format of draft 4'],
    [{ multipleOf: 0.01 }, 19.99],
    [{ pattern: '^\\w+\\@\\w+\\-x$' }, 'a@b-x'],
    [{ $ref: url('Id'), maximum: 1 }, 5],
  ])('let pass %j: %j', (schema, value) => {
    const models = new Models({ M: schema, Id: { type: 'integer' } });
    expect(models.validate('M', JSON.stringify(value))).toBeUndefined();
  });

  it('do not wait for a pattern without end', () => {
    const models = new Models({ M: { pattern: '^(a+)+$' } });
    expect(() => models.validate('M', JSON.stringify(`${'a'.repeat(40)}!`))).toThrow('takes longer than 500 ms');
  });

  it('that are missing or no schema are errors, never a pass', () => {
    expect(() => new Models({}).validate('M', '{}')).toThrow('there is no model M');
    expect(() => new Models({ M: { type: 'nonsense' } }).validate('M', '{}')).toThrow();
    expect(() => new Models({ M: { $ref: url('Gone') } }).validate('M', '{}')).toThrow();
  });
});

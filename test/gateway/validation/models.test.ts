import { describe, expect, it } from '@jest/globals';
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
    expect(models.validate('M', '{"n":"x"}')?.problem).toBe(
      '[object has missing required properties (["a","b"]), instance type does not match any allowed primitive type (allowed: ["integer","number"])]',
    );
    expect(models.validate('M', '{"a":1')?.problem).toMatch(/^\[/);
  });

  it('that are missing or no schema are errors, never a pass', () => {
    expect(() => new Models({}).validate('M', '{}')).toThrow('there is no model M');
    expect(() => new Models({ M: { type: 'nonsense' } }).validate('M', '{}')).toThrow();
    expect(() => new Models({ M: { $ref: url('Gone') } }).validate('M', '{}')).toThrow();
  });
});

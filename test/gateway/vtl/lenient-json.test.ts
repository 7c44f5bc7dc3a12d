import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Budget } from '../../../src/gateway/vtl/budget.ts';
import { JavaFailure } from '../../../src/gateway/vtl/java-failure.ts';
import { jsonText } from '../../../src/gateway/vtl/java-text.ts';
import { parseLenientJson } from '../../../src/gateway/vtl/lenient-json.ts';

const read = (text: string): string => jsonText(parseLenientJson(text), new Budget());

describe('the lenient reader', () => {
  it('takes what is nearly JSON', () => {
    expect(
      [
        '{statusCode: 200}',
        "{'a': 'b'}",
        '{"a":1,}',
        '[1,,2,]',
        '{"a":b c}',
        '{"a":007}',
        '[a, b]',
        "'x'",
        '{"a":1} rest',
      ].map(read),
    ).toEqual([
      '{"statusCode":200}',
      '{"a":"b"}',
      '{"a":1}',
      '[1,2]',
      '{"a":"b c"}',
      '{"a":7}',
      '["a","b"]',
      '"x"',
      '{"a":1}',
    ]);
  });

  it('takes a text that is no JSON for one string', () => {
    expect(['a=1&b=2', '<xml/>', 'statusCode: 200', '1 apple', '-', 'nullable'].map(read)).toEqual([
      '"a=1&b=2"',
      '"<xml/>"',
      '"statusCode: 200"',
      '"1 apple"',
      '0',
      '"nullable"',
    ]);
  });

  it.each([
    '{',
    '[',
    '{"a"',
    '{"a":',
    '{"a":1',
    '[1',
    '"abc',
    '{"statusCode\': 200 }',
    '}',
    ']',
    ':',
    '{"a":"\\uZZZZ"}',
    '{[]}',
    '{"a" 1}',
  ])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(JavaFailure);
  });

  it('keeps the last of two equal keys in the place of the first, and names of JavaScript as keys', () => {
    expect(read('{"a":1,"b":2,"a":3}')).toBe('{"a":3,"b":2}');
    expect(read('{"__proto__":1,"constructor":2}')).toBe('{"__proto__":1,"constructor":2}');
  });

  it('reads every JSON document as what it is', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(read(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('reads or refuses any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        try {
          read(text);
        } catch (error) {
          if (!(error instanceof JavaFailure)) throw error;
        }
      }),
    );
  });
});

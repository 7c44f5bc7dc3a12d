import { describe, expect, it } from '@jest/globals';
import { TemplateError } from '../../../src/gateway/vtl/render-template.ts';
import { render } from './render.ts';

const value = (expression: string): string => render(`#set($x = ${expression})$x`);

describe('expressions', () => {
  it('calculate whole numbers as Java does, and widen them before they overflow', () => {
    expect(
      [
        '7 / 2',
        '-7 / 2',
        '-7 % 3',
        '2147483647 + 1',
        '9223372036854775807 + 1',
        '12345678901234567890 * 10',
        '6 * 7 - 2 * 3',
      ].map(value),
    ).toEqual(['3', '-3', '-1', '2147483648', '9223372036854775808', '123456789012345678900', '36']);
  });

  it('calculate doubles, and print them as Java does', () => {
    expect(
      ['5 / 2.0', '0.1 + 0.2', '1.0', '1e10', '100000.0 * 100', '0.001', '0.0001', '1.5E-5', '-0.5', '.5', '1.'].map(
        value,
      ),
    ).toEqual([
      '2.5',
      '0.30000000000000004',
      '1.0',
      '1.0E10',
      '1.0E7',
      '0.001',
      '1.0E-4',
      '1.5E-5',
      '-0.5',
      '0.5',
      '1.0',
    ]);
  });

  it('join texts with plus, whatever the other side is', () => {
    expect(['"a" + 1', '1 + "b"', '"a" + [1, 2]', '"a" + true', '"a" + $nope'].map(value)).toEqual([
      'a1',
      '1b',
      'a[1, 2]',
      'atrue',
      'a',
    ]);
  });

  it('compare numbers by value, one type by equality, different types by what they print', () => {
    const truths = [
      '1 == 1.0',
      '"1" == 1',
      'true == "true"',
      '[1, 2] == [1, 2]',
      '{"a": 1} == {"a": 1}',
      '1 != 2',
      '3 >= 3',
      '2 <= 1',
      '"a" < "b"',
      '"a" == \'a\'',
    ];
    expect(truths.map(value)).toEqual([
      'true',
      'true',
      'true',
      'true',
      'true',
      'true',
      'true',
      'false',
      'false',
      'true',
    ]);
  });

  it('take operators as words, and their precedence', () => {
    expect(
      [
        '1 lt 2 and not false',
        '1 gt 2 or 3 le 3',
        '1 eq 1 && 2 ne 2',
        '1 + 2 * 3',
        '(1 + 2) * 3',
        'true || false && false',
        '!(1 == 2)',
      ].map(value),
    ).toEqual(['true', 'true', 'false', '7', '9', 'true', 'true']);
  });

  it('interpolate double quotes only; a quote is written twice, and a backslash escapes only \\u', () => {
    expect(
      [
        '"<$context.stage>"',
        "'<$context.stage>'",
        '"say ""hi"""',
        "'it''s'",
        '"a\\nb\\u0041"',
        "'\\u0041'",
        '"#if(true)yes#end"',
      ].map(value),
    ).toEqual(['<dev>', '<$context.stage>', 'say "hi"', "it's", 'a\\nbA', '\\u0041', 'yes']);
  });

  it('make lists, maps and ranges', () => {
    expect(
      ['[]', '["a", 1, [true]]', '{}', '{"b": 1, "a": [1..3], 2: "n"}', '[-1..1]', '[3..1]', '[1 .. 2]'].map(value),
    ).toEqual(['[]', '[a, 1, [true]]', '{}', '{b=1, a=[1, 2, 3], 2=n}', '[-1, 0, 1]', '[3, 2, 1]', '[1, 2]']);
  });

  it('know that a minus before a digit belongs to the number', () => {
    expect(value('5 - 1')).toBe('4');
    expect(value('5 - -1')).toBe('6');
    expect(() => value('5 -1')).toThrow(TemplateError);
  });
});

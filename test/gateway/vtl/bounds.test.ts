// Bad templates and bad data: every one ends, soon, in a TemplateError that names the place, or in a text.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileTemplate, renderTemplate, TemplateError } from '../../../src/gateway/vtl/render-template.ts';
import { render, scopeOf } from './render.ts';

const failure = (template: string, body = ''): TemplateError => {
  try {
    render(template, body);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('the template should have failed');
};

describe('a template that is no Velocity', () => {
  it.each([
    ['#if(true', 1, 9],
    ['a\n#if(true)b', 2, 11],
    ['#end', 1, 1],
    ['{\r\n  #set($x = )\r\n}', 2, 13],
    ['#foreach($x)#end', 1, 13],
    ['#foreach(x in $y)#end', 1, 18],
    ['#set(x = 1)', 1, 6],
    [`\${context.stage`, 1, 16],
    ['$context.stage[abc]', 1, 16],
    ['#set($x = "abc)', 1, 11],
    ['#set($x = "a $y.z("")")', 1, 19],
    ['#macro()#end', 1, 8],
    ['#include("file")', 1, 9],
    ['#nope(1 + 2)', 1, 9],
    ['$', 1, 2],
  ])('%j fails where it breaks', (template, line, column) => {
    const error = failure(template);
    expect([error.line, error.column]).toEqual([line, column]);
    expect(error.code).toBe('TEMPLATE_FAILED');
  });

  it('is refused when it is compiled', () => {
    expect(() => compileTemplate('#if(')).toThrow(TemplateError);
  });
});

describe('a template that does too much', () => {
  it.each([
    [
      'nests loops',
      '#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])$c#end#end#end',
      /steps|characters/,
    ],
    ['doubles a text', '#set($s = "ab")#foreach($i in [1..100])#set($s = "$s$s")#end', /characters/],
    ['doubles a list', '#set($l = ["ab"])#foreach($i in [1..100])$l.addAll($l)#end', /elements|steps|characters/],
    ['squares a number', '#set($n = 10)#foreach($i in [1..100])#set($n = $n * $n)#end', /too large/],
    ['asks for a huge range', '#set($l = [1..2000000000])', /range/],
    ['repeats a text', '#set($s = "ab")$s.repeat(2000000000)', /characters/],
    ['pads a text', '#set($s = "")$s.format("%2000000d", 1)$s.format("%9999999d", 1)', /wide|characters/],
    ['prints a list in itself', '#set($l = [1])#set($m = [2])$l.add($m)$m.add($l)$l', /nests/],
    [
      'prints a shared list many times',
      '#set($l = [1])#foreach($i in [1..60])#set($l = [$l, $l])#end$l',
      /steps|characters/,
    ],
    [
      'compares shared lists',
      '#set($l = [1])#set($k = [1])#foreach($i in [1..60])#set($l = [$l, $l])#set($k = [$k, $k])#end#if($l == $k)x#end',
      /steps/,
    ],
    ['calls itself', '#macro(m)#m()#end#m()', /deep/],
    ['evaluates itself', "#set($t = '#evaluate($t)')#evaluate($t)", /deep/],
    [
      'matches without end',
      '#set($s = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")$s.matches("(a+)+b")',
      /regular expression/,
    ],
  ])('%s: it ends in an error', (_what, template, problem) => {
    expect(failure(template).problem).toMatch(problem);
  });

  it('prints a list that holds itself as Java does', () => {
    expect(render('#set($l = [1])#set($x = $l.add($l))$l #set($m = {})#set($m.me = $m)$m')).toBe(
      '[1, (this Collection)]{me=(this Map)}',
    );
  });

  it.each(['(', '[', '{"a":', '#if(true)', '$a.b(', '"$a', '!', '#define($x)', '#@m()'])(
    'nests %j too deeply',
    (token) => {
      const prefix = token.startsWith('#') ? '' : '#set($x = ';
      expect(() => render(prefix + token.repeat(5000))).toThrow(TemplateError);
    },
  );

  it('meets a document that nests too deeply or is long', () => {
    expect(render('[$input.path("$.a")]', '['.repeat(100_000))).toBe('[]');
    expect(render('$input.json("$")', '['.repeat(300) + ']'.repeat(300))).toHaveLength(600);
    expect(render('$input.path("$.n")', `{"n":${'9'.repeat(20_000)}}`)).toBe('');
  });

  it('takes a body of ten million characters, and no longer text', () => {
    const long = 'x'.repeat(10 * 1024 * 1024 - 10);
    expect(render('$input.body', long)).toHaveLength(long.length);
    expect(failure('$input.body$input.body', long).problem).toMatch(/characters/);
  });
});

describe('any template', () => {
  const pieces = fc.constantFrom(
    '$',
    '#',
    '\\',
    '!',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '.',
    '"',
    "'",
    ' ',
    '\n',
    ',',
    ':',
    '..',
    '==',
    '+',
    '-',
    '1',
    '0.5',
    '-1',
    'a',
    'in',
    'true',
    '$a',
    `\${a}`,
    '$!a',
    '$a.b',
    '$l[0]',
    '#if(',
    '#if(true)',
    '#else',
    '#elseif(true)',
    '#end',
    '#set($a = ',
    '#set($l = [1, "x"])',
    '#foreach($a in $l)',
    '#foreach($a in [1..9])',
    '#break',
    '#stop',
    '##',
    '#*',
    '*#',
    '#[[',
    ']]#',
    '#macro(m $p)',
    '#m($a)',
    '#define($a)',
    '#evaluate("$a")',
    '#literal()',
    '#@m()',
    '.get(',
    '.split(",")',
    '.replaceAll("(.)*", "$1")',
    '.substring(',
    '.add($l)',
    '.put("k", $a)',
    '.keySet()',
    '.format("%s %d", ',
    '$input.path("$',
    '$input.json("$..',
    '$util.urlDecode(',
    '$util.parseJson(',
    '$util.base64Decode(',
    '$context.',
    '.constructor',
    '.__proto__',
    '$foreach.',
    '[?(@.a == ',
    '\\u00',
    '(a+)+',
    '$input.body',
    '.toString()',
    '.hashCode()',
  );
  const templates = fc.oneof(
    fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .tuple(fc.array(pieces, { maxLength: 8 }), fc.string({ maxLength: 8 }), fc.array(pieces, { maxLength: 8 }))
      .map(([a, b, c]) => a.join('') + b + c.join('')),
  );
  const bodies = fc.oneof(fc.json(), fc.string({ maxLength: 40 }), fc.constant('{"a":[1,{"b":"x"}],"l":["p"]}'));

  it('renders or throws a TemplateError with a place in it, whatever it and the body are', () => {
    fc.assert(
      fc.property(templates, bodies, (template, body) => {
        try {
          expect(typeof renderTemplate(template, scopeOf(body)).text).toBe('string');
        } catch (error) {
          if (!(error instanceof TemplateError)) throw error;
          expect(error.line).toBeGreaterThanOrEqual(1);
          expect(error.column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 4000, interruptAfterTimeLimit: 40_000, markInterruptAsFailure: true },
    );
  });

  it('renders text without dollars, hashes and backslashes as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const plain = text.replace(/[$#\\]/g, '');
        expect(render(plain)).toBe(plain);
      }),
    );
  });

  it('carries any JSON document through $input.json() unchanged in meaning', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        if (value === null) return;
        expect(JSON.parse(render('$input.json("$")', JSON.stringify(value)))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });
});

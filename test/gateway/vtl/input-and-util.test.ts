import { describe, expect, it } from '@jest/globals';
import { render } from './render.ts';

describe('$input', () => {
  it('reads an empty body as {}', () => {
    expect(render('$input.body $input.json("$") $input.path("$") [$input.path("$.a")]')).toBe('{} {} {} []');
  });

  it('reads a body that is no JSON as one string', () => {
    expect(render('$input.body|$input.json("$")|$input.path("$").split("&")[1]', 'a=1&b=2')).toBe(
      'a=1&b=2|"a=1&b=2"|b=2',
    );
    expect(render('$input.json("$")', '<a>"x"</a>')).toBe('"<a>\\"x\\"</a>"');
  });

  it('has no values for a body that starts as JSON and breaks', () => {
    expect(render('[$input.path("$.a")][$input.body]', '{"a": 1')).toBe('[][{"a": 1]');
  });

  it('prints objects as Java maps and arrays as JSON, whichever holds which', () => {
    expect(render('$input.path("$")', '{"l":[{"k":"a/b"},[1]],"o":{"s":"t","n":null}}')).toBe(
      '{l=[{"k":"a\\/b"},[1]], o={s=t, n=null}}',
    );
  });

  it('renders JSON compactly, numbers with every digit', () => {
    const body =
      '{ "a" : 12345678901234567890, "b" : 1.50, "c" : 1e5, "d" : 0.12345678901234567890123, "e" : "a/b\\u2028" }';
    expect(render('$input.json("$")', body)).toBe(
      '{"a":12345678901234567890,"b":1.5,"c":100000.0,"d":0.12345678901234567890123,"e":"a/b\\u2028"}',
    );
  });

  it('gives an empty JSON string where a path finds nothing, and quotes texts', () => {
    expect(
      render(
        '$input.json("$.nope") $input.json("$.s") $input.json("$.n") $input.json("$.t")',
        '{"s":"x","n":1,"t":true}',
      ),
    ).toBe('"" "x" 1 true');
  });

  it('finds a parameter in the path, then the query, then the headers, by its exact name', () => {
    expect(
      render(
        '$input.params("id") $input.params("q") $input.params("X-One") [$input.params("x-one")] [$input.params("nope")]',
      ),
    ).toBe('7 a b H [] []');
    expect(render('$input.params().path.id $input.params().querystring.get("q") $input.params().header["X-One"]')).toBe(
      '7 a b H',
    );
    expect(render('#foreach($k in $input.params().keySet())$k #end')).toBe('path querystring header ');
  });

  it('gives the same document each time, changes included', () => {
    expect(render('#set($r = $input.path("$"))$r.put("b", 2)$input.json("$")', '{"a":1}')).toBe('{"a":1,"b":2}');
  });

  it('fails on a path that is none', () => {
    expect(() => render('$input.path("$.a[")', '{}')).toThrow(/JSONPath/);
  });
});

describe('$util', () => {
  it('escapes for JavaScript: both quotes, slash, control characters and everything outside ASCII', () => {
    expect(render("$util.escapeJavaScript($input.path('$.s'))", JSON.stringify({ s: 'it\'s "q" \\ /\n\té' }))).toBe(
      'it\\\'s \\"q\\" \\\\ \\/\\n\\t\\u00E9',
    );
  });

  it('encodes and decodes forms and Base64 in UTF-8', () => {
    expect(render('$util.urlEncode("a b&c=ü~*!") $util.urlDecode("a+b%20%C3%BC")')).toBe(
      'a+b%26c%3D%C3%BC%7E*%21 a b ü',
    );
    expect(render('$util.base64Encode("hü") $util.base64Decode("aMO8")')).toBe('aMO8 hü');
  });

  it('parses JSON text, and gives nothing for what is none', () => {
    expect(
      render(
        `#set($d = $util.parseJson('{"a":{"b":[1,2]}}'))$d.a.b[1] $d [$util.parseJson('{"a"')][$util.parseJson(5)]`,
      ),
    ).toBe('2 {a={b=[1,2]}} [][]');
  });

  it('takes nothing and gives nothing', () => {
    expect(
      render(
        '[$util.escapeJavaScript($nope)][$util.urlEncode($nope)][$util.base64Encode($input.body.nope)][$util.nope("x")]',
      ),
    ).toBe('[][][][]');
  });
});

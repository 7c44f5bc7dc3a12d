import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JsonPathError, jsonPathText, readJsonPath } from '../../../src/gateway/json-path.ts';
import { Budget } from '../../../src/gateway/vtl/budget.ts';
import { JavaFailure } from '../../../src/gateway/vtl/java-failure.ts';
import { jsonText } from '../../../src/gateway/vtl/java-text.ts';
import { parseLenientJson } from '../../../src/gateway/vtl/lenient-json.ts';

const SHOP = JSON.stringify({
  store: {
    book: [
      { category: 'reference', title: 'Sayings', price: 8.95, tags: ['a', 'b'] },
      { category: 'fiction', title: 'Sword', price: 12.99, isbn: '0-553' },
      { category: 'fiction', title: 'Moby', price: 8, isbn: '0-395', tags: [] },
    ],
    bicycle: { color: 'red', price: 19.95 },
  },
  limit: 10,
  'a b': 1,
  none: null,
});

const find = (path: string, text = SHOP): string | undefined => {
  const value = readJsonPath(path, parseLenientJson(text));
  return value === undefined ? undefined : jsonText(value, new Budget());
};

describe('a JsonPath', () => {
  it('names one place: its value, or nothing', () => {
    const paths = [
      '$.limit',
      'limit',
      "$['a b']",
      '$["limit"]',
      '$.store.book[0].price',
      '$.store.book[-1].title',
      '$.store.bicycle',
      '$.none',
      '$',
      '$.nope',
      '$.limit.x',
      '$.store.book[9]',
      '$.store.book.title',
    ];
    expect(paths.slice(0, 8).map((path) => find(path))).toEqual([
      '10',
      '10',
      '1',
      '10',
      '8.95',
      '"Moby"',
      '{"color":"red","price":19.95}',
      'null',
    ]);
    expect(paths.slice(9).map((path) => find(path))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('names many: the list of them, which may be empty', () => {
    const paths = [
      '$.store.book[*].price',
      '$.store.book[0,2].title',
      '$.store.book[1:].title',
      '$.store.book[:1].title',
      '$.store.book[-2:].title',
      '$..price',
      '$..book[0].title',
      '$..nope',
      '$.store.*.color',
      "$.store.bicycle['color','price']",
      '$..isbn',
    ];
    expect(paths.map((path) => find(path))).toEqual([
      '[8.95,12.99,8]',
      '["Sayings","Moby"]',
      '["Sword","Moby"]',
      '["Sayings"]',
      '["Sword","Moby"]',
      '[8.95,12.99,8,19.95]',
      '["Sayings"]',
      '[]',
      '["red"]',
      '{"color":"red","price":19.95}',
      '["0-553","0-395"]',
    ]);
  });

  it('filters by existence, comparison, membership and pattern', () => {
    const titles = (filter: string): string | undefined => find(`$.store.book[?(${filter})].title`);
    const filters = [
      '@.isbn',
      '!@.isbn',
      '@.price < 10',
      '@.price < $.limit',
      "@.category == 'fiction' && @.price > 10",
      '@.title == \'Moby\' || @.title == "Sayings"',
      '!(@.price > 10)',
      "@.category in ['reference']",
      "@.category nin ['reference']",
      "@.tags contains 'a'",
      '@.tags size 2',
      '@.tags empty true',
      '@.isbn =~ /0-5.*/',
      '@.title =~ /MOBY/i',
      "@.price == '8'",
      '@.nope == null',
      '@.tags[0] == "a"',
    ];
    expect(filters.map(titles)).toEqual([
      '["Sword","Moby"]',
      '["Sayings"]',
      '["Sayings","Moby"]',
      '["Sayings","Moby"]',
      '["Sword"]',
      '["Sayings","Moby"]',
      '["Sayings","Moby"]',
      '["Sayings"]',
      '["Sword","Moby"]',
      '["Sayings"]',
      '["Sayings"]',
      '["Moby"]',
      '["Sword"]',
      '["Moby"]',
      '["Moby"]',
      '[]',
      '["Sayings"]',
    ]);
  });

  it('ends in functions', () => {
    const numbers = '{"n":[3,1,2],"o":{"a":1,"b":2},"s":["x","y"]}';
    expect(
      ['$.n.length()', '$.o.length()', '$.n.sum()', '$.n.min()', '$.n.max()', '$.n.avg()', '$.s.sum()'].map((path) =>
        find(path, numbers),
      ),
    ).toEqual(['3', '2', '6.0', '1.0', '3.0', '2.0', undefined]);
  });

  it.each([
    '$.',
    '$..',
    '$.a[',
    '$[abc]',
    '$.a b',
    '$x',
    "$['a",
    '$[?(@.a',
    '$[?(@.a ==)]',
    '$.a.nope()',
    ' $.s',
    '$[::2]',
    '$[?(a)]',
    '$.store.',
    '',
  ])('that is none, as %j, is an error that names it', (path) => {
    expect(() => find(path)).toThrow(JsonPathError);
  });
});

describe('a value for a parameter', () => {
  it('is a text as it is, and anything else as JSON', () => {
    const body = '{"s":"a/b","n":1.50,"t":true,"o":{"k":[1]},"z":null,"big":12345678901234567890}';
    expect(['$.s', '$.n', '$.t', '$.o', '$.big', '$.z', '$.nope'].map((path) => jsonPathText(path, body))).toEqual([
      'a/b',
      '1.5',
      'true',
      '{"k":[1]}',
      '12345678901234567890',
      undefined,
      undefined,
    ]);
  });

  it('is absent from a body that cannot be read', () => {
    expect(jsonPathText('$.a', '{"a":')).toBeUndefined();
    expect(jsonPathText('$', 'plain text')).toBe('plain text');
  });
});

describe('any path over any document', () => {
  const pieces = fc.constantFrom(
    '$',
    '@',
    '.',
    '..',
    '*',
    '[',
    ']',
    '(',
    ')',
    '?',
    "'",
    '"',
    ',',
    ':',
    '-',
    '0',
    '1',
    'a',
    'b',
    ' ',
    '==',
    '<',
    '&&',
    '||',
    '!',
    '=~',
    '/',
    'in',
    'null',
    '[0]',
    '[*]',
    '..*',
    '[?(@.a)]',
    '[?(@.a == 1)]',
    '.length()',
    "['a']",
  );
  it('gives a value, nothing, or one of its two errors', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 16 }).map((parts) => parts.join('')),
          fc.string({ maxLength: 20 }),
        ),
        fc.json(),
        (path, text) => {
          try {
            find(path, text);
          } catch (error) {
            if (!(error instanceof JsonPathError) && !(error instanceof JavaFailure)) throw error;
          }
        },
      ),
      { numRuns: 3000, interruptAfterTimeLimit: 30_000, markInterruptAsFailure: true },
    );
  });

  it('ends although every step multiplies', () => {
    const deep = JSON.stringify(Array.from({ length: 8 }).reduce<unknown>((inner) => [inner, inner, inner, inner], 1));
    expect(() => find('$..*..*..*..*..*..*..*', deep)).toThrow(JavaFailure);
  });
});

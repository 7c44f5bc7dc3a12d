import { describe, expect, it } from '@jest/globals';
import { formatProblems, parse, problemsOf, projectOf } from './project-fixture.ts';

describe('a file that is not YAML', () => {
  it.each([
    ['a tab', 'name: shop\nmodels:\n\tProduct: x\n', '3:1 YAML_SYNTAX A tab indents this line'],
    ['an open bracket', 'name: [shop\nregion: eu-west-1\n', '1:7 YAML_SYNTAX The [ that opens here is not closed'],
    ['an open quote', 'name: "shop\nregion: eu-west-1\n', '1:7 YAML_SYNTAX The " that opens here is not closed'],
    [
      'a line without a colon',
      'name: shop\nregion eu-west-1\napis: {}\n',
      '2:1 YAML_SYNTAX This line has no "key: value"',
    ],
    ['two values on a line', 'name: shop: x\n', '1:7 YAML_SYNTAX A second "key: value"'],
    ['a reserved character', 'name: @shop\n', '1:7 YAML_SYNTAX A value cannot start with @'],
    ['a second document', 'name: shop\n---\nregion: eu-west-1\n', '2:1 YAML_SYNTAX A line of --- starts'],
    [
      'braces inside braces',
      'apis: { p: { routes: { GET /a/{id}: x } } }\n',
      '1:31 YAML_SYNTAX Two entries inside { }',
    ],
  ])('is explained with its place: %s', (_what, text, expected) => {
    const [first] = formatProblems(parse(text));
    expect(first).toContain(expected);
    expect(first).toContain(' → ');
  });

  const route = (text: string): string =>
    `name: shop\napis:\n  p:\n    routes:\n      GET /a: ${text}\n      GET /b: { handler: src/b.handler }\n      GET /c: src/c.handler\n\n# the end\nstages: {}\n`;

  it.each([
    [
      'an open brace',
      route('{ handler: a, access: { P: scan }'),
      '5:15',
      'The { that opens here is not closed → Add } at the end of line 5.',
    ],
    [
      'two open braces',
      route('{ handler: a, access: { P: scan'),
      '5:15',
      'The { that opens here is not closed → Add } } at the end of line 5.',
    ],
    [
      'an open brace before remarks',
      route('x').replace('stages: {}', 's: { a: 1 # why\n\n# more\nt: 1'),
      '10:4',
      'Add } at the end of line 10.',
    ],
    [
      'the wrong bracket',
      route('{ handler: a ]'),
      '5:15',
      'The { that opens here meets a ] → Write } there, or remove the ].',
    ],
    ['a brace too many', route('{ handler: a } }'), '5:30', 'This } closes nothing → Remove it, or open it before.'],
    [
      'an open quote in braces',
      route('{ handler: "a, access: x }'),
      '5:26',
      'The " that opens here is not closed → Add " where the text ends.',
    ],
    [
      'a quote that ends at the next',
      'name: "shop\nregion: eu\ntags: { a: "b }\n',
      '1:7',
      'The " that opens here is not closed',
    ],
    ['no comma', route('{ handler: a access: { P: scan } }'), '5:26', 'Two entries inside { } run into each other'],
    [
      'no space after a colon',
      route('x').replace('GET /c: s', 'GET /c:s'),
      '7:7',
      'A colon wants a space after it → Write GET /c: src/c.handler',
    ],
    [
      'a line too deep',
      'name: shop\n  region: eu-west-1\n',
      '2:3',
      'This line is indented deeper than the one above, which has a value',
    ],
    ['a dash', route('x').replace('      GET /c', '      - GET /c'), '7:1', 'A - begins an item of a list'],
    [
      'a merge',
      'name: shop\n<<<<<<< HEAD\nregion: a\n=======\nregion: b\n>>>>>>> b\n',
      '2:1',
      'A merge left both sides here',
    ],
    [
      'a space that is none',
      'name: shop\nregion:\u00a0eu\n',
      '2:1',
      'An invisible character (U+00A0) stands in this line',
    ],
    [
      'a brace in a value',
      route('{ url: https://x.y/{id} }'),
      '5:34',
      'A { in the middle of a value inside { } ends it',
    ],
  ])('gives one problem for %s, where it was made', (_what, text, place, expected) => {
    expect(formatProblems(parse(text))).toEqual([expect.stringContaining(expected)]);
    expect(formatProblems(parse(text))[0]).toMatch(new RegExp(`^${place} YAML_SYNTAX `));
  });

  it('names every slip that does not upset what comes after it', () => {
    const text = 'name: @shop\nregion: `eu`\nname: x\n';
    expect(formatProblems(parse(text)).map((problem) => problem.split(' ', 2).join(' '))).toEqual([
      '1:7 YAML_SYNTAX',
      '2:9 YAML_SYNTAX',
      '3:1 DUPLICATE_KEY',
    ]);
  });

  it.each([
    ['models:\n  Product:src/p.ts\n', 'A colon wants a space after it: Product: src/p.ts'],
    ['functions:\n  a: { handler:src/a.handler }\n', 'A colon wants a space after it: handler: src/a.handler'],
    ['apis:\n  p:\n    type: http\n    GET /a: src/a.handler\n', 'It is a route: indent it, under routes.'],
    ['\u00a0models: {}\n', 'An invisible character (U+00A0) stands in it: type it anew.'],
    ['Product: src/p.ts\n', 'A name of yours is indented, under one of them.'],
    ['apis:\n  - public:\n', 'Write name: value, without the dashes.'],
    ['stages: { prod: { protect: yes } }\n', 'Write true.'],
  ])('says what %j was likely meant to be', (body, hint) => {
    expect(problemsOf(body).join('\n')).toContain(hint);
  });

  it.each(['', '\n\n', '# nothing but a remark\n', '\uFEFF'])('says that %j is empty', (text) => {
    expect(formatProblems(parse(text))).toEqual([expect.stringContaining('1:1 EMPTY_FILE apigen.yml is empty')]);
  });

  it.each(['- a\n- b\n', 'just words\n', '42\n'])('says that %j holds no keys', (text) => {
    expect(formatProblems(parse(text))).toEqual([expect.stringContaining('1:1 WRONG_TYPE apigen.yml must hold keys')]);
  });

  it('reports a key that stands twice and still checks the rest', () => {
    const problems = formatProblems(parse('name: shop\nregion: eu-west-1\nname: shop\nmodel: {}\n'));
    expect(problems).toEqual([
      '3:1 DUPLICATE_KEY The key name stands twice in one map → Keep one of the two, or merge their values.',
      '4:1 UNKNOWN_KEY apigen.yml has no key "model" → Did you mean models?',
    ]);
  });
});

describe('what editors and people do to YAML', () => {
  it('reads a byte order mark and Windows line ends, with true columns', () => {
    const text = '\uFEFFname: Shop\r\nregion: eu-west-1\r\nregoin: x\r\n';
    expect(formatProblems(parse(text)).map((problem) => problem.split(' ', 2).join(' '))).toEqual([
      '1:7 INVALID_NAME',
      '3:1 UNKNOWN_KEY',
    ]);
  });

  it('expands anchors, aliases and merge keys, the map’s own keys winning', () => {
    const project = projectOf(`models:
  Product: &table { file: src/product.ts, backups: continuous, protect: true }
  Order: { <<: *table, file: src/order.ts, protect: false }
`);
    expect(project.models['Order']).toMatchObject({
      file: 'src/order.ts',
      continuousBackups: true,
      deletionProtection: false,
    });
  });

  it('lets earlier maps of a merged list win', () => {
    const project = projectOf(`functions:
  a: &a { handler: src/a.handler, memory: 128 }
  b: &b { handler: src/b.handler, memory: 512, timeout: 3 }
  c: { <<: [*a, *b], handler: src/c.handler }
`);
    expect(project.functions['c']).toMatchObject({ memory: 128, timeout: 3 });
  });

  it('points into the anchored value when an alias repeats a fault', () => {
    const problems = problemsOf('models:\n  A: &m { file: src/a.ts, protct: true }\n  B: *m\n');
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('4:27 UNKNOWN_KEY');
  });

  it.each([
    ['an alias without an anchor', 'models: *nope\n', 'YAML_ALIAS *nope refers to an anchor that is not defined'],
    ['an anchor that holds itself', 'models: &m\n  A: *m\n', 'YAML_ALIAS *m contains itself'],
    ['a merge of a number', 'models:\n  <<: 3\n', 'YAML_MERGE << takes a map'],
    ['a tag', 'tags: { a: !secret x }\n', 'YAML_TAG The YAML tag !secret means nothing here'],
    ['a key that is a list', 'models:\n  ? [a]\n  : b\n', 'YAML_KEY A key must be a plain word'],
    ['__proto__', 'models:\n  __proto__: src/a.ts\n', 'YAML_KEY The key __proto__ is reserved'],
  ])('refuses %s with its place', (_what, body, expected) => {
    expect(problemsOf(body).join('\n')).toContain(expected);
  });

  it('is not filled by aliases of aliases', () => {
    const level = (name: string, of: string) =>
      `  ${name}: &${name} {${Array.from({ length: 9 }, (_, i) => `k${i}: *${of}`).join(', ')}}\n`;
    const body = `tags:\n  a: &a { x: y }\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}${level('e', 'd')}${level('f', 'e')}${level('g', 'f')}`;
    expect(problemsOf(body).join('\n')).toContain('YAML_TOO_LARGE');
  });

  it('keeps YAML 1.2’s view of words: no and on are text', () => {
    expect(projectOf('tags: { answer: no, switch: on }\n').tags).toEqual({ answer: 'no', switch: 'on' });
  });
});

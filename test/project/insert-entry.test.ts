import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { insertEntry } from '../../src/project/insert-entry.ts';

const route = (key: string, value: string | Record<string, unknown>, api = 'public') => ({
  parent: ['apis', api, 'routes'],
  key,
  value,
});
const model = (key: string, value: string) => ({ parent: ['models'], key, value });

const FRIENDLY = `# my shop
name: shop   # short

region: 'eu-west-1'


models:                      # one table each
  Product:   "src/models/product.ts"
  # Cart: src/models/cart.ts

apis:
  public:
    type: http
    auth:    none
    routes:
      # the catalogue
      GET /products:        src/products/list.handler     # a page of it
      POST /products:       { handler: src/products/create.handler, access: {Product: write} }
        # until the admin API is there

      # GET /later: src/later.handler

stages: {dev: {}, prod: {protect: true}}   # prod is precious
`;

describe('a route added to a file that a person wrote', () => {
  it('goes behind the last route and its remarks, and leaves every other byte', () => {
    const edited = insertEntry(FRIENDLY, route('GET /products/{id}', 'src/products/get.handler'));
    const mark = '        # until the admin API is there\n';
    expect(edited).toBe(FRIENDLY.replace(mark, `${mark}      GET /products/{id}: src/products/get.handler\n`));
  });

  it('with settings stands on one line', () => {
    const value = { handler: 'src/x.handler', auth: 'iam', access: { Product: ['read', 'scan'] } };
    const edited = insertEntry(FRIENDLY, route('DELETE /x', value));
    expect(edited).toContain(
      '      DELETE /x: { handler: src/x.handler, auth: iam, access: { Product: [ read, scan ] } }\n',
    );
  });

  it('into an API without routes opens them', () => {
    const text = 'name: shop\napis:\n    public:\n        type: rest # old\n';
    expect(insertEntry(text, route('GET /x', 'src/x.handler'))).toBe(
      'name: shop\napis:\n    public:\n        type: rest # old\n        routes:\n            GET /x: src/x.handler\n',
    );
  });

  it.each([
    ['routes:\n', 'routes:\n      GET /x: src/x.handler\n'],
    ['routes: # none yet\n', 'routes: # none yet\n      GET /x: src/x.handler\n'],
    ['routes: null\n', 'routes:\n      GET /x: src/x.handler\n'],
    ['routes: {}\n', 'routes: { GET /x: src/x.handler }\n'],
    ['routes: {} # none\n', 'routes: { GET /x: src/x.handler } # none\n'],
    ['routes: {GET /a: src/a.handler}\n', 'routes: {GET /a: src/a.handler, GET /x: src/x.handler}\n'],
    ['routes: { GET /a: src/a.handler, }\n', 'routes: { GET /a: src/a.handler, GET /x: src/x.handler }\n'],
    [
      'routes: {\n      GET /a: src/a.handler # a\n    }\n',
      'routes: {\n      GET /a: src/a.handler, # a\n      GET /x: src/x.handler\n    }\n',
    ],
    [
      'routes: {\n      GET /a: src/a.handler, # a\n      GET /b: src/b.handler, # b\n    }\n',
      'routes: {\n      GET /a: src/a.handler, # a\n      GET /b: src/b.handler, # b\n      GET /x: src/x.handler\n    }\n',
    ],
  ])('fits the style of %j', (routes, expected) => {
    const head = 'name: shop\napis:\n  public:\n    type: http\n    ';
    expect(insertEntry(head + routes, route('GET /x', 'src/x.handler'))).toBe(head + expected);
  });

  it('into { } has its braces quoted', () => {
    const text = 'name: shop\napis: { public: { type: http, routes: { GET /a: src/a.handler } } }\n';
    const edited = insertEntry(text, route('GET /a/{id}', 'src/b.handler'));
    expect(edited).toContain('{ GET /a: src/a.handler, "GET /a/{id}": src/b.handler }');
  });
});

describe('a model added', () => {
  it('goes behind the last model, before the remarks that follow it', () => {
    const edited = insertEntry(FRIENDLY, model('Order', 'src/models/order.ts'));
    const line = '  Product:   "src/models/product.ts"\n';
    expect(edited).toBe(FRIENDLY.replace(line, `${line}  Order: src/models/order.ts\n`));
  });

  it('opens the section where it is usually read, set apart as the others are', () => {
    const text = 'name: shop\n\nregion: eu-west-1\n\napis:\n  p: { type: http }\n';
    expect(insertEntry(text, model('Order', 'src/models/order.ts'))).toBe(
      'name: shop\n\nregion: eu-west-1\n\nmodels:\n  Order: src/models/order.ts\n\napis:\n  p: { type: http }\n',
    );
  });

  it('keeps the indentation of the file', () => {
    const text = 'name: shop\napis:\n    p: { type: http }\n';
    expect(insertEntry(text, model('Order', 'src/o.ts'))).toBe(
      'name: shop\nmodels:\n    Order: src/o.ts\napis:\n    p: { type: http }\n',
    );
  });

  it('keeps Windows line ends and a byte order mark', () => {
    const text = '\uFEFFname: shop\r\nmodels:\r\n  A: src/a.ts\r\n';
    expect(insertEntry(text, model('B', 'src/b.ts'))).toBe(`${text}  B: src/b.ts\r\n`);
  });

  it('needs no line end at the end of the file', () => {
    expect(insertEntry('name: shop\nmodels:\n  A: src/a.ts', model('B', 'src/b.ts'))).toBe(
      'name: shop\nmodels:\n  A: src/a.ts\n  B: src/b.ts',
    );
  });

  it('quotes as the file does', () => {
    const text = "name: 'shop'\nmodels:\n  A: 'src/a.ts'\n";
    expect(insertEntry(text, model('B', '@weird'))).toBe(`${text}  B: '@weird'\n`);
  });

  it('stands behind a map that spans lines', () => {
    const text = 'name: shop\nmodels:\n  A:\n    file: src/a.ts\n    backups: continuous\n\n# the rest\nstages: {}\n';
    expect(insertEntry(text, model('B', 'src/b.ts'))).toBe(text.replace('continuous\n', 'continuous\n  B: src/b.ts\n'));
  });
});

describe('an edit that cannot be made safely', () => {
  it('is refused for an alias, and says what to write by hand', () => {
    const text =
      'name: shop\napis:\n  a: { type: http, routes: &r { GET /a: src/a.handler } }\n  b: { type: http, routes: *r }\n';
    expect(() => insertEntry(text, route('GET /x', 'src/x.handler', 'b'))).toThrow(
      expect.objectContaining({ code: 'EDIT_REFUSED', hint: expect.stringContaining('GET /x: src/x.handler') }),
    );
  });

  it('is refused where a list or text stands', () => {
    expect(() => insertEntry('name: shop\nmodels: [a]\n', model('B', 'src/b.ts'))).toThrow(
      expect.objectContaining({ code: 'EDIT_REFUSED' }),
    );
  });

  it('is refused when it would show up in a second place through an anchor', () => {
    const text = 'name: shop\nmodels: &m { A: src/a.ts }\ntags: *m\n';
    expect(() => insertEntry(text, model('B', 'src/b.ts'))).toThrow(expect.objectContaining({ code: 'EDIT_REFUSED' }));
  });
});

it('reads back as what was added, whatever the key and value hold', () => {
  for (const key of ['GET /a: b', '# x', '- y', '"q"', 'a\\b', '{x}', '*z', '&y', 'yes', '12', 'ä ö']) {
    for (const text of [
      'name: shop\nmodels:\n  A: src/a.ts # c\n',
      'name: shop\nmodels: {A: src/a.ts}\n',
      'name: shop\n',
    ]) {
      const edited = insertEntry(text, model(key, `${key}: x # y`));
      expect(parse(edited).models[key]).toBe(`${key}: x # y`);
    }
  }
});

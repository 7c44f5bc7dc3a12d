import { describe, expect, it } from '@jest/globals';
import { modelRoute } from '../../../src/flows/scaffold/model-action.ts';
import { parseAttributes, schemaLine, typeLine } from '../../../src/flows/scaffold/model-attributes.ts';
import type { ModelFacts } from '../../../src/flows/scaffold/model-facts.ts';
import { routeModules } from '../../../src/flows/scaffold/route-handler-name.ts';
import { isPlural, kebabCase, plural } from '../../../src/flows/scaffold/words.ts';
import type { ModelSpec } from '../../../src/models/model-spec.ts';
import { parseRouteKey, type RouteKey } from '../../../src/project/route-key.ts';

function keyOf(text: string): RouteKey {
  const parsed = parseRouteKey(text, 'http');
  if (!parsed.ok) throw new Error(parsed.fault.message);
  return parsed.key;
}

describe('words', () => {
  it.each([
    ['order', 'orders'],
    ['category', 'categories'],
    ['day', 'days'],
    ['box', 'boxes'],
    ['address', 'addresses'],
    ['match', 'matches'],
  ])('makes many of %s: %s', (one, many) => expect(plural(one)).toBe(many));

  it.each(['products', 'orders', 'days'])('takes %s for many', (word) => expect(isPlural(word)).toBe(true));
  it.each(['health', 'status', 'address', 'analysis', 'us'])('takes %s for one', (word) =>
    expect(isPlural(word)).toBe(false),
  );

  it.each([
    ['Order', 'order'],
    ['OrderLine', 'order-line'],
    ['HTTPCall', 'http-call'],
    ['V2Order', 'v2-order'],
  ])('names the file of %s %s', (name, file) => expect(kebabCase(name)).toBe(file));
});

describe('the module of a new handler', () => {
  it.each([
    ['GET /products', 'src/products/list'],
    ['POST /products', 'src/products/create'],
    ['GET /products/{id}', 'src/products/get'],
    ['PUT /products/{id}', 'src/products/replace'],
    ['PATCH /products/{id}', 'src/products/update'],
    ['DELETE /products/{id}', 'src/products/remove'],
    ['GET /customers/{customerId}/orders', 'src/customers/orders/list'],
    ['GET /customers/{customerId}/orders/{id}', 'src/customers/orders/get'],
    ['GET /health', 'src/health'],
    ['POST /login', 'src/login'],
    ['ANY /files/{path+}', 'src/files/any'],
    ['ANY /{proxy+}', 'src/proxy'],
    ['GET /{id}', 'src/get'],
    ['GET /', 'src/home'],
    ['$default', 'src/default'],
    ['GET /v1.0/my:thing', 'src/v1-0/my-thing'],
  ])('of %s is %s', (route, module) => expect(routeModules(keyOf(route))[0]).toBe(module));

  it('has another name to offer when the first is taken', () => {
    expect(routeModules(keyOf('POST /login'))).toEqual(['src/login', 'src/login/post']);
  });
});

describe('attributes as they are typed', () => {
  const parse = (fields: string, key?: string, sort?: string) => parseAttributes({ fields, key, sort });

  it('become the lines of a schema and of a type', () => {
    const attributes = parse(
      'total:number, note:string? ,tags:string[],paid:boolean,due:date',
      'customerId',
      'placedAt:number',
    );
    expect(attributes.map(schemaLine)).toEqual([
      'customerId: { type: String, hashKey: true },',
      'placedAt: { type: Number, rangeKey: true },',
      'total: { type: Number, required: true },',
      'note: { type: String },',
      'tags: { type: Array, schema: [String], required: true },',
      'paid: { type: Boolean, required: true },',
      'due: { type: Date, required: true },',
    ]);
    expect(attributes.map(typeLine).slice(2, 4)).toEqual(['total: number;', 'note?: string;']);
  });

  it('stand behind commas or spaces; with a ! somewhere, those without are optional', () => {
    const attributes = parse(
      'name:string! price:number createdAt:date tags:set<string> state:enum(new|sold)! raw:binary',
    );
    expect(attributes.map(schemaLine).slice(1)).toEqual([
      'name: { type: String, required: true },',
      'price: { type: Number },',
      'tags: { type: Set, schema: [String] },',
      "state: { type: String, enum: ['new', 'sold'], required: true },",
      'raw: { type: Buffer },',
    ]);
    expect(attributes.map(typeLine)).toContain("state: 'new' | 'sold';");
  });

  it('carry the indexes that they are the hash key of', () => {
    const flags = { key: undefined, sort: undefined, fields: 'category:string,price:number' };
    const attributes = parseAttributes({ ...flags, indexes: ['byCategory:category,price'] });
    expect(attributes.map(schemaLine)).toContain(
      "category: { type: String, required: true, index: { name: 'byCategory', rangeKey: 'price' } },",
    );
    const index = (written: string) => () => parseAttributes({ ...flags, indexes: [written] });
    expect(index('byCategory')).toThrow(expect.objectContaining({ code: 'INVALID_INDEX' }));
    expect(index('byCategory:catgory')).toThrow(expect.objectContaining({ hint: '--index byCategory:category' }));
  });

  it('are text unless they say otherwise, and the key is id', () => {
    expect(parse('name').map(schemaLine)).toEqual([
      'id: { type: String, hashKey: true },',
      'name: { type: String, required: true },',
    ]);
  });

  it.each([
    ['price:nubmer', 'Did you mean price:number?'],
    ['a-b:string', 'letters, digits and _'],
    ['tags:set<date>', 'set<string> or set<number>'],
    ['state:enum(a|a)', 'each value once'],
    ['1st', 'letters, digits and _'],
    ['constructor', 'Choose another name.'],
    ['__proto__', 'Choose another name.'],
    ['save', 'Choose another name.'],
    ['createdAt:number', '--no-timestamps'],
    ['id', 'the key included'],
    ['a,a', 'Name each attribute once'],
    ["x';process.exit()//", 'letters, digits and _'],
  ])('cannot be %s', (fields, hint) => {
    expect(() => parse(fields)).toThrow(
      expect.objectContaining({ code: 'INVALID_ATTRIBUTE', hint: expect.stringContaining(hint) }),
    );
  });

  it.each([
    ['tags:set(string>', 'character 16 is ">", where ")" must close the "(" of character 9'],
    ['tags:set<string)!', 'character 16 is ")", where ">" must close the "<" of character 9'],
    ['tags:set<string', 'the "<" of character 9 is never closed'],
    ['state:enum((a|b)', 'the "(" of character 11 is never closed'],
    ['price:number>', 'character 13 is ">", which closes nothing'],
  ])('say where the brackets of %s do not pair', (field, fault) => {
    expect(() => parse(field)).toThrow(`--fields: in ${field.replace('!', '')} ${fault}`);
  });

  it('take either bracket, and spaces within', () => {
    expect(parse('tags:set( string )? state:enum<a | b>').map(schemaLine).slice(1)).toEqual([
      'tags: { type: Set, schema: [String] },',
      "state: { type: String, enum: ['a', 'b'], required: true },",
    ]);
  });

  it('make keys of dates and bytes too', () => {
    expect(parse('', 'at:date', 'part:binary').map(schemaLine)).toEqual([
      'at: { type: Date, hashKey: true },',
      'part: { type: Buffer, rangeKey: true },',
    ]);
  });

  it.each(['id:boolean', 'id:map', 'id:set<string>', 'id:string?', 'id:string[]', ''])(
    'cannot make the key %j',
    (key) => {
      expect(() => parse('name', key)).toThrow(expect.objectContaining({ code: 'INVALID_ATTRIBUTE' }));
    },
  );
});

describe('what a route does with a model', () => {
  const product: ModelFacts = {
    name: 'Product',
    file: 'src/models/product.ts',
    hashKey: { name: 'id', type: 'string', hasDefault: false },
    sortKey: undefined,
    attributes: [],
    spec: {} as ModelSpec,
    itemType: undefined,
  };
  const order: ModelFacts = {
    ...product,
    name: 'Order',
    hashKey: { name: 'customerId', type: 'string', hasDefault: false },
    sortKey: { name: 'placedAt', type: 'number', hasDefault: false },
  };
  const route = (text: string, model = product) => modelRoute(text, keyOf(text), model);

  it.each([
    ['GET /products', 'list', 'scan'],
    ['POST /products', 'create', 'write'],
    ['GET /products/{id}', 'get', undefined],
    ['PUT /products/{id}', 'replace', 'write'],
    ['PATCH /products/{id}', 'update', 'write'],
    ['DELETE /products/{id}', 'remove', 'write'],
    ['GET /shops/{shopId}/products', 'list', 'scan'],
  ])('on %s is to %s it, which needs %s', (text, action, access) => {
    expect(route(text)).toMatchObject({ action, access });
  });

  it('binds a parameter of any name to the only key', () => {
    expect(route('GET /products/{productId}').bound).toMatchObject([{ name: 'id', parameter: 'productId' }]);
  });

  it('lists by query where the path gives the hash key of a model with a sort key', () => {
    expect(route('GET /customers/{customerId}/orders', order)).toMatchObject({ action: 'query', access: undefined });
    expect(route('GET /customers/{id}/orders', order).bound).toMatchObject([{ name: 'customerId', parameter: 'id' }]);
    expect(route('GET /orders', order)).toMatchObject({ action: 'list', bound: [] });
  });

  it('binds both parts of a key by name, or both in order', () => {
    const bound = (text: string) => route(text, order).bound.map((one) => `${one.name}=${one.parameter}`);
    expect(bound('GET /orders/{placedAt}/of/{customerId}')).toEqual(['customerId=customerId', 'placedAt=placedAt']);
    expect(bound('GET /a/{b}/orders/{c}')).toEqual(['customerId=b', 'placedAt=c']);
  });

  it('says when the path does not give the whole key', () => {
    expect(() => route('GET /orders/{id}', order)).toThrow(
      expect.objectContaining({ code: 'KEY_NOT_IN_PATH', hint: 'Write the path as /…/{customerId}/{placedAt}' }),
    );
  });

  it.each(['POST /products/{id}', 'ANY /products', 'DELETE /products', 'GET /products/{rest+}', '$default'])(
    'is unknown for %s',
    (text) => {
      expect(() => route(text)).toThrow(expect.objectContaining({ code: 'NO_MODEL_ACTION' }));
    },
  );
});

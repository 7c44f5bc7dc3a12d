// The handlers of a model without AWS: its calls are replaced. `apigen dev` and a deploy try them on tables.
import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import dynamoose from 'dynamoose';
import { asRead } from '../src/http.js';
import { Product } from '../src/models/product.js';
import { handler as create } from '../src/products/create.js';
import { handler as get } from '../src/products/get.js';
import { handler as list } from '../src/products/list.js';
import { handler as remove } from '../src/products/remove.js';
import { handler as update } from '../src/products/update.js';

// <sample>
/** A product as JSON has it and as it is stored; its key as it is stored and as a path has it; its address. */
const sample = { id: 'a', name: 'a', price: 1 };
const stored = { ...sample };
const key = { id: 'a' };
const path = { id: 'a' };
const address = './products/a';
// </sample>

const request = (parts = {}) => ({
  body: null,
  isBase64Encoded: false,
  pathParameters: path,
  queryStringParameters: null,
  ...parts,
});

const read = () => asRead(new Product(stored));

/** As DynamoDB answers a write whose condition does not hold. */
const refuse = async () => {
  throw Object.assign(new Error('refused'), { name: 'ConditionalCheckFailedException' });
};

// As apigen sets it for every deployed function: tables are made by a deploy, never by the code.
dynamoose.Table.defaults.set({ create: false, waitForActive: false });
// Dynamoose gives a model its methods anew when it first needs the table: that must be before they are replaced.
Product.table();

afterEach(() => mock.restoreAll());

describe('GET /products', () => {
  it('answers with a page of the size that is asked for, and goes on where it ended', async () => {
    const asked = [];
    const ask = (what) => {
      asked.push(what);
      return pages;
    };
    const pages = { limit: ask, startAt: ask, exec: async () => Object.assign([await read()], { lastKey: key }) };
    mock.method(Product, 'scan', () => pages);
    const first = JSON.parse((await list(request({ queryStringParameters: { limit: '1' } }))).body);
    assert.deepEqual(first.products, [sample]);
    await list(request({ queryStringParameters: { next: first.next } }));
    assert.deepEqual(asked, [1, 50, key]);
  });

  it('answers 400 to a limit or a next that is none', async () => {
    const queries = [{ limit: '0' }, { limit: '101' }, { limit: 'all' }, { next: 'no' }];
    for (const queryStringParameters of queries) {
      assert.equal((await list(request({ queryStringParameters }))).statusCode, 400);
    }
  });
});

describe('POST /products', () => {
  it('answers 201 with the product and its address', async () => {
    mock.method(Product, 'create', async () => new Product(stored));
    const answer = await create(request({ body: JSON.stringify(sample) }));
    assert.deepEqual([answer.statusCode, answer.headers['location']], [201, address]);
    assert.deepEqual(JSON.parse(answer.body), sample);
  });

  it('answers 409 when its key is taken', async () => {
    mock.method(Product, 'create', refuse);
    assert.equal((await create(request({ body: JSON.stringify(sample) }))).statusCode, 409);
  });

  it('answers 400 to what is not JSON', async () => {
    assert.equal((await create(request({ body: 'a product' }))).statusCode, 400);
  });
});

describe('GET /products/{id}', () => {
  it('answers with the product', async () => {
    const found = mock.method(Product, 'get', read);
    const answer = await get(request());
    assert.deepEqual([answer.statusCode, JSON.parse(answer.body)], [200, sample]);
    assert.deepEqual(found.mock.calls[0]?.arguments, [key]);
  });

  it('answers 404 when there is none', async () => {
    mock.method(Product, 'get', async () => undefined);
    assert.equal((await get(request())).statusCode, 404);
  });
});

describe('PATCH /products/{id}', () => {
  it('answers with the product as it then is', async () => {
    const changed = mock.method(Product, 'update', read);
    const answer = await update(request({ body: '{}' }));
    assert.deepEqual([answer.statusCode, JSON.parse(answer.body)], [200, sample]);
    assert.deepEqual(changed.mock.calls[0]?.arguments.slice(0, 2), [key, { $SET: {} }]);
  });

  it('answers 404 when there is none', async () => {
    mock.method(Product, 'update', refuse);
    assert.equal((await update(request({ body: '{}' }))).statusCode, 404);
  });
});

describe('DELETE /products/{id}', () => {
  it('answers 204', async () => {
    const removed = mock.method(Product, 'delete', async () => undefined);
    assert.equal((await remove(request())).statusCode, 204);
    assert.deepEqual(removed.mock.calls[0]?.arguments[0], key);
  });

  it('answers 404 when there is none', async () => {
    mock.method(Product, 'delete', refuse);
    assert.equal((await remove(request())).statusCode, 404);
  });
});

// The handlers without AWS: the model's calls are replaced. `apigen deploy --target local` tries the real ones.
import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import dynamoose from 'dynamoose';
import type { ApiRequest } from '../src/http.ts';
import { Product, type ProductItem } from '../src/models/product.ts';
import { handler as create } from '../src/products/create.ts';
import { handler as get } from '../src/products/get.ts';
import { handler as list } from '../src/products/list.ts';

const request = (parts: Partial<ApiRequest> = {}): ApiRequest => ({
  body: null,
  isBase64Encoded: false,
  pathParameters: null,
  queryStringParameters: null,
  ...parts,
});

const lamp = { id: 'p1', name: 'Lamp', price: 25 };

// As apigen sets it for every deployed function: tables are made by a deploy, never by the code.
dynamoose.Table.defaults.set({ create: false, waitForActive: false });

afterEach(() => mock.restoreAll());

describe('GET /products/{id}', () => {
  it('answers with the product', async () => {
    const read = mock.method(Product, 'get', async () => lamp);
    const answer = await get(request({ pathParameters: { id: 'p1' } }));
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(JSON.parse(answer.body), lamp);
    assert.deepEqual(read.mock.calls[0]?.arguments, [{ id: 'p1' }]);
  });

  it('answers 404 when there is none', async () => {
    mock.method(Product, 'get', async () => undefined);
    assert.equal((await get(request({ pathParameters: { id: 'nope' } }))).statusCode, 404);
  });
});

describe('POST /products', () => {
  it('stores what was sent under a new id', async () => {
    mock.method(Product, 'create', async (product: Partial<ProductItem>) => new Product(product));
    const answer = await create(request({ body: JSON.stringify({ name: 'Lamp', price: 25 }) }));
    assert.equal(answer.statusCode, 201);
    const { id, ...rest } = JSON.parse(answer.body);
    assert.match(id, /^[\da-f-]{36}$/);
    assert.deepEqual(rest, { name: 'Lamp', price: 25 });
  });

  it('answers 400 to what is no product', async () => {
    assert.equal((await create(request({ body: 'no JSON' }))).statusCode, 400);
    const answer = await create(request({ body: JSON.stringify({ price: 25 }) }));
    assert.equal(answer.statusCode, 400);
    assert.match(answer.body, /name is a required property/);
  });

  it('answers 409 when the id is taken', async () => {
    const taken = Object.assign(new Error('taken'), { name: 'ConditionalCheckFailedException' });
    mock.method(Product, 'create', async () => {
      throw taken;
    });
    assert.equal((await create(request({ body: JSON.stringify(lamp) }))).statusCode, 409);
  });
});

describe('GET /products', () => {
  it('answers with a page and where the next one starts', async () => {
    const starts: unknown[] = [];
    const page = Object.assign([lamp], { lastKey: { id: 'p1' } });
    const scan = {
      limit: () => scan,
      startAt: (key: unknown) => {
        starts.push(key);
        return scan;
      },
      exec: async () => page,
    };
    mock.method(Product, 'scan', () => scan);
    const first = JSON.parse((await list(request())).body);
    assert.deepEqual(first.products, [lamp]);
    await list(request({ queryStringParameters: { next: first.next } }));
    assert.deepEqual(starts, [{ id: 'p1' }]);
  });
});

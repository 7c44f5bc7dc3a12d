// The routes of products against tables on this machine: `apigen tables serve` makes them as the models say.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { type ApiRequest, json } from '../src/http.ts';
import { handler as create } from '../src/products/create.ts';
import { handler as get } from '../src/products/get.ts';
import { handler as list } from '../src/products/list.ts';
import { handler as remove } from '../src/products/remove.ts';
import { handler as update } from '../src/products/update.ts';
import { useTables } from './tables.ts';

useTables();

/** One of some products that differ in their keys; give them what your model checks. */
function sample(n: number) {
  return {
    // <sample>
    id: `id ${n}`,
    name: 'name',
    price: n,
    // </sample>
  };
}

// <samples>
const SAMPLES = [0, 1, 2, 3, 4];
// </samples>

/** A request for one of them. */
function request(n: number, parts: Partial<ApiRequest> = {}): ApiRequest {
  // <path>
  const pathParameters = { id: sample(n).id };
  // </path>
  return { body: null, isBase64Encoded: false, pathParameters, queryStringParameters: null, ...parts };
}

/** A request that sends one of them. */
function sent(n: number): ApiRequest {
  // <sent>
  return request(n, { body: json(200, sample(n)).body });
  // </sent>
}

afterEach(async () => {
  for (const n of SAMPLES) await remove(request(n));
});

describe('the routes of products', () => {
  it('store a product once, and say where it is', async () => {
    const created = await create(sent(0));
    assert.equal(created.statusCode, 201);
    assert.match(created.headers['location'] ?? '', /^\.\/./);
    const read = await get(request(0));
    assert.equal(read.statusCode, 200);
    assert.deepEqual(JSON.parse(read.body), JSON.parse(created.body));
    assert.equal((await create(sent(0))).statusCode, 409);
    assert.equal((await get(request(1))).statusCode, 404);
  });

  // <update>
  it('change a product that is there, and make none', async () => {
    const before = JSON.parse((await create(sent(0))).body);
    // <change>
    const change = { price: sample(1).price };
    // </change>
    const body = JSON.stringify(change);
    const changed = await update(request(0, { body }));
    assert.equal(changed.statusCode, 200);
    // <before>
    const { updatedAt: _then, ...expected } = { ...before, ...change };
    // </before>
    const { updatedAt: _now, ...after } = JSON.parse(changed.body);
    assert.deepEqual(after, expected);
    assert.equal((await update(request(1, { body }))).statusCode, 404);
  });
  // </update>

  it('remove a product that is there', async () => {
    await create(sent(0));
    assert.equal((await remove(request(0))).statusCode, 204);
    assert.equal((await remove(request(0))).statusCode, 404);
    assert.equal((await get(request(0))).statusCode, 404);
  });

  it('list products page by page', async () => {
    for (const n of SAMPLES) await create(sent(n));
    const seen = new Set<string>();
    let next: string | undefined;
    do {
      const queryStringParameters = { limit: '2', ...(next === undefined ? {} : { next }) };
      const { products, next: after } = JSON.parse((await list(request(0, { queryStringParameters }))).body);
      assert.ok(products.length <= 2);
      for (const product of products) seen.add(JSON.stringify(product));
      next = after;
    } while (next !== undefined);
    assert.equal(seen.size, SAMPLES.length);
  });

  it('answer 400 to a limit, a next or a body that is none', async () => {
    const queries: Record<string, string>[] = [{ limit: '0' }, { limit: '101' }, { limit: 'all' }, { next: 'no' }];
    for (const queryStringParameters of queries) {
      assert.equal((await list(request(0, { queryStringParameters }))).statusCode, 400);
    }
    assert.equal((await create(request(0, { body: 'a product' }))).statusCode, 400);
  });
});

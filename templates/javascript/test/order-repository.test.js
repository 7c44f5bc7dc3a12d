// The repository of orders against tables on this machine: `apigen tables serve` makes them as the models say.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import {
  createOrder,
  createOrderWithProduct,
  getOrder,
  listAllOrders,
  listOrdersByStatus,
  removeOrder,
  updateOrder,
} from '../src/models/order-repository.js';
import { Product } from '../src/models/product.js';
import { ConflictError, CursorError } from '../src/repository.js';
import { useTables } from './tables.js';

useTables();

/** One of some orders that differ in their keys; give them what your model checks. */
function sample(n) {
  return {
    // <sample>
    customerId: 'customerId',
    placedAt: new Date(Date.UTC(2026, 0, 1 + n)),
    status: 'open',
    total: n,
    // </sample>
  };
}

// <with>
/** One of some products with the same key. */
const other = (n) => ({
  // <other>
  id: 'id',
  name: `name ${n}`,
  price: n,
  description: `description ${n}`,
  // </other>
});

// </with>
// <samples>
const SAMPLES = [0, 1, 2, 3, 4];
// </samples>

/** Follows the cursors to the end. @returns how many different items came */
async function count(list) {
  const items = [];
  let cursor;
  do {
    const page = await list({ limit: 2, cursor });
    assert.ok(page.items.length <= 2);
    items.push(...page.items.map((item) => JSON.stringify(item)));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return new Set(items).size;
}

afterEach(async () => {
  for (const n of SAMPLES) await removeOrder(sample(n));
});

describe('the repository of orders', () => {
  it('stores an order once', async () => {
    const created = await createOrder(sample(0));
    assert.equal(created.version, 1);
    assert.deepEqual(await getOrder(sample(0)), created);
    await assert.rejects(createOrder(sample(0)), ConflictError);
    assert.equal(await getOrder(sample(1)), undefined);
  });

  it('changes an order that still is as it was read, and no other', async () => {
    const { version } = await createOrder(sample(0));
    // <change>
    const { total } = sample(1);
    const updated = await updateOrder(sample(0), { total }, version);
    assert.deepEqual(updated.total, total);
    // </change>
    assert.equal(updated.version, 2);
    assert.deepEqual(await getOrder(sample(0)), updated);
    await assert.rejects(updateOrder(sample(0), {}, version), ConflictError);
    await assert.rejects(updateOrder(sample(1), {}, version), ConflictError);
    assert.equal(await getOrder(sample(1)), undefined);
  });

  it('removes an order, with a version only the one that was read', async () => {
    const { version } = await createOrder(sample(0));
    await updateOrder(sample(0), {}, version);
    await assert.rejects(removeOrder(sample(0), version), ConflictError);
    await removeOrder(sample(0), version + 1);
    assert.equal(await getOrder(sample(0)), undefined);
  });

  it('lists orders page by page', async () => {
    for (const n of SAMPLES) await createOrder(sample(n));
    // <lists>
    assert.equal(await count((page) => listAllOrders(page)), 5);
    assert.equal(await count((page) => listOrdersByStatus(sample(0).status, page)), 5);
    // </lists>
  });

  it('refuses a cursor that it never gave', async () => {
    // <cursor>
    await assert.rejects(listAllOrders({ cursor: 'none' }), CursorError);
    // </cursor>
  });

  // <with>
  it('stores an order and changes a product: both or neither', async () => {
    await Product.create(other(0));
    await createOrderWithProduct(sample(0), other(0), { name: other(1).name });
    const changed = await Product.get({ id: other(0).id });
    assert.ok(changed);
    assert.deepEqual(changed.name, other(1).name);
    // The order is there already, so the product stays.
    await assert.rejects(createOrderWithProduct(sample(0), changed, { name: other(2).name }), ConflictError);
    assert.deepEqual(await Product.get({ id: other(0).id }), changed);
    // The product is gone, so there is no order.
    await removeOrder(sample(0));
    await Product.delete({ id: other(0).id });
    await assert.rejects(createOrderWithProduct(sample(0), changed, { name: other(2).name }), ConflictError);
    assert.equal(await getOrder(sample(0)), undefined);
  });
  // </with>
});

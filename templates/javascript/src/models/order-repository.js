// How orders are stored and found, so that nobody's change is overwritten unseen. Yours to edit.
import dynamoose from 'dynamoose';
import { asRead, orConflict, readPage, unchanged } from '../repository.js';
import { Order } from './order.js';
import { Product } from './product.js';

/** @throws ConflictError when there is an order of this key */
export async function createOrder(item) {
  const created = Order.create({ ...item, version: 1 });
  return asRead(await orConflict(created, 'There is an order of this key already'));
}

export async function getOrder(key) {
  return Order.get(keyOf(key));
}

/**
 * Changes an order, and raises its version by one.
 *
 * @param changes an attribute that is undefined is taken out
 * @param version of the order as it was read
 * @throws ConflictError when it was changed or removed since then: read it again, and decide anew
 */
export async function updateOrder(key, changes, version) {
  const change = { $SET: changes, $ADD: { version: 1 } };
  const updated = Order.update(keyOf(key), change, { condition: unchanged(version) });
  return orConflict(updated, 'The order was changed or removed since it was read');
}

/**
 * Removes an order; one that is gone is no error.
 *
 * @param version where given, only if it still is this one
 * @throws ConflictError when it was changed or removed since then
 */
export async function removeOrder(key, version) {
  const settings = version === undefined ? {} : { condition: unchanged(version) };
  await orConflict(Order.delete(keyOf(key), settings), 'The order was changed or removed since it was read');
}

// <all>
/** A page of all orders. It reads through the whole table: the function needs `access: { Order: scan }`. */
export async function listAllOrders(page = {}) {
  return readPage(Order.scan(), page);
}

// </all>
// <index>
/** A page of the orders of one status, by total. */
export async function listOrdersByStatus(status, { sort = 'ascending', ...page } = {}) {
  return readPage(Order.query('status').eq(status).using('byStatus').sort(sort), page);
}

// </index>
// <with>
/**
 * Stores an order and changes a product, both or neither.
 * The function needs `access: { Order: write, Product: write }`.
 *
 * @param other the product as it was read
 * @throws ConflictError when there is an order of this key, or the product is not there as it was read
 */
export async function createOrderWithProduct(item, other, changes) {
  const key = { id: other.id };
  const condition = new dynamoose.Condition().attribute('id').exists();
  const both = dynamoose.transaction([
    Order.transaction.create({ ...item, version: 1 }),
    Product.transaction.update(key, { $SET: changes }, { condition }),
  ]);
  await orConflict(both, 'There is an order of this key already, or the product is not there as it was read');
}

// </with>
/** The key alone, as Dynamoose finds an order by it: dates as they are stored. */
function keyOf(key) {
  // <key>
  return { customerId: key.customerId, placedAt: key.placedAt.getTime() };
  // </key>
}

import { randomUUID } from 'node:crypto';
import { answering, asRead, created, readJson } from '../http.js';
import { Product } from '../models/product.js';

/** POST /products: stores a product; 400 when it is not one, 409 when its key is taken. */
export const handler = answering(async (request) => {
  const body = readJson(request);
  const product = await asRead(await Product.create({ id: randomUUID(), ...body }));
  return created(`./products/${encodeURIComponent(product.id)}`, product);
});

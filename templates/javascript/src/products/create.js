import { randomUUID } from 'node:crypto';
import { answering, json, readJson } from '../http.js';
import { Product } from '../models/product.js';

/** POST /products: stores a product; 400 when it is not one, 409 when its id is taken. */
export const handler = answering(async (request) => {
  const product = await Product.create({ id: randomUUID(), ...readJson(request) });
  return json(201, product);
});

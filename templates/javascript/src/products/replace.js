import { answering, asRead, json, pathParameter, readJson } from '../http.js';
import { Product } from '../models/product.js';

/** PUT /products/{id}: stores a product in the place of what was there; 400 when it is not one. */
export const handler = answering(async (request) => {
  const key = { id: pathParameter(request, 'id') };
  const body = readJson(request);
  const product = await Product.create({ ...body, ...key }, { overwrite: true });
  return json(200, await asRead(product));
});

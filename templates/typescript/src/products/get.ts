import { answering, json, pathParameter } from '../http.ts';
import { Product } from '../models/product.ts';

/** GET /products/{id}: one product; 404 when there is none. */
export const handler = answering(async (request) => {
  const product = await Product.get({ id: pathParameter(request, 'id') });
  return product === undefined ? json(404, { message: 'There is no such product' }) : json(200, product);
});

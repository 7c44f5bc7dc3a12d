import { answering, json, pathParameter } from '../http.js';
import { Product } from '../models/product.js';

/** DELETE /products/{id}: removes a product; doing so twice is no error. */
export const handler = answering(async (request) => {
  await Product.delete({ id: pathParameter(request, 'id') });
  return json(204);
});

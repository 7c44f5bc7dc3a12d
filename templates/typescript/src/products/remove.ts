import { answering, json, pathParameter } from '../http.ts';
import { Product } from '../models/product.ts';

/** DELETE /products/{id}: removes a product; doing so twice is no error. */
export const handler = answering(async (request) => {
  await Product.delete({ id: pathParameter(request, 'id') });
  return json(204);
});

import { answering, asRead, json, pathParameter, readJson } from '../http.ts';
import { Product, type ProductItem } from '../models/product.ts';

/** PUT /products/{id}: stores a product in the place of what was there; 400 when it is not one. */
export const handler = answering(async (request) => {
  const key = { id: pathParameter(request, 'id') };
  const body = readJson<Partial<ProductItem>>(request);
  const product = await Product.create({ ...body, ...key }, { overwrite: true });
  return json(200, await asRead(product));
});

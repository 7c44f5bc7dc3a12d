import dynamoose from 'dynamoose';
import { answering, json, orNotFound, pathParameter } from '../http.js';
import { Product } from '../models/product.js';

/** DELETE /products/{id}: removes a product; 404 when there is none. */
export const handler = answering(async (request) => {
  const key = { id: pathParameter(request, 'id') };
  const condition = new dynamoose.Condition().attribute('id').exists();
  await orNotFound(Product.delete(key, { condition }), 'There is no such product');
  return json(204);
});

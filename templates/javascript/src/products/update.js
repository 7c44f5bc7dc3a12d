import dynamoose from 'dynamoose';
import { answering, json, orNotFound, pathParameter, readJson } from '../http.js';
import { Product } from '../models/product.js';

/** PATCH /products/{id}: changes the attributes that are sent; 404 when there is no such product. */
export const handler = answering(async (request) => {
  const key = { id: pathParameter(request, 'id') };
  const body = readJson(request);
  const condition = new dynamoose.Condition().attribute('id').exists();
  const update = Product.update(key, { $SET: body }, { condition });
  return json(200, await orNotFound(update, 'There is no such product'));
});

import dynamoose from 'dynamoose';
import { answering, json, pathParameter, Refusal, readJson } from '../http.ts';
import { Product, type ProductItem } from '../models/product.ts';

/** PATCH /products/{id}: changes the attributes that are sent; 404 when there is no such product. */
export const handler = answering(async (request) => {
  const key = { id: pathParameter(request, 'id') };
  const condition = new dynamoose.Condition().attribute('id').exists();
  try {
    const product = await Product.update(key, readJson<Partial<ProductItem>>(request), { condition });
    return json(200, product);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
    throw new Refusal(404, 'There is no such product');
  }
});

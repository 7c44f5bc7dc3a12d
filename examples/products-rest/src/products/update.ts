import { answer } from '../answer.ts';
import { Product } from '../models/product.ts';

export const handler = async (event: { pathParameters: { id: string }; body: string }) =>
  answer(200, await Product.update({ id: event.pathParameters.id }, JSON.parse(event.body)));

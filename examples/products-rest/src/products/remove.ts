import { answer } from '../answer.ts';
import { Product } from '../models/product.ts';

export const handler = async (event: { pathParameters: { id: string } }) => {
  await Product.delete({ id: event.pathParameters.id });
  return answer(200, { removed: event.pathParameters.id });
};

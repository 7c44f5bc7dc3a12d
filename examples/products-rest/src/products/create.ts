import { answer } from '../answer.ts';
import { Product } from '../models/product.ts';

/** API Gateway has checked the body: it has a name and a price, and nothing else. */
export const handler = async (event: { body: string }) => answer(201, await Product.create(JSON.parse(event.body)));

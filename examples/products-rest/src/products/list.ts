import { answer } from '../answer.ts';
import { Product } from '../models/product.ts';

export const handler = async () => answer(200, await Product.scan().limit(100).exec());

import { answering, json, nextKey, startKey } from '../http.ts';
import { Product } from '../models/product.ts';

/** GET /products: a page of products; `?next=` gives the page after. */
export const handler = answering(async (request) => {
  const scan = Product.scan().limit(50);
  const start = startKey(request);
  const page = await (start === undefined ? scan : scan.startAt(start)).exec();
  return json(200, { products: page, next: nextKey(page.lastKey) });
});

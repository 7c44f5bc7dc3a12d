import { answering, json, nextKey, pageLimit, startKey } from '../http.ts';
import { Product } from '../models/product.ts';

/** GET /products: a page of products, at most `?limit=`; `?next=` gives the page after. */
export const handler = answering(async (request) => {
  const scan = Product.scan().limit(pageLimit(request));
  const start = startKey(request, ['id']);
  const page = await (start === undefined ? scan : scan.startAt(start)).exec();
  return json(200, { products: page, next: nextKey(page.lastKey) });
});

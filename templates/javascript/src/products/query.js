import { answering, json, nextKey, pageLimit, pathParameter, startKey } from '../http.js';
import { Product } from '../models/product.js';

/** GET /products: a page of products under one key, at most `?limit=`; `?next=` gives the page after. */
export const handler = answering(async (request) => {
  const query = Product.query({ id: pathParameter(request, 'id') }).limit(pageLimit(request));
  const start = startKey(request, ['id']);
  const page = await (start === undefined ? query : query.startAt(start)).exec();
  return json(200, { products: page, next: nextKey(page.lastKey) });
});

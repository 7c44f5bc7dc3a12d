// The logical name of a function that has none of its own: its handler's path.

import type { HandlerReference } from './schema/handler.ts';

/**
 * `src/products/create.handler` → `products-create`, `src/health/index.handler` → `health`,
 * `src/orders.place` → `orders-place`. A leading `src/` and a trailing `/index` are dropped; the export is appended
 * unless it is `handler`.
 */
export function functionName(handler: HandlerReference): string {
  const path = handler.module.replace(/^src\/(?=.)/, '').replace(/(?<=.)\/index$/, '');
  const words = handler.exportName === 'handler' ? [path] : [path, handler.exportName];
  const name = words
    .join('-')
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^[A-Za-z]/.test(name) ? name : `f-${name}`;
}

// How one file of a project imports another.

import { posix } from 'node:path';

/** `src/orders/get.ts`, `src/http.ts` → `../http.ts` */
export function importPath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

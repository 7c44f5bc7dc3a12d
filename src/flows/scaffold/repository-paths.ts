// Where a repository's files stand: beside its model, and its test with the others.

import { posix } from 'node:path';

/** `src/models/order.ts` → `src/models/order-repository.ts` */
export function repositoryFile(modelFile: string): string {
  return modelFile.replace(/(?=\.\w+$)/, '-repository');
}

/** `src/models/order.ts` → `test/order-repository.test.ts` */
export function repositoryTestFile(modelFile: string): string {
  return `test/${posix.basename(repositoryFile(modelFile)).replace(/(?=\.\w+$)/, '.test')}`;
}

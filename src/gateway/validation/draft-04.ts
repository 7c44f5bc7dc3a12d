// The draft-4 flavour of Ajv, loaded when it is first needed: most projects and most commands never check a schema.

import { createRequire } from 'node:module';
import type { Ajv, Options } from 'ajv';

export type { Ajv, ValidateFunction } from 'ajv';

const require = createRequire(import.meta.url);

export function draft04(options: Options): Ajv {
  const { default: Draft04 } = require('ajv-draft-04') as { default: new (options: Options) => Ajv };
  return new Draft04(options);
}

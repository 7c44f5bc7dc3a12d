// The draft-4 flavour of Ajv, which is a CommonJS package with its class under `default`.

import draft04 from 'ajv-draft-04';

export const Ajv = draft04.default;
export type { ValidateFunction } from 'ajv';

// Reads one model file called `Product`, for the tests beside this file.

import { join } from 'node:path';
import type { AttributeSpec } from '../../src/models/attribute-spec.ts';
import type { ModelSpec } from '../../src/models/model-spec.ts';
import { type ModelReading, type ReadOptions, readModels } from '../../src/models/read-models.ts';
import { type ProjectOnDisk, projectOnDisk } from '../build/projects.ts';

export interface ProductReading extends ModelReading {
  /** The model file, absolute. */
  readonly path: string;
}

export async function readProduct(
  code: string,
  more: Partial<ProjectOnDisk> = {},
  options: ReadOptions = {},
): Promise<ProductReading> {
  const files = { 'src/product.ts': code, ...more.files };
  const project = projectOnDisk({ models: { Product: 'src/product.ts' }, ...more, files });
  return { ...(await readModels(project, options)), path: join(project.root, 'src/product.ts') };
}

/** A model that must have no problems. */
export async function specOf(code: string, more: Partial<ProjectOnDisk> = {}): Promise<ModelSpec> {
  const { models, problems } = await readProduct(code, more);
  const spec = models['Product'];
  if (spec === undefined) throw new Error(`there are problems: ${JSON.stringify(problems, undefined, 1)}`);
  return spec;
}

/** The spec of a model with the attribute `id` for its key and the given schema. */
export function specOfSchema(schema: string, settings = '{}'): Promise<ModelSpec> {
  return specOf(`import * as dynamoose from 'dynamoose';
    const key = { id: { type: String, hashKey: true } };
    export const Product = dynamoose.model('Product', new dynamoose.Schema({ ...key, ${schema} }, ${settings}));`);
}

export function attributeOf(spec: ModelSpec, name: string): AttributeSpec {
  const found = spec.schemas[0]?.attributes.find((attribute) => attribute.name === name);
  if (found === undefined) throw new Error(`there is no attribute ${name}`);
  return found;
}

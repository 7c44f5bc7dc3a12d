// What is asked of a request before anything answers it: its body, its parameters; and what is kept of an answer.

import * as z from 'zod';
import { CACHE_TTL_SECONDS } from '../limits.ts';
import { MODEL_NAME } from './model.ts';
import { judgePathInProject } from './path-in-project.ts';
import { type Fault, rule, wholeNumber } from './rule.ts';

const attributeNames = (text: string) =>
  z.array(z.string().min(1)).min(1, { error: 'is empty: leave it out' }).describe(text).exactOptional();

const schemaFile = rule(z.string(), judgeSchemaFile);

const bodyMap = rule(
  z.strictObject({
    model: z.string().describe('A model of `models:`, whose attributes the body must match.').exactOptional(),
    schema: schemaFile.describe('A JSON Schema file (draft 4 words), relative to apigen.yml.').exactOptional(),
    omit: attributeNames('Attributes of the model that a body must not have.'),
    pick: attributeNames('The only attributes of the model that a body may have.'),
    optional: attributeNames(
      'Attributes that a body may have and need not: of those that are required, or that `body: Model` leaves out.',
    ),
    partial: z
      .boolean({ error: 'must be true or false' })
      .describe('No attribute is required, as PATCH wants. Default: false.')
      .exactOptional(),
  }),
  (entry) => {
    if ((entry.model === undefined) === (entry.schema === undefined)) {
      const message =
        entry.model === undefined ? 'names neither a model nor a schema' : 'names both a model and a schema';
      return { message, hint: 'Write body: Product, or body: { schema: src/schemas/product.json }.' };
    }
    if (entry.pick !== undefined && entry.omit !== undefined) {
      return { message: 'has both pick and omit', hint: 'Keep one of the two.' };
    }
    const both = entry.optional?.find((name) => entry.omit?.includes(name));
    if (both !== undefined) {
      return { message: `both omits ${both} and has it optional`, hint: 'Name it in one of the two.' };
    }
    const useless =
      entry.schema === undefined
        ? undefined
        : (['omit', 'pick', 'optional', 'partial'] as const).find((key) => entry[key] !== undefined);
    if (useless === undefined) return undefined;
    return {
      code: 'USELESS_KEY',
      message: `has ${useless}, which belongs to model`,
      hint: 'Say it in the schema file.',
    };
  },
);

/** `body:` of a route. */
export const body = z
  .union([rule(z.string(), (value) => (MODEL_NAME.pattern.test(value) ? undefined : judgeSchemaFile(value))), bodyMap])
  .describe(
    'What the body must be, or it is answered 400 `Invalid request body`: a model (without timestamps, attributes with a default and keys bound to a path parameter), `{ model, omit, pick, optional, partial }`, or a JSON Schema file.',
  );

const place = rule(z.string(), judgePlace);

/** `parameters:` of a route. */
export const parameters = z
  .union([z.array(place).min(1), z.record(place, z.enum(['required', 'optional']))])
  .describe(
    'Parameters that a request must have, or it is answered 400: `[query.limit, header.X-Tenant]`, or `{ query.limit: optional }` to name one for the cache or a mapping.',
  );

const cacheMap = z.strictObject({
  ttl: wholeNumber(CACHE_TTL_SECONDS, 'seconds').describe('Seconds that an answer is kept.'),
  by: z
    .array(place)
    .min(1)
    .describe('What tells answers apart beside the path: `query.…`, `header.…`, `path.…` (AWS: cacheKeyParameters).')
    .exactOptional(),
});

/** `cache:` of a route. */
export const routeCache = z
  .union([wholeNumber(CACHE_TTL_SECONDS, 'seconds'), cacheMap])
  .describe('Seconds that API Gateway keeps the answer, or `{ ttl, by: [query.q] }`. GET on REST APIs with a `cache`.');

export type BodyEntry = z.infer<typeof body>;
export type ParametersEntry = z.infer<typeof parameters>;

/** `query.limit`, taken apart. */
export function parsePlace(text: string): { readonly in: 'header' | 'path' | 'querystring'; readonly name: string } {
  const dot = text.indexOf('.');
  const where = text.slice(0, dot);
  return { in: where === 'query' ? 'querystring' : where === 'path' ? 'path' : 'header', name: text.slice(dot + 1) };
}

function judgePlace(text: string): Fault | undefined {
  if (/^(?:header|query|path)\.[A-Za-z0-9!#$%&'*+.^_`|~[\]-]+$/.test(text)) return undefined;
  const aws = /^(?:method\.)?request\.(querystring|header|path)\.(.+)$/.exec(text);
  const hint =
    aws === null
      ? 'Write it as query.limit, header.X-Tenant or path.id.'
      : `Write ${aws[1] === 'querystring' ? 'query' : aws[1]}.${aws[2]}`;
  return { code: 'INVALID_PARAMETER', message: 'must be query.…, header.… or path.…', hint };
}

function judgeSchemaFile(path: string): Fault | undefined {
  const fault = judgePathInProject(path);
  if (fault !== undefined) return fault;
  if (path.endsWith('.json')) return undefined;
  const hint = 'Write body: Product, or body: src/schemas/product.json.';
  return { code: 'INVALID_PATH', message: 'is neither the name of a model nor a .json file', hint };
}

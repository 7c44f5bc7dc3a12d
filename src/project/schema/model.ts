// `models:`: Dynamoose model files and the settings of their tables that the files cannot say.

import { z } from 'zod';
import { NAME_LENGTHS, TABLE_CAPACITY_UNITS } from '../limits.ts';
import { judgePathInProject } from './path-in-project.ts';
import { type Fault, type NameRule, nameOf, rule, wholeNumber } from './rule.ts';

/** What a model may be called; API Gateway allows no other characters in the names of its models. */
export const MODEL_NAME: NameRule = {
  pattern: /^[A-Za-z][A-Za-z0-9]*$/,
  length: NAME_LENGTHS.model,
  allowed: 'letters and digits, beginning with a letter',
};

const file = rule(z.string(), judgeModelFile).meta({
  description: 'The file that exports the Dynamoose model, relative to apigen.yml.',
  examples: ['src/models/product.ts'],
});

const capacity = z
  .union([
    z.literal('on-demand'),
    z.strictObject({
      read: wholeNumber(TABLE_CAPACITY_UNITS, 'units').describe('Read units a second.'),
      write: wholeNumber(TABLE_CAPACITY_UNITS, 'units').describe('Write units a second.'),
    }),
  ])
  .describe('`on-demand` (pay per request, the default) or provisioned units: `{ read: 5, write: 5 }`.');

const settings = z.strictObject({
  file,
  capacity: capacity.exactOptional(),
  backups: z
    .enum(['continuous', 'none'])
    .describe('`continuous`: the table can be restored to any second of the last 35 days. Default: none.')
    .exactOptional(),
  protect: z
    .boolean({ error: 'must be true or false' })
    .describe('Deletion protection of the table. Default: true in stages with `protect: true`, else false.')
    .exactOptional(),
});

/** `models:` by name; a bare string is its file. */
export const models = z
  .record(nameOf(MODEL_NAME), z.union([file, settings]))
  .describe('Dynamoose models. Each is one DynamoDB table; its file is the one source of keys, indexes and types.');

/** One model as written, short form expanded. */
export type ModelEntry = z.infer<typeof settings>;

function judgeModelFile(path: string): Fault | undefined {
  const fault = judgePathInProject(path);
  if (fault !== undefined) return fault;
  if (/\.(?:ts|mts|js|mjs|cjs)$/.test(path)) return undefined;
  return {
    code: 'INVALID_PATH',
    message: 'must be a TypeScript or JavaScript file with its extension',
    hint: `Write ${path.replace(/\.\w*$/, '')}.ts`,
  };
}

// `models:`: Dynamoose model files and the settings of their tables that the files cannot say.

import * as z from 'zod';
import { NAME_LENGTHS, RECOVERY_DAYS, TABLE_CAPACITY_UNITS } from '../limits.ts';
import { judgeRegion } from './judge-region.ts';
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

const keyArn = rule(z.string(), (arn) =>
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/.test(arn)
    ? undefined
    : {
        code: 'INVALID_KEY',
        message: 'must be the ARN of a KMS key',
        hint: 'Write it as arn:aws:kms:eu-west-1:123456789012:key/…; an alias names another key tomorrow.',
      },
);

const encryption = z
  .union([z.enum(['owned', 'aws']), keyArn])
  .describe(
    "The key that encrypts the table: `owned` by DynamoDB (free, the default), `aws` (the account's AWS managed key) or the ARN of your own KMS key.",
  );

const replicaRegion = rule(z.string(), judgeRegion);

const replicas = z
  .array(
    z.union([
      replicaRegion,
      z.strictObject({
        region: replicaRegion,
        key: keyArn.describe('The KMS key of that region, where the table has a key of your own.').exactOptional(),
      }),
    ]),
  )
  .describe(
    'Other regions that hold the table too (a global table): reads are local there, writes reach all within about a second.',
  )
  .meta({ examples: [['us-west-2']] });

const settings = z.strictObject({
  file,
  capacity: capacity.exactOptional(),
  backups: z
    .union([
      z.enum(['continuous', 'none']),
      z.strictObject({ days: wholeNumber(RECOVERY_DAYS, 'days').describe('How far back it can be restored.') }),
    ])
    .describe(
      '`continuous`: point-in-time recovery; the table can be restored to any second of the last 35 days, or of fewer: `{ days: 7 }`. Default: none.',
    )
    .exactOptional(),
  class: z
    .enum(['standard', 'infrequent-access'])
    .describe('The table class. `infrequent-access` stores for less and reads for more. Default: standard.')
    .exactOptional(),
  encryption: encryption.exactOptional(),
  replicas: replicas.exactOptional(),
  stream: z
    .enum(['keys-only', 'new-image', 'old-image', 'new-and-old-images'])
    .describe(
      'A DynamoDB stream of its changes, for functions with `on: [{ stream: … }]`. A table with replicas always has `new-and-old-images`.',
    )
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

// The settings of a Lambda function, the same wherever they stand: defaults, functions, routes.

import * as z from 'zod';
import {
  DEPRECATED_RUNTIMES,
  LAMBDA_CONCURRENCY,
  LAMBDA_DESCRIPTION_LENGTH,
  LAMBDA_MEMORY_MB,
  LAMBDA_STORAGE_MB,
  LAMBDA_TIMEOUT_SECONDS,
  LAMBDA_VPC,
  LOG_RETENTION_DAYS,
  RESERVED_ENVIRONMENT,
  RUNTIMES,
} from '../limits.ts';
import { nearestName } from '../nearest-name.ts';
import type { SecretReference } from '../project.ts';
import { securityGroup, subnet } from './neighbours.ts';
import { judgePathInProject } from './path-in-project.ts';
import { type Fault, rule, wholeNumber } from './rule.ts';

const runtime = rule(z.string(), judgeRuntime).meta({
  description: 'The Node runtime of Lambda. Default: nodejs22.x.',
  enum: [...RUNTIMES],
});

const architecture = z
  .enum(['arm64', 'x86_64'])
  .describe('The processor. arm64 costs a fifth less than x86_64. Default: arm64.');

const logRetention = rule(z.int({ error: 'must be a whole number of days' }), (days) =>
  LOG_RETENTION_DAYS.includes(days)
    ? undefined
    : {
        code: 'OUT_OF_RANGE',
        message: `must be a number of days that CloudWatch Logs knows, or 0 to keep logs for ever`,
        hint: `Choose one of ${LOG_RETENTION_DAYS.join(', ')}.`,
      },
).meta({
  description: "Days that the function's logs are kept; 0 keeps them for ever. Default: 30.",
  enum: [...LOG_RETENTION_DAYS],
});

const environmentName = rule(z.string(), judgeEnvironmentName).meta({ pattern: '^[A-Za-z][A-Za-z0-9_]+$' });

const yesOrNo = (text: string) => z.boolean({ error: 'must be true or false' }).describe(text).exactOptional();

const secretMap = rule(
  z.strictObject({
    ssm: z.string().min(1).describe('A parameter of Systems Manager: its name or ARN.').exactOptional(),
    secret: z.string().min(1).describe('A secret of Secrets Manager: its name or ARN.').exactOptional(),
    key: z.string().min(1).describe('One key of a secret that is JSON. Default: the whole text.').exactOptional(),
    kmsKey: z
      .string()
      .regex(/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/, { error: 'must be the ARN of a KMS key' })
      .describe('The KMS key that encrypts it, if it is one of your own: the role may then decrypt with it.')
      .exactOptional(),
  }),
  (entry) =>
    (entry.ssm === undefined) === (entry.secret === undefined)
      ? {
          message: 'must name one of ssm and secret',
          hint: 'Write ssm:/shop/key, or { secret: shop/stripe, key: apiKey }.',
        }
      : undefined,
);

const secret = z.union([
  rule(z.string(), (text) =>
    /^(?:ssm|secret):.+$/.test(text)
      ? undefined
      : {
          code: 'INVALID_SECRET',
          message: 'must say where the secret stands; the value itself does not belong here',
          hint: 'Write ssm:/shop/prod/key (Parameter Store) or secret:shop/stripe#apiKey (Secrets Manager).',
        },
  ),
  secretMap,
]);

const arnOf = (pattern: RegExp, what: string) =>
  rule(z.string(), (arn) =>
    pattern.test(arn) ? undefined : { code: 'INVALID_ARN', message: `must be the ARN of ${what}` },
  );

const statement = z.strictObject({
  effect: z.enum(['Allow', 'Deny']).describe('Default: Allow.').exactOptional(),
  actions: z
    .array(z.string().regex(/^(?:[\w-]+:[\w*]+|\*)$/, { error: 'must be an IAM action: s3:GetObject' }))
    .min(1)
    .describe('IAM actions: `s3:GetObject`.'),
  resources: z.array(z.string().min(1)).min(1).describe('ARNs, or `"*"`.'),
  conditions: z
    .record(z.string(), z.record(z.string(), z.union([z.string(), z.array(z.string())])))
    .describe('Operator → key → value.')
    .exactOptional(),
});

const packages = (text: string) => z.array(z.string().min(1)).min(1).describe(text).exactOptional();

const buildSettings = z
  .strictObject({
    external: packages(
      'Packages that stay whole: copied with their dependencies into `node_modules` of the zip; `@aws-sdk/*` and `@smithy/*` stay out, the runtime has them.',
    ),
    native: packages(
      'The same for packages with native code, which must be installed for linux and the architecture of the function.',
    ),
    assets: z
      .array(rule(z.string(), judgePathInProject))
      .min(1)
      .describe('Files beside the code, as globs: `src/templates/**`. They keep their paths.')
      .exactOptional(),
    minify: yesOrNo('Default: true.'),
    sourceMaps: yesOrNo('Whether stack traces name your lines. Default: false.'),
  })
  .describe('How the code is bundled.');

const vpc = z
  .strictObject({
    subnets: z
      .array(subnet)
      .min(1)
      .max(LAMBDA_VPC.subnets, { error: `has more than ${LAMBDA_VPC.subnets} subnets, AWS's limit` })
      .describe('The subnets that it gets addresses in.'),
    securityGroups: z
      .array(securityGroup)
      .min(1)
      .max(LAMBDA_VPC.securityGroups, { error: `has more than ${LAMBDA_VPC.securityGroups}, AWS's limit` })
      .describe('Its security groups.'),
  })
  .describe('The VPC that it reaches. It has no internet then but by a NAT gateway.');

/** The settings, each optional: shared by `defaults.function`, `functions` and the routes. */
export const functionSettings = {
  runtime: runtime.exactOptional(),
  architecture: architecture.exactOptional(),
  memory: wholeNumber(LAMBDA_MEMORY_MB, 'MB')
    .describe('Memory in MB; processor power grows with it. Default: 256.')
    .exactOptional(),
  timeout: wholeNumber(LAMBDA_TIMEOUT_SECONDS, 'seconds')
    .describe(
      'Seconds after which Lambda stops the function. Behind a route at most 29 (REST) or 30 (HTTP). Default: 10.',
    )
    .exactOptional(),
  environment: z
    .record(environmentName, z.string())
    .describe('Environment variables, as text. Added to those of defaults.function; 4 KB in all.')
    .exactOptional(),
  logRetention: logRetention.exactOptional(),
  description: z
    .string()
    .max(LAMBDA_DESCRIPTION_LENGTH, {
      error: `is longer than ${LAMBDA_DESCRIPTION_LENGTH} characters, which leaves Lambda no room for the version's hash`,
    })
    .describe('Shown in the AWS console (AWS: Description).')
    .exactOptional(),
  secrets: z
    .record(environmentName, secret)
    .describe(
      'Variable → where its secret stands: `ssm:/name`, `secret:name#key`, or a map. Fetched when the function starts; never in the zip, the ledger or a log.',
    )
    .exactOptional(),
  ephemeralStorage: wholeNumber(LAMBDA_STORAGE_MB, 'MB').describe('MB of /tmp. Default: 512.').exactOptional(),
  reservedConcurrency: wholeNumber(LAMBDA_CONCURRENCY, 'executions')
    .describe("Executions at once that are kept for it and never exceeded; 0 stops it. Default: the account's pool.")
    .exactOptional(),
  vpc: vpc.exactOptional(),
  role: arnOf(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, 'a role')
    .describe('A role that exists, used as it is. Default: a role of least privilege is made.')
    .exactOptional(),
  permissionsBoundary: arnOf(/^arn:aws[\w-]*:iam::(?:\d{12}|aws):policy\/.+$/, 'a policy')
    .describe('The policy that bounds the role that is made.')
    .exactOptional(),
  statements: z
    .array(statement)
    .min(1)
    .describe('Statements added to its role: `{ actions: [s3:GetObject], resources: [arn] }`.')
    .exactOptional(),
  tracing: yesOrNo('X-Ray traces of it (AWS: tracing mode Active). Default: false.'),
  build: buildSettings.exactOptional(),
};

/** `ssm:/name`, `secret:name#key`, or the map that says the same. */
export function parseSecret(written: z.infer<typeof secret>): SecretReference {
  if (typeof written === 'string') {
    if (written.startsWith('ssm:')) return { store: 'ssm', name: written.slice(4) };
    const [name = '', key] = written.slice('secret:'.length).split('#');
    return { store: 'secretsmanager', name, ...(key !== undefined && { key }) };
  }
  const { ssm, secret: name, key, kmsKey } = written;
  return {
    store: ssm === undefined ? 'secretsmanager' : 'ssm',
    name: ssm ?? name ?? '',
    ...(key !== undefined && { key }),
    ...(kmsKey !== undefined && { kmsKey }),
  };
}

/** Names of the settings that a function can carry, in the order of the documentation. */
export const FUNCTION_SETTINGS = Object.keys(functionSettings) as readonly (keyof typeof functionSettings)[];

function judgeRuntime(value: string): Fault | undefined {
  if (RUNTIMES.some((known) => known === value)) return undefined;
  const ended = DEPRECATED_RUNTIMES[value];
  if (ended !== undefined) {
    const message = `is a runtime that AWS deprecated in ${ended}`;
    return { code: 'DEPRECATED_RUNTIME', message, hint: `Use ${RUNTIMES[0]}.` };
  }
  const near = nearestName(value, RUNTIMES);
  const message = value.startsWith('nodejs')
    ? 'is no runtime that Lambda offers'
    : 'is no Node runtime: apigen bundles TypeScript and JavaScript';
  return {
    code: 'UNKNOWN_RUNTIME',
    message,
    hint: near ? `Did you mean ${near}?` : `Use one of ${RUNTIMES.join(', ')}.`,
  };
}

function judgeEnvironmentName(name: string): Fault | undefined {
  const code = 'INVALID_ENVIRONMENT_NAME';
  if (RESERVED_ENVIRONMENT.includes(name)) {
    return { code, message: 'is set by Lambda itself and cannot be changed', hint: 'Choose another name.' };
  }
  if (name.startsWith('APIGEN_')) {
    return { code, message: 'begins with APIGEN_, which apigen keeps for itself', hint: 'Choose another name.' };
  }
  if (!/^[A-Za-z][A-Za-z0-9_]+$/.test(name)) {
    const message = 'must begin with a letter and hold at least two letters, digits and underscores';
    return { code, message, hint: 'Choose a name like TABLE_SUFFIX.' };
  }
  return undefined;
}

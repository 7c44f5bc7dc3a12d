// The settings of a Lambda function, the same wherever they stand: defaults, functions, routes.

import { z } from 'zod';
import {
  DEPRECATED_RUNTIMES,
  LAMBDA_MEMORY_MB,
  LAMBDA_TIMEOUT_SECONDS,
  LOG_RETENTION_DAYS,
  RESERVED_ENVIRONMENT,
  RUNTIMES,
} from '../limits.ts';
import { nearestName } from '../nearest-name.ts';
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
};

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

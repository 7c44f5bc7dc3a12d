// `stages:`: what differs between isolated copies of the project. A stage's overlay is checked as part of the
// project that it makes, so here only its own two settings have a schema.

import * as z from 'zod';
import { NAME_LENGTHS } from '../limits.ts';
import { type Fault, judgeName, LOWER_CASE_NAME, type NameRule, rule } from './rule.ts';

/** What a stage may be called; the name is part of the names of its resources. */
const STAGE_NAME: NameRule = { ...LOWER_CASE_NAME, length: NAME_LENGTHS.stage };

const stageName = rule(z.string(), judgeStageName).meta({
  pattern: STAGE_NAME.pattern.source,
  maxLength: STAGE_NAME.length,
});

const account = rule(z.string(), (id) =>
  /^\d{12}$/.test(id)
    ? undefined
    : { code: 'INVALID_ACCOUNT', message: 'must be the 12 digits of an AWS account, in quotes' },
).meta({
  description: 'The AWS account that this stage belongs to, in quotes. Checked before anything else is called.',
  pattern: '^\\d{12}$',
});

/** A stage's own settings, which are no overlay. */
export const stageSettings = {
  protect: z
    .boolean({ error: 'must be true or false' })
    .describe('Its tables get deletion protection, and destroying them must be asked for twice. Default: false.')
    .exactOptional(),
  account: account.exactOptional(),
};

/** `stages:` by name; an empty one is fine. */
export const stages = z
  .record(stageName, z.looseObject(stageSettings).nullable())
  .describe(
    'Isolated copies of the project, chosen by `--stage` (default `dev`). A stage may override every key but name and stages: maps merge, lists replace, null removes.',
  );

/** Why a stage cannot be called so, or `undefined`. */
export function judgeStageName(name: string): Fault | undefined {
  const fault = judgeName(name, STAGE_NAME);
  return fault === undefined ? undefined : { ...fault, code: 'INVALID_STAGE_NAME' };
}

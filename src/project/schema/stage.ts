// `stages:`: what differs between isolated copies of the project. A stage's overlay is checked as part of the
// project that it makes, so here only its own two settings have a schema.

import { z } from 'zod';
import { NAME_LENGTHS } from '../limits.ts';
import { type Fault, rule } from './rule.ts';

const stageName = rule(z.string(), judgeStageName).meta({
  pattern: '^[a-z](?:[a-z0-9-]*[a-z0-9])?$',
  maxLength: NAME_LENGTHS.stage,
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
  const code = 'INVALID_STAGE_NAME';
  if (name.length > NAME_LENGTHS.stage) {
    return { code, message: `is longer than ${NAME_LENGTHS.stage} characters`, hint: 'Choose a shorter name.' };
  }
  if (/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(name)) return undefined;
  const mended = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return {
    code,
    message: 'must be lower-case letters, digits and -, beginning with a letter: it is part of resource names',
    hint: mended === '' ? 'Choose a name like dev, prod or pr-12.' : `Use ${mended}`,
  };
}

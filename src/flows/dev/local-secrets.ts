// Secrets under dev: from the project's .env or the environment of the process, never from AWS. What is missing is
// said aloud, and the function runs without it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { MISSING_SECRETS_VARIABLE } from '../../build/secrets-prelude.ts';
import type { FunctionDeclaration } from '../../project/project.ts';

/** @param env of this process, which comes before the file */
export function localSecrets(
  root: string,
  { secrets = {} }: FunctionDeclaration,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  const variables = Object.keys(secrets);
  if (variables.length === 0) return {};
  const file = join(root, '.env');
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const found = variables.flatMap((variable) => {
    const value = env[variable] ?? written[variable];
    return value === undefined ? [] : [[variable, value] as const];
  });
  const missing = variables.filter((variable) => !found.some(([name]) => name === variable));
  return {
    ...Object.fromEntries(found),
    ...(missing.length > 0 && { [MISSING_SECRETS_VARIABLE]: missing.join(', ') }),
  };
}

// Secrets under dev: from the environment of the process or the project's .env, never from AWS. As on AWS, a function
// that lacks one does not start; values go to that function alone and are never shown.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Problem } from '../../errors.ts';
import type { FunctionDeclaration, Project, SecretReference } from '../../project/project.ts';

export interface LocalSecrets {
  /** By variable. */
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/** `.env` beside apigen.yml. */
export const secretsFile = ({ file }: Pick<Project, 'file'>): string => join(dirname(file), '.env');

/** @param env of this process, which comes before the file */
export function localSecrets(
  project: Pick<Project, 'file'>,
  { name, secrets = {} }: FunctionDeclaration,
  env: NodeJS.ProcessEnv,
): LocalSecrets {
  const wanted = Object.entries(secrets);
  if (wanted.length === 0) return { values: {}, problems: [] };
  const { written, problems } = read(secretsFile(project));
  const values: Record<string, string> = {};
  const missing: Problem[] = [];
  for (const [variable, reference] of wanted) {
    // An empty text is a line that waits for its value: neither store of AWS holds one.
    const value = env[variable] || written[variable];
    if (value) values[variable] = value;
    else missing.push(missingSecret(name, variable, reference));
  }
  // A file that could not be read explains what is missing; without need it is nobody's problem.
  return { values, problems: missing.length > 0 ? [...problems, ...missing] : [] };
}

function missingSecret(name: string, variable: string, { store, name: id, key }: SecretReference): Problem {
  const reference = `${store === 'ssm' ? 'ssm' : 'secret'}:${id}${key === undefined ? '' : `#${key}`}`;
  return {
    code: 'SECRET_MISSING',
    message: `${name} needs the secret ${variable} (${reference} when deployed), which has no value on this machine`,
    hint: `write ${variable}=… into .env beside apigen.yml, or set ${variable} where apigen dev is started`,
  };
}

function read(file: string): { written: Readonly<Record<string, string | undefined>>; problems: readonly Problem[] } {
  try {
    return { written: parseEnv(readFileSync(file, 'utf8')), problems: [] };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { written: {}, problems: [] };
    return { written: {}, problems: [{ code: 'SECRETS_UNREADABLE', message: `${file} cannot be read: ${message}` }] };
  }
}

// Where apigen.yml is.

import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ApigenError } from '../errors.ts';

export const PROJECT_FILE = 'apigen.yml';

/**
 * The apigen.yml of `cwd` or of the nearest folder above it, absolute.
 *
 * @throws ApigenError `NO_PROJECT`
 */
export async function findProjectFile(cwd: string): Promise<string> {
  const start = resolve(cwd);
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, PROJECT_FILE);
    if (await isFile(file)) return file;
    if (await isFile(join(folder, 'apigen.yaml'))) throw misnamed(folder);
    if (folder === dirname(folder)) break;
  }
  throw new ApigenError({
    code: 'NO_PROJECT',
    summary: `No ${PROJECT_FILE} in ${start} or any folder above it`,
    hint: 'apigen init my-api    (or run the command in the folder of a project)',
  });
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

function misnamed(folder: string): ApigenError {
  return new ApigenError({
    code: 'NO_PROJECT',
    summary: `${folder} has an apigen.yaml; the project file is called ${PROJECT_FILE}`,
    hint: `mv apigen.yaml ${PROJECT_FILE}`,
  });
}

// Replaces a file in one step: a reader sees the old text or the new one, and a crash leaves one of them whole.

import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ApigenError } from '../errors.ts';

/**
 * Writes `text` in place of `before`. A link is followed, so that the file it names changes and the link stays.
 *
 * @throws ApigenError `FILE_CHANGED` when the file no longer holds `before`
 */
export async function writeAtomically(path: string, before: string, text: string): Promise<void> {
  const file = await realpath(path);
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    const { mode } = await stat(file);
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if ((await readFile(file)).compare(Buffer.from(before)) !== 0) throw changed(path);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function changed(path: string): ApigenError {
  return new ApigenError({
    code: 'FILE_CHANGED',
    summary: `${basename(path)} was changed by someone else in the meantime`,
    detail: 'Nothing was written.',
    hint: 'Run the command again.',
  });
}

// The built program, built again when a source is newer than it.

import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withFileLock } from '../../src/flows/local/file-lock.ts';

/** The root of this checkout. */
export const checkout = fileURLToPath(new URL('../../', import.meta.url));

/** @returns the path of `bin/apigen.js`. */
export async function builtProgram(): Promise<string> {
  await withFileLock(
    join(checkout, '.cache', 'build.lock'),
    () => {},
    async () => {
      if ((await newestSource()) > (await modified(join(checkout, 'dist', 'main.js')))) {
        await promisify(execFile)(process.execPath, ['scripts/build.js'], { cwd: checkout });
      }
    },
  );
  return join(checkout, 'bin', 'apigen.js');
}

async function newestSource(): Promise<number> {
  const entries = await readdir(join(checkout, 'src'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Math.max(...(await Promise.all([...files, join(checkout, 'package.json')].map(modified))));
}

async function modified(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

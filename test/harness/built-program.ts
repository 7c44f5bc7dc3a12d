// The built program, built again when a source is newer than it.

import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withFileLock } from '../../src/flows/local/file-lock.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** @returns the path of `bin/apigen.js`. */
export async function builtProgram(): Promise<string> {
  await withFileLock(
    join(root, '.cache', 'build.lock'),
    () => {},
    async () => {
      if ((await newestSource()) > (await modified(join(root, 'dist', 'main.js')))) {
        await promisify(execFile)(process.execPath, ['scripts/build.js'], { cwd: root });
      }
    },
  );
  return join(root, 'bin', 'apigen.js');
}

async function newestSource(): Promise<number> {
  const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Math.max(...(await Promise.all([...files, join(root, 'package.json')].map(modified))));
}

async function modified(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

// Where the bundles of a session lie, and what sessions left there that were killed.

import { mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder so young may be of a process that this machine does not show: a container that shares it. */
const LEFT_AFTER_MS = 60 * 60 * 1_000;

/**
 * Where bundles lie: apart, or in the project while a debugger looks at them, since editors follow source maps only in
 * the folder that is open. There they are CommonJS whatever the project's package.json says.
 */
export async function bundleFolder(root: string, debugged: boolean): Promise<string> {
  if (!debugged) {
    const parent = await realpath(tmpdir());
    void removeLeftovers(parent, /^apigen-dev-(\d+)-/);
    return mkdtemp(join(parent, `apigen-dev-${process.pid}-`));
  }
  const parent = join(await realpath(root), '.apigen', 'inspect');
  const folder = join(parent, String(process.pid));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  void removeLeftovers(parent, /^(\d+)$/);
  return folder;
}

/**
 * Removes the folders of processes that are gone. Never rejects: what stays is taken by the next start.
 * @param named a folder's name, with the process's id
 */
export async function removeLeftovers(parent: string, named: RegExp): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    const pid = Number(named.exec(name)?.[1]);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const folder = join(parent, name);
    const age = await stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LEFT_AFTER_MS) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

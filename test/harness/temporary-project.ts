// A project in a folder of its own that ends with the test: files by path, and this checkout's packages.

import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface TemporaryProject {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  remove(): Promise<void>;
}

const packages = join(import.meta.dirname, '../../node_modules');

export async function temporaryProject(files: Readonly<Record<string, string>>): Promise<TemporaryProject> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'apigen-project-')));
  const write = async (changed: Readonly<Record<string, string>>): Promise<void> => {
    for (const [path, text] of Object.entries(changed)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  };
  await write(files);
  await symlink(packages, join(root, 'node_modules'));
  return { root, write, remove: () => rm(root, { recursive: true, force: true }) };
}

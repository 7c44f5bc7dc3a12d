// Writes new files into a project: never over an existing one, never through a link that leads out of it, and all of
// them or none.

import { lstat, mkdir, open, realpath, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ApigenError } from '../../errors.ts';

export interface NewFile {
  /** Relative to the root, forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Takes back what was written. */
export type Undo = () => Promise<void>;

/**
 * Creates the files and the folders they need. When one fails, those before it are removed again.
 *
 * @param root an existing folder, absolute
 * @throws ApigenError `FILE_EXISTS`, `LEAVES_PROJECT`
 */
export async function createFiles(root: string, files: readonly NewFile[]): Promise<Undo> {
  const created: { readonly path: string; readonly folder: boolean }[] = [];
  const undo: Undo = async () => {
    for (const { path, folder } of created.splice(0).reverse()) {
      // A folder that got other files in the meantime stays.
      if (folder) await rmdir(path).catch(() => undefined);
      else await rm(path, { force: true });
    }
  };
  let current = root;
  try {
    for (const { path, text } of files) {
      current = path;
      const target = resolve(root, path);
      for (const folder of await missingFolders(root, target)) {
        await mkdir(folder);
        created.push({ path: folder, folder: true });
      }
      // wx refuses whatever stands there, a dangling link included. On a full disk the file is there, without its text.
      const handle = await open(target, 'wx');
      created.push({ path: target, folder: false });
      try {
        await handle.writeFile(text);
      } finally {
        await handle.close();
      }
    }
  } catch (error) {
    await undo();
    throw codeOf(error) === 'EEXIST' ? fileExists(current) : error;
  }
  return undo;
}

/** Whether anything stands at a path, a link that leads nowhere included. */
export async function isThere(path: string): Promise<boolean> {
  return (await lstatOrNothing(path)) !== undefined;
}

/** The folders between root and target that do not exist yet, outermost first. */
async function missingFolders(root: string, target: string): Promise<readonly string[]> {
  const steps = relative(root, dirname(target)).split(sep).filter(Boolean);
  if (steps.includes('..')) throw leaves(target);
  const realRoot = await realpath(root);
  const missing: string[] = [];
  let folder = root;
  for (const step of steps) {
    folder = join(folder, step);
    if (missing.length > 0) {
      missing.push(folder);
      continue;
    }
    const found = await lstatOrNothing(folder);
    if (found === undefined) missing.push(folder);
    else await requireInside(folder, realRoot);
  }
  return missing;
}

async function requireInside(folder: string, realRoot: string): Promise<void> {
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || (real !== realRoot && !real.startsWith(realRoot + sep))) throw leaves(folder);
  const found = await lstatOrNothing(real);
  if (found?.isDirectory() === true) return;
  throw new ApigenError({ code: 'FILE_EXISTS', summary: `${folder} is a file where a folder is needed` });
}

async function lstatOrNothing(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function fileExists(path: string): ApigenError {
  return new ApigenError({
    code: 'FILE_EXISTS',
    summary: `${path} is there already`,
    detail: 'Existing files are never overwritten; nothing was written.',
    hint: 'Move it away, or choose another name.',
  });
}

function leaves(path: string): ApigenError {
  return new ApigenError({
    code: 'LEAVES_PROJECT',
    summary: `${path} leads out of the project`,
    detail: 'Nothing was written.',
    hint: 'Remove the link, or work in the folder it leads to.',
  });
}

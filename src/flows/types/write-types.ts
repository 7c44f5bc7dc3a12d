// Generated files against what is on disk: what is new, changed or left over, and the step that makes them equal. Only
// files that begin with apigen's mark are ever overwritten or removed.

import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { ApigenError } from '../../errors.ts';
import { writeAtomically } from '../../project/write-atomically.ts';
import { createFiles, type NewFile } from '../scaffold/create-files.ts';
import { GENERATED_FOLDER, GENERATED_MARK } from './generated-folder.ts';

export type FileState = 'current' | 'new' | 'changed' | 'left-over';

export interface ComparedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly state: FileState;
}

interface Found extends ComparedFile {
  readonly text: string;
  /** What stands there now. */
  readonly before?: string;
}

/** Compares, and writes nothing. @throws ApigenError `NOT_GENERATED`, `LEAVES_PROJECT` */
export async function compareTypes(root: string, files: readonly NewFile[]): Promise<readonly ComparedFile[]> {
  return (await find(root, files)).map(({ path, state }) => ({ path, state }));
}

/** Makes the files what they should be; those that are right stay untouched. @throws as `compareTypes` */
export async function writeTypes(root: string, files: readonly NewFile[]): Promise<readonly ComparedFile[]> {
  const found = await find(root, files);
  await createFiles(
    root,
    found.filter(({ state }) => state === 'new'),
  );
  for (const { path, text, before, state } of found) {
    if (state === 'changed' && before !== undefined) await writeAtomically(join(root, path), before, text);
    if (state === 'left-over') await rm(join(root, path));
  }
  return found.map(({ path, state }) => ({ path, state }));
}

/** Whether a project has generated types: commands that change it keep them fresh then. */
export async function hasTypes(root: string): Promise<boolean> {
  return (await generatedIn(root)).length > 0;
}

async function find(root: string, files: readonly NewFile[]): Promise<readonly Found[]> {
  const compared = await Promise.all(files.map((file) => compare(root, file)));
  const names = files.map(({ path }) => path);
  const leftOver = (await generatedIn(root)).filter((path) => !names.includes(path));
  return [...compared, ...leftOver.map((path): Found => ({ path, state: 'left-over', text: '' }))];
}

async function compare(root: string, { path, text }: NewFile): Promise<Found> {
  const before = await readOrNothing(join(root, path));
  if (before === undefined) return { path, text, state: 'new' };
  if (!(await realpath(join(root, path))).startsWith((await realpath(root)) + sep)) {
    const summary = `${path} is a link that leaves the project`;
    throw new ApigenError({ code: 'LEAVES_PROJECT', summary, hint: 'Remove the link.' });
  }
  if (!before.startsWith(GENERATED_MARK)) {
    throw new ApigenError({
      code: 'NOT_GENERATED',
      summary: `${path} is yours: apigen types did not write it`,
      hint: `Move it to another folder; ${GENERATED_FOLDER} is for generated files.`,
    });
  }
  // Git on Windows may have changed the ends of lines.
  return { path, text, before, state: before.replaceAll('\r\n', '\n') === text ? 'current' : 'changed' };
}

/** Paths of files in the folder that begin with the mark. */
async function generatedIn(root: string): Promise<readonly string[]> {
  const folder = join(root, GENERATED_FOLDER);
  const names = await readdir(folder).catch(() => []);
  const paths = await Promise.all(
    names.sort().map(async (name) => {
      const text = await readOrNothing(join(folder, name)).catch(() => undefined);
      return text?.startsWith(GENERATED_MARK) === true ? [`${GENERATED_FOLDER}/${name}`] : [];
    }),
  );
  return paths.flat();
}

/** A folder is no text of apigen's. */
async function readOrNothing(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    if (code === 'EISDIR') return '';
    if (code !== 'ENOTDIR') throw error;
    const summary = `A file stands where the folder ${GENERATED_FOLDER} should be`;
    throw new ApigenError({ code: 'NOT_GENERATED', summary, hint: 'Move it away.', cause: error });
  }
}

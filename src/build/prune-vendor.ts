// Removes chunks that no function has needed for a week, and what belongs to none.

import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChunkRecord } from './vendor-chunk.ts';

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
/** What another process may be writing, or about to load. */
const YOUNG_MS = 10 * 60 * 1000;

export async function pruneVendor(folder: string): Promise<void> {
  const names = await readdir(folder);
  const wanted = new Set<string>();
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    if ((await ageMs(join(folder, name))) > KEPT_MS) continue;
    wanted.add(name);
    const { file } = JSON.parse(await readFile(join(folder, name), 'utf8')) as ChunkRecord;
    wanted.add(file);
  }
  for (const name of names) {
    const chunk = /^.*\.cjs/.exec(name)?.[0];
    if (wanted.has(name) || (chunk !== undefined && wanted.has(chunk))) continue;
    const file = join(folder, name);
    if ((await ageMs(file)) > YOUNG_MS) await rm(file, { force: true });
  }
}

/** 0 for what is gone. */
async function ageMs(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}

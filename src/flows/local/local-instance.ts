// The one emulator of a project on this machine: where its files are, and whether it runs. What is recorded is never
// believed: the pid must still be the process that was started.

import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

export interface LocalInstance extends ProcessIdentity {
  readonly port: number;
  /** `http://127.0.0.1:4566` */
  readonly endpoint: string;
  /** Its own words, for when something is wrong. */
  readonly log: string;
  /** What it keeps from one start to the next. */
  readonly stateFolder: string;
}

/** `.apigen/local` beside the nearest apigen.yml above `cwd`, or in `cwd` itself where there is no project. */
export function localFolder(cwd: string): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'apigen.yml'))) return join(folder, '.apigen', 'local');
    if (dirname(folder) === folder) return join(resolve(cwd), '.apigen', 'local');
  }
}

/** The instance that runs; the record of one that has ended is removed. */
export async function readInstance(folder: string): Promise<LocalInstance | undefined> {
  const recorded = await readRecord(folder);
  if (recorded === undefined) return undefined;
  if (isAlive(recorded)) return recorded;
  await forgetInstance(folder);
  return undefined;
}

/** Whole or not at all: a torn record would lose a running process. */
export async function recordInstance(folder: string, instance: LocalInstance): Promise<void> {
  const file = recordFile(folder);
  await writeFile(`${file}.new`, `${JSON.stringify(instance, null, 2)}\n`);
  await rename(`${file}.new`, file);
}

export async function forgetInstance(folder: string): Promise<void> {
  await rm(recordFile(folder), { force: true });
}

function recordFile(folder: string): string {
  return join(folder, 'instance.json');
}

async function readRecord(folder: string): Promise<LocalInstance | undefined> {
  try {
    return JSON.parse(await readFile(recordFile(folder), 'utf8'));
  } catch {
    return undefined;
  }
}

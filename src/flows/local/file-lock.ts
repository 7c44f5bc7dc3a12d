// One holder at a time over several processes on this machine, by a file that only one can create. The lock of a
// process that has ended is taken over.

import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess, isAlive, type ProcessIdentity } from './process-identity.ts';

const POLL_MS = 200;
const NAMELESS_MS = 5_000;

/** @param onWait called once when another process holds the lock. */
export async function withFileLock<T>(file: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const own = JSON.stringify(identifyProcess(process.pid));
  for (let waited = false; !(await create(file, own)); waited = true) {
    const holder = await readHolder(file);
    const isAbandoned = holder === undefined ? await isOld(file) : !isAlive(holder);
    if (isAbandoned) await rm(file, { force: true });
    else {
      if (!waited) onWait();
      await sleep(POLL_MS);
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

// A holder killed between creating the file and writing its name into it.
async function isOld(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > NAMELESS_MS;
}

// Nothing when the holder is just writing its name or has just let go: look again.
async function readHolder(file: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

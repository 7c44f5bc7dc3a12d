// What a release says of itself: when, who, and the git commit it was made from.

import { execFile } from 'node:child_process';
import { hostname, userInfo } from 'node:os';
import { promisify } from 'node:util';
import type { Release } from '../../engine/ledger.ts';

const run = promisify(execFile);

export async function releaseFacts(root: string): Promise<Pick<Release, 'at' | 'by' | 'commit'>> {
  const commit = await gitCommit(root);
  return { at: new Date().toISOString(), by: `${userName()}@${hostname()}`, ...(commit && { commit }) };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user without a name.
    return 'unknown';
  }
}

/** `9f3c2d1` or `9f3c2d1+` with uncommitted changes; undefined outside git. */
async function gitCommit(root: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['-C', root, 'rev-parse', '--short', 'HEAD']);
    const { stdout: changes } = await run('git', ['-C', root, 'status', '--porcelain', '--', '.']);
    return stdout.trim() + (changes.trim() === '' ? '' : '+');
  } catch {
    return undefined;
  }
}

import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { removeLeftovers } from '../../../src/flows/dev/bundle-folder.ts';

/** More than Linux counts to. */
const NOBODY = 99_999_999;
let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'apigen-leftovers-'));
});
afterEach(() => rm(parent, { recursive: true }));

it('removes what killed sessions left, and nothing that is young, alive or of others', async () => {
  const twoHoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1_000);
  const old = [`apigen-dev-${NOBODY}-a`, `apigen-dev-${process.pid}-b`, `other-${NOBODY}-c`];
  for (const name of [...old, `apigen-dev-${NOBODY}-young`]) await mkdir(join(parent, name));
  for (const name of old) await utimes(join(parent, name), twoHoursAgo, twoHoursAgo);
  await removeLeftovers(parent, /^apigen-dev-(\d+)-/);
  expect((await readdir(parent)).sort()).toEqual(
    [`apigen-dev-${process.pid}-b`, `apigen-dev-${NOBODY}-young`, `other-${NOBODY}-c`].sort(),
  );
});

it('does not mind a folder that is not there', async () => {
  await expect(removeLeftovers(join(parent, 'nowhere'), /^(\d+)$/)).resolves.toBeUndefined();
});

// What a release says of the commit that it was made from.

import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { releaseFacts } from '../../../src/flows/converge/release-facts.ts';

describe('a release says of its commit', () => {
  let root: string;
  const git = (...args: readonly string[]): string => {
    const identity = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com'];
    const env = { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', [...identity, ...args], { cwd: root, env, encoding: 'utf8', stdio: 'pipe' }).trim();
  };
  const commit = async (text: string): Promise<string> => {
    await writeFile(join(root, 'apigen.yml'), text);
    git('add', '.');
    git('commit', '-qm', text);
    return git('rev-parse', '--short', 'HEAD');
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'apigen-commit-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('nothing outside git, and nothing before the first commit', async () => {
    expect(await releaseFacts(root)).not.toHaveProperty('commit');
    git('init', '-q');
    expect(await releaseFacts(root)).not.toHaveProperty('commit');
  });

  it('its short hash, with a + where the tree has changes, new files included', async () => {
    git('init', '-q');
    const hash = await commit('one');
    expect((await releaseFacts(root)).commit).toBe(hash);
    await writeFile(join(root, 'new.ts'), '');
    expect((await releaseFacts(root)).commit).toBe(`${hash}+`);
    await rm(join(root, 'new.ts'));
    await writeFile(join(root, 'apigen.yml'), 'changed');
    expect((await releaseFacts(root)).commit).toBe(`${hash}+`);
  });

  it('the commit that is checked out, on a detached HEAD too', async () => {
    git('init', '-q');
    const first = await commit('one');
    await commit('two');
    git('checkout', '-q', first);
    expect((await releaseFacts(root)).commit).toBe(first);
  });
});

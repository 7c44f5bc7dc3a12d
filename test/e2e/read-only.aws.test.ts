// A checkout that this user may only read, as in a container or on a build server: what needs no file works, what
// writes one says which and what to do.

import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startCli } from '../harness/started-cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { sampleProject } from './sample-projects.ts';

const endpoint = process.env['MINISTACK_ENDPOINT'] ?? '';
/** Modes do not bind root: for it the program runs as `nobody`. */
const uid = process.getuid?.() === 0 ? 65_534 : undefined;

describe('a project folder that may only be read', () => {
  const name = `read-only-${process.pid}`;
  let project: TemporaryProject;
  const start = (...args: readonly string[]) =>
    startCli(args, { cwd: project.root, endpoint, uid, env: { HOME: '/nonexistent', TMPDIR: tmpdir() } });
  const run = async (...args: readonly string[]) => (await start(...args)).ended;
  const entries = () => readdir(project.root, { recursive: true });

  const setModes = async (folderMode: number, fileMode: number): Promise<void> => {
    const all = await readdir(project.root, { recursive: true, withFileTypes: true });
    for (const entry of all.filter((one) => !one.parentPath.includes('node_modules') && !one.isSymbolicLink())) {
      await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? folderMode : fileMode);
    }
    await chmod(project.root, folderMode);
  };

  beforeAll(async () => {
    project = await temporaryProject(sampleProject({ name, type: 'http' }));
    await mkdir(join(project.root, '.apigen'));
    await setModes(0o555, 0o444);
  });
  afterAll(async () => {
    await setModes(0o755, 0o644);
    await project.remove();
  });

  it('is checked, planned, deployed, listed, returned to and destroyed, and nothing is written there', async () => {
    const before = await entries();
    for (const words of [['check'], ['plan'], ['deploy', '--yes'], ['releases'], ['rollback', '1', '--yes']]) {
      const { code, output } = await run(...words);
      expect([words, code, output]).toEqual([words, 0, expect.not.stringMatching(/EACCES|EROFS/)]);
    }
    expect(await run('destroy', '--confirm', `${name}/dev`)).toMatchObject({ code: 0 });
    expect(await entries()).toEqual(before);
  }, 120_000);

  it('refuses what would write into it: which file, why, and what to do', async () => {
    for (const words of [
      ['add-route', 'GET /more'],
      ['add-model', 'More'],
    ]) {
      const { code, output } = await run(...words);
      expect([code, output]).toEqual([1, expect.stringContaining('permission denied')]);
      expect(output.replaceAll(/\s+/g, ' ')).toContain('Try: make that folder writable for this user');
      expect(output).not.toMatch(/^\s+at /m);
    }
  });

  it('with an .apigen that may only be read, dev says what it cannot keep there', async () => {
    const { code, output } = await run('dev', '--port', '0');
    expect([code, output]).toEqual([1, expect.stringContaining('TOKEN_KEY_UNWRITABLE')]);
    expect(output).toContain('make the folder writable');
  });

  it('with local tables that may only be read, dev says so and does not offer to forget the items', async () => {
    const other = await temporaryProject(sampleProject({ name, type: 'http' }));
    try {
      const mine = await startCli(['dev', '--port', '0'], { cwd: other.root, endpoint });
      await saying(mine.output, /http:\/\/127/);
      // The tables open a moment later.
      while (!existsSync(join(other.root, '.apigen', 'data', 'tables'))) await sleep(50);
      mine.process.kill('SIGINT');
      await mine.ended;
      for (const entry of await readdir(join(other.root, '.apigen', 'data', 'tables'))) {
        await chmod(join(other.root, '.apigen', 'data', 'tables', entry), 0o444);
      }
      for (const folder of ['data', 'data/tables']) await chmod(join(other.root, '.apigen', folder), 0o555);
      await chmod(join(other.root, '.apigen', 'dev'), 0o777);
      for (const entry of await readdir(join(other.root, '.apigen', 'dev'))) {
        await chmod(join(other.root, '.apigen', 'dev', entry), 0o644);
      }
      await chmod(other.root, 0o755);
      const theirs = await startCli(['dev', '--port', '0'], { cwd: other.root, endpoint, uid });
      await saying(theirs.output, /Cannot open the local tables/);
      await saying(theirs.output, /make that folder writable/);
      expect(theirs.output()).not.toContain('--fresh');
      theirs.process.kill('SIGINT');
      await theirs.ended;
    } finally {
      for (const folder of ['data', 'data/tables']) await chmod(join(other.root, '.apigen', folder), 0o755);
      await other.remove();
    }
  }, 60_000);
});

async function saying(output: () => string, what: RegExp): Promise<void> {
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 100) {
    if (what.test(output())) return;
    await sleep(100);
  }
  throw new Error(`${what} was never said:\n${output()}`);
}

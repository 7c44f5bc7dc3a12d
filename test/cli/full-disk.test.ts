// Disks that take no more: a limit on the size of files stands for one, since it binds every user, root included.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { builtProgram } from '../harness/built-program.ts';

describe('a disk that takes no more', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apigen-full-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** @param before shell words that stand before the program, and after it */
  const shell = async (before: string, args: string, after = '') => {
    const program = await builtProgram();
    const script = `${before} "${process.execPath}" "${program}" ${args} ${after}`;
    return new Promise<{ code: number; output: string }>((resolve) => {
      execFile('bash', ['-c', script], { cwd: folder }, (error, stdout, stderr) => {
        resolve({ code: Number(error?.code ?? 0), output: stdout + stderr });
      });
    });
  };

  it('leaves nothing half written of a new project, and the same command works once there is room', async () => {
    const full = await shell('ulimit -f 1;', 'init shop --yes --region eu-west-1');
    expect(full).toMatchObject({ code: 1, output: expect.stringContaining('SYSTEM_ERROR') });
    expect(full.output).not.toMatch(/^\s+at /m);
    expect(await readdir(folder)).toEqual([]);
    expect(await shell('', 'init shop --yes --region eu-west-1')).toMatchObject({ code: 0 });
  });

  it('says that a result could not be written, instead of ending as if it were', async () => {
    const { code, output } = await shell('', 'completion bash', '> /dev/full');
    expect([code, output]).toEqual([1, expect.stringContaining('SYSTEM_ERROR')]);
    expect(output).not.toMatch(/^\s+at /m);
  });
});

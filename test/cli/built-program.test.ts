// The built program as a process: what only a real process shows.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { builtProgram } from '../harness/built-program.ts';
import { spawnCli } from '../harness/cli.ts';

describe('the built program', () => {
  it('answers as it does in process, exit code included', async () => {
    await expect(spawnCli(['--version'])).resolves.toMatchObject({ code: 0, stderr: '' });
    await expect(spawnCli(['nonsense'])).resolves.toEqual({
      code: 2,
      stdout: '',
      stderr: "✗ Unknown command 'nonsense'\n  Try: apigen --help\n  UNKNOWN_COMMAND\n",
    });
  });

  it('ends quietly when the reader of its output has gone', async () => {
    const child = spawn(process.execPath, [await builtProgram(), 'completion', 'bash'], { stdio: 'pipe' });
    child.stdout.destroy();
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    const [code, signal] = await once(child, 'close');
    expect({ code, signal, stderr: Buffer.concat(errors).toString() }).toEqual({ code: 0, signal: null, stderr: '' });
  });
});

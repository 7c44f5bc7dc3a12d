// The completion scripts, tried in the shells that are here: what Tab would offer.

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';

async function offers(line: string): Promise<string[]> {
  const { code, stdout: script, stderr } = await runCli(['completion', 'bash']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const words = line.split(' ');
  const harness = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_apigen; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', harness], { encoding: 'utf8' }).trim().split('\n');
}

describe('bash completion', () => {
  it('offers the commands', async () => {
    await expect(offers('apigen de')).resolves.toEqual(expect.arrayContaining(['deploy', 'destroy']));
  });

  it('offers the commands under a word, and those alone', async () => {
    await expect(offers('apigen local st')).resolves.toEqual(['start', 'stop', 'status']);
  });

  it('offers the options of the command that was typed, past other options', async () => {
    await expect(offers('apigen --json local start --p')).resolves.toEqual(['--port']);
  });

  it('offers files where an option wants a value of any kind', async () => {
    await expect(offers('apigen --cwd package.js')).resolves.toEqual(['package.json']);
  });
});

describe('completion', () => {
  it.each(['zsh', 'fish'])('prints a script for %s that names every command', async (shell) => {
    const { code, stdout } = await runCli(['completion', shell]);
    expect(code).toBe(0);
    for (const word of ['completion', 'local', 'start']) expect(stdout).toContain(word);
  });

  it('names the shells it knows when asked for another', async () => {
    const { code, stderr } = await runCli(['completion', 'tcsh']);
    expect(code).toBe(2);
    expect(stderr).toContain('apigen completion bash    (or zsh, fish)');
  });
});

// Making a private Python environment, with interpreters that lack one thing each: what is said, and what is left
// behind. The interpreters are shell scripts on a PATH of their own.

import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findMiniStack } from '../../../src/flows/local/find-ministack.ts';
import { findPython } from '../../../src/flows/local/find-python.ts';
import { ensurePythonEnvironment } from '../../../src/flows/local/python-environment.ts';

let folder = '';
let env: NodeJS.ProcessEnv = {};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apigen-python-'));
  await mkdir(join(folder, 'bin'));
  env = { PATH: join(folder, 'bin'), HOME: folder };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, script: string): Promise<string> {
  const file = join(folder, 'bin', name);
  await writeFile(file, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

/** Answers the question of {@link findPython} as that version would, then makes environments that install `pip`'s way. */
const python = (version: string, { hasVenv = true, venv = 'exit 0', pip = 'exit 0' } = {}): string => `
case "$1" in
  -c) echo "$0"; echo "${version.replace('.', ' ')}"; ${hasVenv ? 'exit 0' : 'echo "No module named venv" >&2; exit 1'} ;;
esac
case "$2" in
  venv) mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; ${venv} ;;
  pip) ${pip} ;;
esac`;

const say = (): void => {};
const install = (): Promise<string> =>
  ensurePythonEnvironment({ folder: join(folder, 'cache'), requirements: ['one==1'], env, say });

describe('an interpreter', () => {
  it('is the first that is new enough and complete', async () => {
    await program('python3', python('3.8'));
    await program('python3.13', python('3.13', { hasVenv: false }));
    const good = await program('python3.12', python('3.12'));
    await expect(findPython(env)).resolves.toBe(good);
  });

  it('that is missing, too old or without venv is said with what to install', async () => {
    await expect(findPython(env)).rejects.toMatchObject({
      code: 'PYTHON_MISSING',
      hint: expect.stringContaining('apt-get install python3 '),
    });
    await program('python3', python('3.8'));
    await expect(findPython(env)).rejects.toMatchObject({
      code: 'PYTHON_TOO_OLD',
      summary: expect.stringMatching(/is Python 3\.8; .* 3\.10/),
    });
    await program('python3.11', python('3.11', { hasVenv: false }));
    await expect(findPython(env)).rejects.toMatchObject({
      code: 'PYTHON_WITHOUT_VENV',
      hint: expect.stringContaining('python3.11-venv'),
    });
  });

  it('that only pretends to be one is passed over', async () => {
    await program('python3', 'echo "This is a shim"; exit 9');
    await expect(findPython(env)).rejects.toMatchObject({ code: 'PYTHON_MISSING' });
  });
});

describe('an environment', () => {
  it('is made once, aloud, and by one of several runs at once', async () => {
    await program('python3', python('3.11', { pip: `echo "$@" >> ${join(folder, 'installs')}` }));
    const said: string[] = [];
    const options = {
      folder: join(folder, 'cache'),
      requirements: ['one==1'],
      env,
      say: (text: string) => said.push(text),
    };
    const [first, second] = await Promise.all([ensurePythonEnvironment(options), ensurePythonEnvironment(options)]);
    expect(second).toBe(first);
    await expect(ensurePythonEnvironment(options)).resolves.toBe(first);
    const { readFile } = await import('node:fs/promises');
    const installs = (await readFile(join(folder, 'installs'), 'utf8')).trim().split('\n');
    expect(installs).toEqual([expect.stringMatching(/^-m pip install .* one==1$/)]);
    expect(said.filter((text) => text.startsWith('Installing one==1 with pip into'))).toHaveLength(1);
  });

  it('for other requirements is another one', async () => {
    await program('python3', python('3.11'));
    const one = await install();
    const other = await ensurePythonEnvironment({ folder: join(folder, 'cache'), requirements: ['one==2'], env, say });
    expect(other).not.toBe(one);
  });

  it("that pip cannot fill is said in pip's words and leaves nothing behind", async () => {
    await program(
      'python3',
      python('3.11', { pip: 'echo "ERROR: No matching distribution found for one==1" >&2; exit 1' }),
    );
    await expect(install()).rejects.toMatchObject({
      code: 'PIP_FAILED',
      summary: 'pip cannot install one==1',
      detail: 'ERROR: No matching distribution found for one==1',
    });
    await expect(readdir(join(folder, 'cache'))).resolves.toEqual([]);
  });

  it('that venv cannot make is said in its words', async () => {
    await program('python3', python('3.11', { venv: 'echo "ensurepip is not available" >&2; exit 1' }));
    await expect(install()).rejects.toMatchObject({ code: 'VENV_FAILED', detail: 'ensurepip is not available' });
  });

  it('that a killed run left half made is made anew', async () => {
    await program('python3', python('3.11', { pip: 'exit 1' }));
    await install().catch(() => undefined);
    await mkdir(join(folder, 'cache', 'venv-abc.123', 'bin'), { recursive: true });
    await program('python3', python('3.11'));
    await expect(install()).resolves.toMatch(/venv-[0-9a-f]{12}\/bin\/python$/);
  });

  it('is not finished by a run that is interrupted', async () => {
    await program('python3', python('3.11', { pip: 'sleep 20' }));
    const controller = new AbortController();
    const options = { folder: join(folder, 'cache'), requirements: ['one==1'], env, say, signal: controller.signal };
    const installing = ensurePythonEnvironment(options);
    setTimeout(() => controller.abort(), 300);
    await expect(installing).rejects.toMatchObject({ name: 'AbortError' });
    await expect(readdir(join(folder, 'cache'))).resolves.toEqual([]);
  });
});

describe('MiniStack', () => {
  const options = () => ({ env, signal: new AbortController().signal, mayInstall: () => Promise.resolve(true), say });

  it('on PATH is taken as it is', async () => {
    const file = await program('ministack', 'exit 0');
    await expect(findMiniStack(options())).resolves.toEqual([file]);
  });

  it('is otherwise run from a private environment in the cache of the person', async () => {
    await program('python3', python('3.11'));
    const [command = '', ...args] = await findMiniStack(options());
    expect(command.startsWith(join(folder, '.cache', 'apigen'))).toBe(true);
    expect(args).toEqual(['-m', 'ministack']);
  });

  it('is not installed against a no', async () => {
    await program('python3', python('3.11'));
    const refused = findMiniStack({ ...options(), mayInstall: () => Promise.resolve(false) });
    await expect(refused).rejects.toMatchObject({ code: 'MINISTACK_UNAVAILABLE', hint: 'apigen local start --yes' });
  });

  it('that cannot be had is said with every way out', async () => {
    await expect(findMiniStack(options())).rejects.toMatchObject({
      code: 'MINISTACK_UNAVAILABLE',
      detail: expect.stringMatching(/no Python.*Python 3\.10.*pipx install ministack.*AWS_ENDPOINT_URL/s),
      hint: expect.stringContaining('apt-get install python3'),
    });
  });
});

// A private Python environment with exactly the packages asked for, made once. It appears under its final name only
// when it is complete, so that a killed install is never mistaken for one; other runs wait for the one that installs.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ApigenError } from '../../errors.ts';
import { withFileLock } from './file-lock.ts';
import { findPython } from './find-python.ts';

export interface PythonEnvironmentOptions {
  /** Holds one environment for every set of requirements ever asked for. */
  readonly folder: string;
  /** As pip takes them: `ministack==1.5.33`. */
  readonly requirements: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Says aloud what takes a while. */
  say(text: string): void;
}

/** Where the environment for these requirements is or will be. */
export function environmentFolder({ folder, requirements }: PythonEnvironmentOptions): string {
  const key = createHash('sha256')
    .update([...requirements].sort().join('\n'))
    .digest('hex')
    .slice(0, 12);
  return join(folder, `venv-${key}`);
}

export function pythonOf(environment: string): string {
  return process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
}

/** Complete, and its base interpreter still there (the link to it would dangle otherwise). */
export function hasEnvironment(options: PythonEnvironmentOptions): boolean {
  return existsSync(pythonOf(environmentFolder(options)));
}

/**
 * Installs what is missing. Packages are run as `python -m`, because scripts carry the path they were installed to.
 *
 * @returns the environment's interpreter.
 * @throws ApigenError of {@link findPython}, or VENV_FAILED, PIP_FAILED.
 */
export async function ensurePythonEnvironment(options: PythonEnvironmentOptions): Promise<string> {
  const target = environmentFolder(options);
  if (hasEnvironment(options)) return pythonOf(target);
  const wait = (): void => options.say(`Another run is installing ${options.requirements.join(', ')}: waiting for it`);
  return withFileLock(`${target}.lock`, wait, async () => {
    if (!hasEnvironment(options)) await install(options, target);
    return pythonOf(target);
  });
}

async function install(options: PythonEnvironmentOptions, target: string): Promise<void> {
  const python = await findPython(options.env);
  const { folder, requirements, say } = options;
  say(`Installing ${requirements.join(', ')} with pip into ${target} (once, a minute or two)`);
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder, target);
  const staging = `${target}.${process.pid}`;
  try {
    await run(python, ['-m', 'venv', staging], options, venvFailed);
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', ...requirements];
    await run(pythonOf(staging), pip, options, (output) => pipFailed(requirements, output));
    await rename(staging, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

// Under the lock nobody else builds this one: what is there is of a killed run, or has lost its interpreter.
async function removeLeftovers(folder: string, target: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (path === target || (path.startsWith(`${target}.`) && !path.endsWith('.lock'))) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

function run(
  command: string,
  args: readonly string[],
  { env, signal }: PythonEnvironmentOptions,
  explain: (output: string) => ApigenError,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], ...(signal ? { signal } : {}) });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => {
      // Interrupted: what it started in turn may hold the pipes open for a while yet.
      child.stdout.destroy();
      child.stderr.destroy();
      reject(error);
    });
    child.once('close', (code) => (code === 0 ? resolve() : reject(explain(output.trim()))));
  });
}

function venvFailed(output: string): ApigenError {
  return new ApigenError({
    code: 'VENV_FAILED',
    summary: 'Cannot make a private Python environment',
    detail: lastLines(output),
    hint: 'apt-get install python3-venv',
  });
}

function pipFailed(requirements: readonly string[], output: string): ApigenError {
  return new ApigenError({
    code: 'PIP_FAILED',
    summary: `pip cannot install ${requirements.join(', ')}`,
    detail: lastLines(output),
    hint: "check the network and pip's settings (PIP_INDEX_URL, HTTPS_PROXY), then run the same command again",
  });
}

function lastLines(output: string): string {
  return output.split('\n').slice(-6).join('\n');
}

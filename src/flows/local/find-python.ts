// Finds a Python that can hold the emulators: new enough, and with its venv module.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ApigenError } from '../../errors.ts';

const run = promisify(execFile);

/** MiniStack's `requires-python`: https://pypi.org/project/ministack/ */
const OLDEST = [3, 10] as const;
const CANDIDATES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const QUESTION = 'import sys; print(sys.executable); print(*sys.version_info[:2]); import venv, ensurepip';

/**
 * @returns the path of the interpreter.
 * @throws ApigenError PYTHON_MISSING, PYTHON_TOO_OLD or PYTHON_WITHOUT_VENV.
 */
export async function findPython(env: NodeJS.ProcessEnv): Promise<string> {
  let best: ApigenError | undefined;
  for (const command of CANDIDATES) {
    const answer = await ask(command, env);
    if (answer === undefined) continue;
    const { path, version, complete } = answer;
    if (version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1])) {
      best ??= tooOld(path, version.join('.'));
    } else if (complete) return path;
    else best = withoutVenv(path, version.join('.'));
  }
  throw best ?? missing();
}

interface Answer {
  readonly path: string;
  readonly version: readonly [number, number];
  /** It has the modules venv and ensurepip, which Debian packages apart. */
  readonly complete: boolean;
}

async function ask(command: string, env: NodeJS.ProcessEnv): Promise<Answer | undefined> {
  const { stdout, complete } = await run(command, ['-c', QUESTION], { env, timeout: 20_000 }).then(
    (result) => ({ stdout: result.stdout, complete: true }),
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '', complete: false }),
  );
  const [path = '', numbers = ''] = stdout.split('\n');
  const [major, minor] = numbers.split(' ').map(Number);
  if (path === '' || major === undefined || minor === undefined) return undefined;
  return { path, version: [major, minor], complete };
}

function missing(): ApigenError {
  return new ApigenError({
    code: 'PYTHON_MISSING',
    summary: 'There is no Python to install MiniStack with',
    detail: `Looked for ${CANDIDATES.join(', ')} on PATH; Python ${OLDEST.join('.')} or later is needed.`,
    hint: 'apt-get install python3 python3-venv    (macOS: brew install python3)',
  });
}

function tooOld(path: string, version: string): ApigenError {
  return new ApigenError({
    code: 'PYTHON_TOO_OLD',
    summary: `${path} is Python ${version}; MiniStack needs ${OLDEST.join('.')} or later`,
    hint: 'apt-get install python3.12 python3.12-venv    (macOS: brew install python3)',
  });
}

function withoutVenv(path: string, version: string): ApigenError {
  return new ApigenError({
    code: 'PYTHON_WITHOUT_VENV',
    summary: `${path} (Python ${version}) has no venv module`,
    detail: "Debian and Ubuntu package it apart from Python's own package.",
    hint: `apt-get install python3-venv    (or python${version}-venv)`,
  });
}

// Finds a way to run MiniStack: the one on PATH, else one in a private Python environment under the user's cache,
// which is made with the person's consent, or said aloud where nobody is there to ask.

import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ApigenError } from '../../errors.ts';
import { MINISTACK_REQUIREMENT } from './ministack.ts';
import { ensurePythonEnvironment, hasEnvironment } from './python-environment.ts';

export interface FindMiniStackOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Whether it may be installed; not asked when it is there already. */
  mayInstall(): Promise<boolean>;
  say(text: string): void;
}

/** The words that start it. */
export type Launch = readonly [command: string, ...args: string[]];

/** @throws ApigenError MINISTACK_UNAVAILABLE, with every way out. */
export async function findMiniStack(options: FindMiniStackOptions): Promise<Launch> {
  const installed = onPath('ministack', options.env);
  if (installed !== undefined) return [installed];
  const environment = { ...options, folder: cacheFolder(options.env), requirements: [MINISTACK_REQUIREMENT] };
  if (!hasEnvironment(environment) && !(await options.mayInstall())) throw unavailable('It was not to be installed.');
  try {
    return [await ensurePythonEnvironment(environment), '-m', 'ministack'];
  } catch (error) {
    if (!(error instanceof ApigenError)) throw error;
    throw unavailable([error.summary, error.detail].filter(Boolean).join('\n'), error);
  }
}

function unavailable(reason: string, cause?: ApigenError): ApigenError {
  return new ApigenError({
    code: 'MINISTACK_UNAVAILABLE',
    summary: 'MiniStack, the AWS emulator, is not here',
    detail: [
      reason,
      'Any one of these will do:',
      `- Python 3.10 or later with venv (${cause?.hint ?? 'apt-get install python3-venv'}), then run this again`,
      `- MiniStack on PATH: pipx install ${MINISTACK_REQUIREMENT}`,
      '- another emulator that speaks the AWS API: AWS_ENDPOINT_URL=http://127.0.0.1:4566 apigen deploy',
    ].join('\n'),
    hint: cause?.hint ?? 'apigen local start --yes',
    cause,
  });
}

function onPath(program: string, env: NodeJS.ProcessEnv): string | undefined {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// The places that XDG and Apple name for what can be made again.
function cacheFolder(env: NodeJS.ProcessEnv): string {
  const home = env['HOME'] ?? homedir();
  const fallback = process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
  return join(env['XDG_CACHE_HOME'] || fallback, 'apigen');
}

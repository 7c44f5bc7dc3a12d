// Where `--target local` sends its calls: the emulator that runs for this project, or an error that says how to
// start one.

import { ApigenError } from '../../errors.ts';
import { localFolder, readInstance } from './local-instance.ts';

/**
 * @returns `http://127.0.0.1:4566`
 * @throws ApigenError LOCAL_NOT_RUNNING
 */
export async function localEndpoint(cwd: string): Promise<string> {
  const instance = await readInstance(localFolder(cwd));
  if (instance !== undefined) return instance.endpoint;
  throw new ApigenError({
    code: 'LOCAL_NOT_RUNNING',
    summary: 'No AWS emulator runs for this project',
    detail: '--target local deploys to MiniStack on this machine.',
    hint: 'apigen local start',
  });
}

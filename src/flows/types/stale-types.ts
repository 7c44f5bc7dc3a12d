// Generated types that no longer say what the project is: handlers would be compiled against yesterday's.

import { ApigenError, type Problem } from '../../errors.ts';
import { generateTypes } from './generate-types.ts';
import { compareTypes, hasTypes } from './write-types.ts';

/**
 * Writes nothing.
 *
 * @param root of a project without problems, absolute
 * @returns a warning, or none where the types are up to date or the project has none
 */
export async function staleTypes(root: string): Promise<readonly Problem[]> {
  if (!(await hasTypes(root))) return [];
  try {
    const { files } = await generateTypes({ cwd: root });
    const stale = (await compareTypes(root, files)).filter(({ state }) => state !== 'current').map(({ path }) => path);
    if (stale.length === 0) return [];
    const message = `The generated types are out of date: ${stale.join(', ')}`;
    return [{ code: 'STALE_TYPES', message, hint: 'apigen types' }];
  } catch (error) {
    if (!(error instanceof ApigenError)) throw error;
    return [
      { code: 'STALE_TYPES', message: `The generated types cannot be compared: ${error.summary}`, hint: error.hint },
    ];
  }
}

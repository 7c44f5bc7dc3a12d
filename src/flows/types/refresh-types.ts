// Keeps generated types in step after something else changed the project. Whoever has none gets none.

import { ApigenError } from '../../errors.ts';
import { generateTypes } from './generate-types.ts';
import { hasTypes, writeTypes } from './write-types.ts';

/** `files` that changed, relative to the root; or why the types stayed as they were. */
export type RefreshedTypes =
  | { readonly files: readonly string[]; readonly failed?: never }
  | { readonly failed: string; readonly files?: never };

/**
 * @param root of the project, absolute
 * @returns nothing for a project without generated types
 */
export async function refreshTypes(root: string): Promise<RefreshedTypes | undefined> {
  if (!(await hasTypes(root))) return undefined;
  try {
    const { files } = await generateTypes({ cwd: root });
    const compared = await writeTypes(root, files);
    return { files: compared.filter(({ state }) => state !== 'current').map(({ path }) => path) };
  } catch (error) {
    if (!(error instanceof ApigenError)) throw error;
    return { failed: error.summary };
  }
}

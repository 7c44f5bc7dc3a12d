// What a command that changed the project says of the generated types.

import { join, relative } from 'node:path';
import type { RefreshedTypes } from '../flows/types/refresh-types.ts';
import type { Ui } from '../ui/ui.ts';

/** Lines for the list of changed files; none for a project without generated types. */
export function refreshedLines(
  types: RefreshedTypes | undefined,
  { root, cwd, style }: { readonly root: string; readonly cwd: string; readonly style: Ui['style'] },
): readonly string[] {
  if (types?.failed !== undefined) {
    return [
      `  ${style.yellow('!')} the types in src/generated stayed as they were: ${types.failed}. Then: apigen types`,
    ];
  }
  return (types?.files ?? []).map((path) => `  ${style.yellow('~')} ${relative(cwd, join(root, path))}`);
}

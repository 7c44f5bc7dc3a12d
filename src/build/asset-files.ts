// Files beside the code that a function carries: what the globs of `assets` match inside the project, under the paths
// they have there. A link that leads out of the project is a problem, and so is a glob that matches nothing.

import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import picomatch from 'picomatch';
import type { Problem } from '../errors.ts';
import type { FunctionDeclaration, Project } from '../project/project.ts';

export interface AssetFiles {
  /** Contents by path relative to the root, forward slashes. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly problems: readonly Problem[];
}

const NEVER = new Set(['node_modules', '.git', '.apigen']);
/** What the bundle itself is called in the zip. */
const TAKEN = /^index\.m?js(?:\.map)?$/;

/** @returns nothing for a function without assets */
export function assetFiles(project: Project, declaration: FunctionDeclaration): AssetFiles {
  const globs = declaration.build?.assets ?? [];
  const position = project.position([...declaration.path, 'build']);
  const root = realpathSync(project.root);
  const files: Record<string, Uint8Array> = {};
  const problems: Problem[] = [];
  const problem = (message: string, hint: string): void => {
    problems.push({ code: 'ASSET_NOT_USABLE', message, hint, position });
  };
  for (const glob of globs) {
    const written = glob.replace(/^\.\//, '');
    const { base } = picomatch.scan(written);
    const matches = picomatch(written);
    let count = 0;
    for (const path of filesUnder(root, base)) {
      if (!matches(path)) continue;
      count += 1;
      if (!realpathSync(join(root, path)).startsWith(root + sep)) {
        problem(`The asset ${path} leads out of the project`, 'Put the file itself into the project.');
      } else if (TAKEN.test(path)) {
        problem(`The asset ${path} has the name of the function's own code`, 'Move it into a folder.');
      } else files[path] = readFileSync(join(root, path));
    }
    if (count === 0) {
      problem(
        `The assets ${glob} of the function ${declaration.name} match no file`,
        'Correct the glob, or remove it.',
      );
    }
  }
  return { files, problems };
}

/** Files under a folder, or the file itself; links to files count, links to folders are not entered. */
function* filesUnder(root: string, path: string): Generator<string> {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found?.isFile()) yield path;
  if (!found?.isDirectory()) return;
  if (path !== '' && !realpathSync(join(root, path)).startsWith(root + sep)) return;
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = path === '' ? entry.name : `${path}/${entry.name}`;
    if (NEVER.has(entry.name)) continue;
    if (entry.isDirectory()) yield* filesUnder(root, inside);
    else if (statSync(join(root, inside), { throwIfNoEntry: false })?.isFile()) yield inside;
  }
}

// Packages that a bundle leaves out, for a function that runs on this machine: where they are installed, so that its
// folder can point there as its zip would carry them. What else is installed stays out of its reach, as on Lambda.

import { realpathSync } from 'node:fs';
import type { Problem } from '../errors.ts';
import type { FunctionDeclaration, Project } from '../project/project.ts';
import { findPackage } from './copied-packages.ts';
import { inRuntime, leftOut, notInstalled } from './package-files.ts';

export interface LinkedPackages {
  /** Real folders by name. */
  readonly folders: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

export function linkedPackages(project: Project, declaration: FunctionDeclaration): LinkedPackages {
  const root = realpathSync(project.root);
  const folders = new Map<string, string>();
  const problems: Problem[] = [];
  for (const name of leftOut(declaration)) {
    const folder = findPackage(root, name);
    if (folder !== undefined) folders.set(name, folder);
    // One that the runtime has may be missing here; whether the function ever asks for it is seen when it does.
    else if (!inRuntime(name)) {
      problems.push({
        ...notInstalled(declaration, { name }),
        position: project.position([...declaration.path, 'build']),
      });
    }
  }
  return { folders, problems };
}

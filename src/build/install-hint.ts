// The command that brings a package which is not there: those that package.json names come with a plain install.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @param root the project's, absolute; package.json is there or in a folder above
 * @param name of the package: `dynamoose`
 * @param wanted what to install where nobody names it: `dynamoose@4`
 */
export function installHint(root: string, name: string, wanted = name): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (names(join(folder, 'package.json'), name)) return 'npm install';
    if (folder === dirname(folder)) return `npm install ${wanted}`;
  }
}

function names(file: string, name: string): boolean {
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.hasOwn({ ...dependencies, ...devDependencies }, name);
  } catch {
    return false;
  }
}

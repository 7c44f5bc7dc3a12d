// Whether a project is written in TypeScript or JavaScript.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../../project/project.ts';

export type Language = 'typescript' | 'javascript';

export const LANGUAGES: readonly { readonly value: Language; readonly name: string }[] = [
  { value: 'typescript', name: 'TypeScript' },
  { value: 'javascript', name: 'JavaScript' },
];

/** `ts` or `js`, without the dot. */
export function extensionOf(language: Language): 'ts' | 'js' {
  return language === 'typescript' ? 'ts' : 'js';
}

/** By its tsconfig.json, else by the files of its models; JavaScript where neither says TypeScript. */
export function detectLanguage(project: Pick<Project, 'root' | 'models'>): Language {
  const models = Object.values(project.models);
  const isTypeScript =
    existsSync(join(project.root, 'tsconfig.json')) || models.some(({ file }) => /\.m?ts$/.test(file));
  return isTypeScript ? 'typescript' : 'javascript';
}

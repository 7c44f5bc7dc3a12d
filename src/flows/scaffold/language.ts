// Whether a project is written in TypeScript or JavaScript.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findHandlerSource } from '../../build/handler-source.ts';
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

/** By its tsconfig.json, else by the files of its models and handlers; JavaScript where none says TypeScript. */
export function detectLanguage(project: Project): Language {
  if (existsSync(join(project.root, 'tsconfig.json'))) return 'typescript';
  const models = Object.values(project.models).map(({ file }) => file);
  const handlers = Object.values(project.functions).map((declaration) => findHandlerSource(project, declaration));
  const files = [...models, ...handlers.flatMap((source) => ('file' in source ? [source.file] : []))];
  return files.some((file) => /\.[mc]?tsx?$/.test(file)) ? 'typescript' : 'javascript';
}

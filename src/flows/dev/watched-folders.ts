// Which folders matter to a project under dev, and which of them to its models.

import { dirname, join, sep } from 'node:path';
import type { Project } from '../../project/project.ts';

/** @param inputs absolute paths of what its functions are made of */
export function foldersOf({ root, file, functions, models }: Project, inputs: readonly string[]): readonly string[] {
  const handlers = Object.values(functions).map(({ module }) => join(root, module));
  const modelFiles = Object.values(models).map((model) => join(root, model.file));
  return [file, ...handlers, ...modelFiles, ...inputs].map((path) => dirname(path));
}

/** A model may import what lies beside it. */
export function concernModels({ root, models }: Project, paths: ReadonlySet<string>): boolean {
  const folders = Object.values(models).map((model) => dirname(join(root, model.file)) + sep);
  return [...paths].some((path) => folders.some((folder) => path.startsWith(folder)));
}

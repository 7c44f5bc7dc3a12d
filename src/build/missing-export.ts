// A handler whose file has no export of its name: what is likely meant, for check, dev and deploy alike.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../errors.ts';
import { nearestName } from '../project/nearest-name.ts';
import type { Project } from '../project/project.ts';
import type { HandlerSource } from './handler-source.ts';

/** @param names what the file does export */
export function missingExport(
  project: Project,
  { function: declaration, file }: HandlerSource,
  names: readonly string[],
): Problem {
  const { module, exportName, path } = declaration;
  return {
    code: 'HANDLER_EXPORT_NOT_FOUND',
    message: `${file} exports nothing named ${exportName}`,
    hint: hintFor(join(project.root, file), module, exportName, names),
    position: project.position(path),
  };
}

function hintFor(path: string, module: string, name: string, names: readonly string[]): string {
  const near = nearestName(name, names) ?? (names.length === 1 ? names[0] : undefined);
  if (near !== undefined) return `Write ${module}.${near}, or export ${name}`;
  // In an ES module, which package.json makes of every .js file, such an assignment goes nowhere.
  const assigns = new RegExp(`\\bexports\\.${name}\\s*=|\\bmodule\\.exports\\s*=`).test(readFileSync(path, 'utf8'));
  if (names.length === 0 && assigns)
    return `Write "export const ${name} = …": exports.${name} is CommonJS, for .cjs files`;
  return `Export it there, or correct ${module}.${name}`;
}

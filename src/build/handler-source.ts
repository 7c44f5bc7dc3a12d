// Where a function's handler stands on disk. apigen.yml names a module without extension, as Lambda does.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Problem } from '../errors.ts';
import type { FunctionDeclaration, Project } from '../project/project.ts';
import type { FunctionChecks } from './request-checks.ts';

const EXTENSIONS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'];

export interface HandlerSource {
  readonly function: FunctionDeclaration;
  /** Relative to the root, forward slashes, with its extension: `src/products/create.ts`. */
  readonly file: string;
  /** What its bundle checks before the handler. */
  readonly checks?: FunctionChecks;
}

/** The file of a function's handler, or the problem that there is none, at the line of apigen.yml that names it. */
export function findHandlerSource(project: Project, declaration: FunctionDeclaration): HandlerSource | Problem {
  const { module } = declaration;
  const candidates = [...EXTENSIONS.map((e) => module + e), ...EXTENSIONS.map((e) => `${module}/index${e}`)];
  const file = candidates.find((candidate) => isFile(join(project.root, candidate)));
  if (file !== undefined) return { function: declaration, file };
  return {
    code: 'HANDLER_NOT_FOUND',
    message: `The handler ${module}.${declaration.exportName} has no file: ${module}.ts (or .js) does not exist`,
    hint: neighbours(project.root, module),
    position: project.position(declaration.path),
  };
}

/**
 * Whether a CommonJS file may export `name`. What such a file exports is known only when it runs; a file that never
 * says the name and passes no other module's exports on cannot.
 */
export function mayExport(file: string, name: string): boolean {
  const text = readFileSync(file, 'utf8');
  if (name === 'default' || new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text)) return true;
  return /module\.exports\s*=(?!\s*\{)|\.\.\.|__exportStar|Object\.(assign|definePropert)/.test(text);
}

function neighbours(root: string, module: string): string {
  const folder = dirname(module);
  if (!existsSync(join(root, folder))) return `Create it; the folder ${folder} does not exist either.`;
  const found = readdirSync(join(root, folder))
    .filter((name) => EXTENSIONS.includes(extname(name)) && !name.endsWith('.d.ts'))
    .map((name) => basename(name, extname(name)))
    .sort();
  if (found.length === 0) return `Create it, or correct the name; ${folder} holds no source file.`;
  const some = found.length > 8 ? `${found.slice(0, 8).join(', ')}, …` : found.join(', ');
  return `Create it, or correct the name; ${folder} holds ${some}.`;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

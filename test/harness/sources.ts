// The project's own sources as the architecture test sees them: who imports whom, and the code without its comments.

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Source {
  /** From the root, with forward slashes: `src/engine/plan.ts`. */
  readonly path: string;
  /** The folder under src/ it belongs to: `engine`; `main` and `errors` are files of their own. */
  readonly part: string;
  readonly lines: number;
  /** Comment lines at the very top. */
  readonly opening: number;
  /** Line by line, comments and the insides of strings blanked. */
  readonly code: readonly string[];
  readonly imports: readonly SourceImport[];
}

export interface SourceImport {
  readonly line: number;
  readonly specifier: string;
  /** Of the imported source; nothing for a package. */
  readonly target: string | undefined;
  readonly part: string | undefined;
  /** `import type`: gone at run time. */
  readonly isType: boolean;
  /** `import()`. */
  readonly isLazy: boolean;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

export async function readSources(): Promise<Source[]> {
  const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  return Promise.all(files.map(async (path) => readSource(path, await readFile(join(root, path), 'utf8'))));
}

function readSource(path: string, text: string): Source {
  const lines = text.split('\n');
  const firstCode = lines.findIndex((line) => !line.startsWith('//'));
  return {
    path,
    part: partOf(path),
    lines: text.endsWith('\n') ? lines.length - 1 : lines.length,
    opening: firstCode === -1 ? lines.length : firstCode,
    code: blank(text, true).split('\n'),
    imports: importsOf(path, blank(text, false)),
  };
}

function partOf(path: string): string {
  return path.split('/')[1]?.replace(/\.ts$/, '') ?? '';
}

// Comments, strings and templates in one pass, because each may hold what looks like another.
const tokens = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

function blank(text: string, withStrings: boolean): string {
  return text.replaceAll(tokens, (token) => {
    const isComment = token.startsWith('//') || token.startsWith('/*');
    return isComment || withStrings ? token.replaceAll(/[^\n]/g, ' ') : token;
  });
}

const statements =
  /^(?:import|export)\s+(?:(type)\s+)?(?:[^'"`;()]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/gm;

function importsOf(path: string, text: string): SourceImport[] {
  return [...text.matchAll(statements)].map((match) => {
    const specifier = match[2] ?? match[3] ?? '';
    const target = specifier.startsWith('.') ? posix.join(dirname(path), specifier) : undefined;
    return {
      line: text.slice(0, match.index).split('\n').length,
      specifier,
      target,
      part: target?.startsWith('src/') ? partOf(target) : undefined,
      isType: match[1] === 'type',
      isLazy: match[3] !== undefined,
    };
  });
}

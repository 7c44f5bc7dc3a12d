// What a source file exports, read off its text by esbuild: nothing is bundled and no code runs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildFailure } from 'esbuild';
import type { Problem } from '../errors.ts';
import { esbuildProblem } from './esbuild-problem.ts';
import { build } from './esbuild-process.ts';
import { mayExport } from './handler-source.ts';

/** The exports of a file, or why it cannot be read. */
export type ExportList =
  | { readonly problems?: undefined; readonly names: readonly string[]; mayHold(name: string): boolean }
  | { readonly problems: readonly Problem[] };

/**
 * What a file exports at run time: types fall out. CommonJS and `export *` are only known in part.
 *
 * @param path absolute
 */
export async function listExports(root: string, path: string): Promise<ExportList> {
  try {
    const { metafile } = await build({
      entryPoints: [path],
      absWorkingDir: root,
      outdir: join(root, '.apigen'),
      write: false,
      metafile: true,
      format: 'esm',
      logLevel: 'silent',
    });
    const [output] = Object.values(metafile.outputs);
    const isCommonJs = Object.values(metafile.inputs)[0]?.format === 'cjs';
    const passesOn = /\bexport\s*\*\s*from\b/.test(readFileSync(path, 'utf8'));
    return {
      names: isCommonJs ? [] : (output?.exports ?? []),
      mayHold: (name) => passesOn || (isCommonJs && mayExport(path, name)),
    };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { problems: error.errors.map((message) => esbuildProblem(message, root)) };
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && 'warnings' in error;
}

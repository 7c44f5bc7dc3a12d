// A model file as one module that the loader can import: TypeScript compiled, packages included, Dynamoose replaced by
// the recording. The source map stays here, to turn stacks back into lines of the sources.

import { createRequire } from 'node:module';
import type { BuildFailure, Plugin } from 'esbuild';
import { esbuildProblem } from '../../build/esbuild-problem.ts';
import { build } from '../../build/esbuild-process.ts';
import type { Problem } from '../../errors.ts';

export interface ModelBundle {
  readonly code: string;
  /** A version 3 source map; its sources are relative to the root. */
  readonly map: string;
}

// Some packages want CommonJS's names, which an ES module lacks.
const BANNER = [
  "import { createRequire as __apigenRequire } from 'node:module';",
  'const require = __apigenRequire(import.meta.url);',
].join('\n');

/**
 * @param root real path of the project
 * @param file relative to it
 * @param shownRoot the project's root as a person knows it, for the places of problems
 * @returns the bundle, or the problems that esbuild reports, each with its line
 */
export async function bundleModel(
  root: string,
  file: string,
  shownRoot: string,
): Promise<ModelBundle | readonly Problem[]> {
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [{ in: `./${file}`, out: 'model' }],
      outdir: root,
      outExtension: { '.js': '.mjs' },
      write: false,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: `node${process.versions.node}`,
      charset: 'utf8',
      sourcemap: 'external',
      logLevel: 'silent',
      banner: { js: BANNER },
      plugins: [recordedDynamoose()],
    });
    const text = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? '';
    return { code: text('.mjs'), map: text('.map') };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return error.errors.map((message) => esbuildProblem(message, shownRoot));
  }
}

function recordedDynamoose(): Plugin {
  return {
    name: 'apigen-recorded-dynamoose',
    setup(build) {
      build.onResolve({ filter: /^dynamoose(\/|$)/ }, ({ path, resolveDir }) => {
        if (/^dynamoose(\/dist(\/index(\.js)?)?)?$/.test(path)) return { path, namespace: 'apigen-recorded' };
        // `dynamoose/dist/Item` and its like: the very module that Dynamoose itself uses.
        return { path: createRequire(`${resolveDir}/`).resolve(path), external: true };
      });
      build.onLoad({ filter: /.*/, namespace: 'apigen-recorded' }, () => ({
        contents: 'module.exports = globalThis.__apigenDynamoose;',
        loader: 'js',
      }));
    },
  };
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && 'warnings' in error;
}

// The program of the loader process as one JavaScript file: shipped beside the CLI, or compiled here when apigen runs
// from its sources.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @param folder where the compiled program goes, if it must be compiled */
export async function loaderScript(folder: string): Promise<string> {
  if (!import.meta.url.endsWith('.ts')) return fileURLToPath(new URL('./model-loader.js', import.meta.url));
  const outfile = join(folder, 'model-loader.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./child.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
  return outfile;
}

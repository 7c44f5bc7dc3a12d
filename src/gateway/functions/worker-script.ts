// The program of a function's worker as one JavaScript file: shipped beside the CLI, or compiled here when apigen runs
// from its sources.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @param folder where the compiled program goes, if it must be compiled */
export async function workerScript(folder: string): Promise<string> {
  if (!import.meta.url.endsWith('.ts')) return fileURLToPath(new URL('./function-worker.js', import.meta.url));
  const outfile = join(folder, 'function-worker.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./runtime/child.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'silent',
  });
  return outfile;
}

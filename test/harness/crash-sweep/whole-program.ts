// The program with its packages in the same files: it starts in half the time, and a sweep starts it thousands of times.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { checkout } from '../built-program.ts';

/** Packages that are found by their place in node_modules, or that a deploy does not load. */
const external = ['esbuild', 'dynalite', 'inquirer', 'ora'];

/** @returns the path of the program */
export async function wholeProgram(): Promise<string> {
  const folder = join(checkout, '.cache', 'whole-program');
  await build({
    absWorkingDir: checkout,
    entryPoints: { 'dist/main': 'src/main.ts', 'dist/model-loader': 'src/models/loader/child.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'dist/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    mainFields: ['module', 'main'],
    external,
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  const program = join(folder, 'apigen.mjs');
  await mkdir(folder, { recursive: true });
  await writeFile(
    program,
    "import { main } from './dist/main.js';\nprocess.exitCode = await main(process.argv.slice(2));\n",
  );
  return program;
}

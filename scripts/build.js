// Bundles src/ into dist/: the CLI with a chunk per lazily loaded command, and the programs of the process that runs
// model files and of the threads that run functions under dev. npm packages stay external.
// The folder is swapped in whole, so that a program running from it never meets half a build.
import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const staging = `dist.${process.pid}`;
process.chdir(root);
try {
  await build({
    entryPoints: {
      main: 'src/main.ts',
      'model-loader': 'src/models/loader/child.ts',
      'function-worker': 'src/gateway/functions/runtime/child.ts',
    },
    outdir: staging,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  await rm('dist', { recursive: true, force: true });
  await rename(staging, 'dist');
} finally {
  await rm(staging, { recursive: true, force: true });
}

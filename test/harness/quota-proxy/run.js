// Runs the proxy's command on any supported Node: bundles it beside node_modules first, since Node 20 reads no
// TypeScript. Usage: node test/harness/quota-proxy/run.js --target http://127.0.0.1:4566
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = join(here, '../../../node_modules/.cache');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'quota-proxy-'));
const outfile = join(folder, 'main.mjs');
await build({
  entryPoints: [join(here, 'main.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'inline',
  logLevel: 'error',
});
const { main } = await import(pathToFileURL(outfile).href);
await rm(folder, { recursive: true });
process.exitCode = await main(process.argv.slice(2));

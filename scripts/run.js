// node scripts/run.js FILE.ts [arguments]: bundles a TypeScript file and runs it in this process, since Node 20 loads
// JavaScript alone. The bundle lies two folders deep, as every source does, so that paths relative to it hold.
import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/run.js FILE.ts [arguments]');
const source = resolve(file);
const folder = fileURLToPath(new URL('../.cache/run/', import.meta.url));
const { outputFiles } = await build({
  entryPoints: [source],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: 'inline',
  sourcesContent: false,
  outdir: folder,
  logLevel: 'warning',
});
const code = outputFiles[0].text;
const target = join(
  folder,
  `${basename(file, '.ts')}-${createHash('sha256').update(code).digest('hex').slice(0, 12)}.mjs`,
);
await mkdir(folder, { recursive: true });
await writeFile(`${target}.${process.pid}`, code);
await rename(`${target}.${process.pid}`, target);
// The SDK's remark on Node 20, once per script, is nobody's business here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
process.argv.splice(1, 2, source);
await import(pathToFileURL(target).href);

// Bundles src/ into dist/: the CLI with a chunk per lazily loaded command, and the programs of the process that runs
// model files and of the threads that run functions under dev. npm packages stay external, but for those that nearly every
// command needs and whose many small files take longer to find than to run.
// The folder is swapped in whole, so that a program running from it never meets half a build.
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const inlined = ['chalk', 'commander', 'jose', 'picomatch', 'yaml', 'zod'];
const staging = `dist.${process.pid}`;
process.chdir(root);
const { dependencies } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
const external = Object.keys(dependencies).filter((name) => !inlined.includes(name));
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
    external: external.flatMap((name) => [name, `${name}/*`]),
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  await giveRequire(staging);
  // What `apigen types` copies into projects, as it is written.
  for (const part of ['attribute-spec.ts', 'decoder/decode-item.ts', 'decoder/read-body.ts']) {
    await cp(`src/models/${part}`, `${staging}/decoder-source/${part}`);
  }
  await writeFile(`${staging}/LICENSES.txt`, await licenses());
  await rm('dist', { recursive: true, force: true });
  await rename(staging, 'dist');
} finally {
  await rm(staging, { recursive: true, force: true });
}

/** CommonJS packages ask for Node's modules by `require`, which the file that esbuild's own code stands in must have. */
async function giveRequire(folder) {
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.js'))) {
    const code = await readFile(`${folder}/${name}`, 'utf8');
    if (!code.includes('var __require = ')) continue;
    const line =
      "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";
    await writeFile(`${folder}/${name}`, `${line} ${code}`);
  }
}

/** Of the packages whose code dist/ holds. */
async function licenses() {
  const texts = inlined.map(async (name) => {
    const file = (await readdir(`node_modules/${name}`)).find((one) => /^licen[cs]e/i.test(one));
    if (file === undefined) throw new Error(`${name} has no license file`);
    return `${name}\n\n${await readFile(`node_modules/${name}/${file}`, 'utf8')}`;
  });
  return (await Promise.all(texts)).join('\n');
}

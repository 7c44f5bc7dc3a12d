// Writes docs/apigen-yml.md from the language's schema. A test fails when the page is not what this would write.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside the checkout, so that packages resolve.
const folder = await mkdtemp(join(root, 'node_modules', '.reference-'));
try {
  const outfile = join(folder, 'reference.mjs');
  const entry = join(root, 'scripts', 'language-reference.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', packages: 'external' });
  const { languageReference } = await import(pathToFileURL(outfile).href);
  await writeFile(join(root, 'docs', 'apigen-yml.md'), languageReference());
} finally {
  await rm(folder, { recursive: true, force: true });
}

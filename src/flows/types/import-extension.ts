// How a project in TypeScript imports its own files: `./decode.ts` where its tsconfig.json lets it, `./decode.js`, which
// every compiler takes for decode.ts, elsewhere.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

export type ImportExtension = '.ts' | '.js';

const ALLOWS = /"(?:allowImportingTsExtensions|rewriteRelativeImportExtensions)"\s*:\s*true/;
const EXTENDS = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/;

/** tsconfig.json, with those it extends, is looked at as text: it may hold remarks. Without one: `.ts`. */
export function importExtension(root: string): ImportExtension {
  const file = join(root, 'tsconfig.json');
  return read(file) === undefined || allows(file, new Set()) ? '.ts' : '.js';
}

function allows(file: string, seen: Set<string>): boolean {
  const text = seen.has(file) ? undefined : read(file);
  if (text === undefined) return false;
  seen.add(file);
  if (ALLOWS.test(text)) return true;
  const bases = [...(EXTENDS.exec(text)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, base = '']) => base);
  return bases.some((base) => allows(locate(base, file), seen));
}

/** Without remarks. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/("(?:\\.|[^"\\])*")|\/\/.*|\/\*[\s\S]*?\*\//g, '$1');
  } catch {
    return undefined;
  }
}

function locate(base: string, from: string): string {
  if (base.startsWith('.')) return resolve(dirname(from), base.endsWith('.json') ? base : `${base}.json`);
  const require = createRequire(from);
  for (const name of [base, `${base}.json`, `${base}/tsconfig.json`]) {
    try {
      return require.resolve(name);
    } catch {
      // Another spelling of it, or a package that is not installed.
    }
  }
  return base;
}

// The decoder as one module for a project: attribute-spec.ts, decode-item.ts and read-body.ts without their imports of
// each other. The package carries these sources beside its bundle.

import { readFile } from 'node:fs/promises';
import { transform } from '../../build/esbuild-process.ts';

const PARTS = ['attribute-spec.ts', 'decoder/decode-item.ts', 'decoder/read-body.ts'];

/** In TypeScript, without an opening remark. */
export async function decoderSource(): Promise<string> {
  const folder = new URL(import.meta.url.endsWith('.ts') ? '../' : './decoder-source/', import.meta.url);
  const texts = await Promise.all(PARTS.map((part) => readFile(new URL(part, folder), 'utf8')));
  return texts
    .map(
      (text) =>
        `${text
          .replace(/^(?:\/\/.*\n)*/, '')
          .replace(/^import .*\n/gm, '')
          .trim()}\n`,
    )
    .join('\n');
}

/** The same code in JavaScript, its remarks lost. */
export async function withoutTypes(typescript: string): Promise<string> {
  const { code } = await transform(typescript, { loader: 'ts', format: 'esm', target: 'es2022', charset: 'utf8' });
  return code;
}

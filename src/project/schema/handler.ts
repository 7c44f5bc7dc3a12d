// `handler: src/products/create.handler`: a module of the project and the name it exports.

import * as z from 'zod';
import { judgePathInProject, normalisePath } from './path-in-project.ts';
import { type Fault, rule } from './rule.ts';

const EXTENSIONS = new Set(['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'tsx', 'jsx']);
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A handler taken apart. */
export interface HandlerReference {
  /** Relative to the root, without extension: `src/products/create`. */
  readonly module: string;
  /** `handler`. */
  readonly exportName: string;
}

/** `file.export`, checked for its form alone. */
export const handler = rule(z.string().min(1, { error: 'is empty: write file.export' }), judgeHandler).meta({
  description:
    'The code: a file of the project without its extension, a dot, and the name it exports. `src/products/create.handler` is the export `handler` of `src/products/create.ts` (or .mts, .js, .mjs).',
  examples: ['src/products/create.handler'],
});

/** Takes a checked handler apart. */
export function parseHandler(text: string): HandlerReference {
  const dot = text.lastIndexOf('.');
  return { module: normalisePath(text.slice(0, dot)), exportName: text.slice(dot + 1) };
}

/** Why a handler is refused, or `undefined`. */
export function judgeHandler(text: string): Fault | undefined {
  const pathFault = judgePathInProject(text);
  if (pathFault !== undefined) return pathFault;
  const code = 'INVALID_HANDLER';
  const slash = text.lastIndexOf('/');
  const dot = text.lastIndexOf('.');
  if (dot <= slash + 1) {
    return { code, message: 'must be file.export', hint: `Write ${text.replace(/\/+$/, '')}.handler` };
  }
  const exported = text.slice(dot + 1);
  if (EXTENSIONS.has(exported)) {
    return { code, message: 'must name an export, not a file', hint: `Write ${text.slice(0, dot)}.handler` };
  }
  const before = text.slice(0, dot);
  const extension = before.slice(before.lastIndexOf('.') + 1);
  if (before.lastIndexOf('.') > slash && EXTENSIONS.has(extension)) {
    const hint = `Write ${before.slice(0, before.lastIndexOf('.'))}.${exported}`;
    return { code, message: `must leave out the extension .${extension}`, hint };
  }
  if (!IDENTIFIER.test(exported)) {
    return { code, message: `names the export ${JSON.stringify(exported)}, which is no JavaScript name` };
  }
  return undefined;
}

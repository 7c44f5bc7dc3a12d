// Code that generated files share: src/http and src/from-json of handlers, src/repository of repositories, test/tables of
// their tests. It is written with the first of them and then left alone.

import { join } from 'node:path';
import { listExports } from '../../build/list-exports.ts';
import { ApigenError } from '../../errors.ts';
import { isThere, type NewFile } from './create-files.ts';
import { extensionOf, type Language } from './language.ts';
import { readTemplate } from './template.ts';

/** A template of shared code, and what files made from templates import of it. */
export interface SharedTemplate {
  /** Without extension: `src/http`. */
  readonly module: string;
  readonly exports: readonly string[];
  /** Who imports it: `handlers`. */
  readonly users: string;
  /** What else there is to do where something else stands there. */
  readonly otherwise: string;
}

export interface SharedCode {
  /** Relative to the root: `src/http.ts`. */
  readonly path: string;
  /** To be written; absent where it is there. */
  readonly file?: NewFile;
}

/**
 * Where the shared code is, or the file to write.
 *
 * @throws ApigenError `SHARED_CODE_DIFFERS` when something else stands there
 */
export async function sharedCode(
  root: string,
  language: Language,
  { module, exports, users, otherwise }: SharedTemplate,
): Promise<SharedCode> {
  for (const extension of ['ts', 'mts', 'js', 'mjs']) {
    const path = `${module}.${extension}`;
    if (!(await isThere(join(root, path)))) continue;
    const listed = await listExports(root, join(root, path));
    const missing = exports.filter((name) => listed.problems !== undefined || !listed.names.includes(name));
    if (missing.length === 0) return { path };
    throw new ApigenError({
      code: 'SHARED_CODE_DIFFERS',
      summary: `${path} does not export what new ${users} import`,
      detail: `They need ${missing.join(', ')} of it, as apigen writes it.`,
      hint: `Move ${path} elsewhere${otherwise}.`,
    });
  }
  const path = `${module}.${extensionOf(language)}`;
  return { path, file: { path, text: await readTemplate(language, module) } };
}

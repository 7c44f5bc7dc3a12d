// src/http: the code that generated handlers share. It is written with the first of them and then left alone.

import { join } from 'node:path';
import { listExports } from '../../build/list-exports.ts';
import { ApigenError } from '../../errors.ts';
import { isThere, type NewFile } from './create-files.ts';
import { extensionOf, type Language } from './language.ts';
import { readTemplate } from './template.ts';

/** What handlers made from templates import of it. */
const EXPORTS = ['answering', 'json', 'nextKey', 'pathParameter', 'readJson', 'Refusal', 'startKey'];

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
export async function sharedCode(root: string, language: Language): Promise<SharedCode> {
  for (const extension of ['ts', 'mts', 'js', 'mjs']) {
    const path = `src/http.${extension}`;
    if (!(await isThere(join(root, path)))) continue;
    const listed = await listExports(root, join(root, path));
    const missing = EXPORTS.filter((name) => listed.problems !== undefined || !listed.names.includes(name));
    if (missing.length === 0) return { path };
    throw new ApigenError({
      code: 'SHARED_CODE_DIFFERS',
      summary: `${path} does not export what new handlers import`,
      detail: `They need ${missing.join(', ')} of it, as apigen init writes it.`,
      hint: `Move ${path} elsewhere, or write the handler yourself and give --handler.`,
    });
  }
  const path = `src/http.${extensionOf(language)}`;
  return { path, file: { path, text: await readTemplate(language, 'src/http') } };
}

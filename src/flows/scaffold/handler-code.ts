// What generated handlers share: src/http, and src/from-json where a body has times, sets or bytes.

import type { NewFile } from './create-files.ts';
import type { Language } from './language.ts';
import { type SharedTemplate, sharedCode } from './shared-code.ts';

type SharedModule = 'src/http' | 'src/from-json';

/** Where each file of shared code is, or will be, relative to the root: `src/http.ts`. */
export type SharedPaths = Readonly<Record<SharedModule, string>>;

/** What handlers made from templates may import of src/http, in the order of an import. */
export const HTTP_EXPORTS: readonly string[] = [
  'answering',
  'asRead',
  'created',
  'json',
  'nextKey',
  'numberParameter',
  'orNotFound',
  'pageLimit',
  'pathParameter',
  'Refusal',
  'readJson',
  'startKey',
  'timeOf',
  'timeParameter',
];

/** Looks for the files of shared code. */
export async function sharedPaths(root: string, language: Language): Promise<SharedPaths> {
  const [http, json] = await Promise.all([
    sharedCode(root, language, templateOf('src/http', [])),
    sharedCode(root, language, templateOf('src/from-json', [])),
  ]);
  return { 'src/http': http.path, 'src/from-json': json.path };
}

/**
 * The shared code to write beside new handlers: what they import and the project does not have.
 *
 * @throws ApigenError `SHARED_CODE_DIFFERS` when what stands there exports less than they import
 */
export async function sharedFiles(
  root: string,
  language: Language,
  handlers: readonly NewFile[],
): Promise<readonly NewFile[]> {
  const written = async (module: SharedModule, users: readonly NewFile[]): Promise<readonly NewFile[]> => {
    const needed = [...new Set(users.flatMap(({ text }) => importsOf(text, module)))];
    if (needed.length === 0) return [];
    const { file } = await sharedCode(root, language, templateOf(module, needed));
    return file === undefined ? [] : [file];
  };
  const json = await written('src/from-json', handlers);
  return [...(await written('src/http', [...handlers, ...json])), ...json];
}

function templateOf(module: SharedModule, exports: readonly string[]): SharedTemplate {
  return { module, exports, users: 'handlers', otherwise: ', or write the handler yourself and give --handler' };
}

/** The values that a file imports of a module of shared code. */
function importsOf(text: string, module: SharedModule): readonly string[] {
  const name = module.slice(module.lastIndexOf('/') + 1);
  const [, names = ''] = new RegExp(`^import \\{ (.*) \\} from '[./]*/${name}\\.\\w+';`, 'm').exec(text) ?? [];
  return names.split(', ').filter((one) => one !== '' && !one.startsWith('type '));
}

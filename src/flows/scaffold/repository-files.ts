// The files of a model's repository: itself, its test, and what they share with the others.

import type { NewFile } from './create-files.ts';
import { type RepositoryParts, renderRepository } from './render-repository.ts';
import { renderRepositoryTest } from './render-repository-test.ts';
import { repositoryFile, repositoryTestFile } from './repository-paths.ts';
import { type SharedTemplate, sharedCode } from './shared-code.ts';

const REPOSITORY: SharedTemplate = {
  module: 'src/repository',
  exports: ['asRead', 'ConflictError', 'CursorError', 'orConflict', 'readPage', 'unchanged'],
  users: 'repositories',
  otherwise: '',
};

const TABLES: SharedTemplate = {
  module: 'test/tables',
  exports: ['useTables'],
  users: 'tests of repositories',
  otherwise: '',
};

/** @throws ApigenError `SHARED_CODE_DIFFERS` */
export async function repositoryFiles(root: string, parts: RepositoryParts): Promise<readonly NewFile[]> {
  const { model, language } = parts;
  const shared = await sharedCode(root, language, REPOSITORY);
  const tables = await sharedCode(root, language, TABLES);
  const paths = { repository: shared.path, tables: tables.path };
  return [
    { path: repositoryFile(model.file), text: await renderRepository(parts, shared.path) },
    { path: repositoryTestFile(model.file), text: await renderRepositoryTest(parts, paths) },
    ...[shared.file, tables.file].flatMap((file) => file ?? []),
  ];
}

// What must stand before a model file runs: its bundle, the Dynamoose it would import, and the process to run it in.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { installHint } from '../../build/install-hint.ts';
import { tablePrefix } from '../../build/table-prefix.ts';
import type { Problem } from '../../errors.ts';
import type { ModelDeclaration, Project } from '../../project/project.ts';
import { bundleModel, type ModelBundle } from './bundle-model.ts';
import { LoaderProcess } from './loader-process.ts';

export interface ModelFile {
  readonly file: string;
  readonly declarations: readonly ModelDeclaration[];
}

export interface ReadOptions {
  /** For each model file, in milliseconds. Default 10,000. */
  readonly timeLimitMs?: number;
  /** Heap for model files. Default 256. */
  readonly memoryMb?: number;
}

/** Bundles a model file, or says what is missing. */
export async function bundled(
  project: Project,
  root: string,
  { file, declarations }: ModelFile,
): Promise<(ModelBundle & { readonly dynamoose: string }) | { readonly problems: readonly Problem[] }> {
  const path = join(root, file);
  const [declaration] = declarations;
  const position = declaration === undefined ? undefined : project.position(declaration.path);
  if (!existsSync(path)) {
    const hint = `apigen add-model ${declaration?.name ?? ''}`;
    return {
      problems: [{ code: 'MODEL_FILE_NOT_FOUND', message: `The model file ${file} does not exist`, hint, position }],
    };
  }
  const dynamoose = dynamooseOf(path);
  if ('code' in dynamoose) return { problems: [dynamoose] };
  const bundle = await bundleModel(root, file, project.root);
  return 'code' in bundle ? { ...bundle, dynamoose: dynamoose.path } : { problems: bundle };
}

/** The Dynamoose that a model file would import. */
function dynamooseOf(file: string): { readonly path: string } | Problem {
  const position = { file, line: 1, column: 1 };
  const require = createRequire(file);
  try {
    const path = require.resolve('dynamoose');
    const { version } = JSON.parse(readFileSync(join(dirname(path), '..', 'package.json'), 'utf8'));
    if (String(version).startsWith('4.')) return { path };
    const message = `Dynamoose ${version} is installed; models are read with Dynamoose 4`;
    return { code: 'DYNAMOOSE_VERSION', message, hint: 'npm install dynamoose@4', position };
  } catch {
    const message = 'Model files need Dynamoose, which is not installed';
    const hint = installHint(dirname(file), 'dynamoose', 'dynamoose@4');
    return { code: 'DYNAMOOSE_MISSING', message, hint, position };
  }
}

/** A process for model files of one Dynamoose; nothing runs before the first file is loaded. */
export function startLoader(
  project: Project,
  root: string,
  dynamoose: string,
  script: string,
  folder: string,
  { timeLimitMs = 10_000, memoryMb = 256 }: ReadOptions,
): LoaderProcess {
  return new LoaderProcess({
    script,
    folder,
    cwd: root,
    dynamoose,
    prefix: tablePrefix(project),
    timeLimitMs,
    memoryMb,
  });
}

// Reads the model files of a project: plain Dynamoose, run apart from the CLI, never touching AWS. Mistakes in them are
// problems with a line, all at once; nothing here throws for what a person wrote.

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tablePrefix } from '../build/table-prefix.ts';
import type { Problem } from '../errors.ts';
import type { ModelDeclaration, Project } from '../project/project.ts';
import { bundleModel, type ModelBundle } from './loader/bundle-model.ts';
import { LoaderProcess } from './loader/loader-process.ts';
import { loaderScript } from './loader/loader-script.ts';
import { type SourcePositions, sourcePositions } from './loader/source-positions.ts';
import type { ModelSpec } from './model-spec.ts';
import { readOutcome } from './read-outcome.ts';

export interface ModelReading {
  /** By name, in the order of apigen.yml; those of a file with problems are left out. */
  readonly models: Readonly<Record<string, ModelSpec>>;
  /** What must be mended before a deploy. */
  readonly problems: readonly Problem[];
  /** What works, but not as the file may mean it. */
  readonly warnings: readonly Problem[];
}

export interface ReadOptions {
  /** For each model file, in milliseconds. Default 10,000. */
  readonly timeLimitMs?: number;
  /** Heap for model files. Default 256. */
  readonly memoryMb?: number;
}

interface ModelFile {
  readonly file: string;
  readonly declarations: readonly ModelDeclaration[];
}

/** Loads the files of all models and derives tables, attributes and JSON Schemas from them. */
export async function readModels(project: Project, options: ReadOptions = {}): Promise<ModelReading> {
  const declarations = Object.values(project.models);
  if (declarations.length === 0) return { models: {}, problems: [], warnings: [] };
  const folder = await mkdtemp(join(realpathSync(tmpdir()), 'apigen-models-'));
  try {
    return await readInto(project, filesOf(declarations), folder, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readInto(
  project: Project,
  files: readonly ModelFile[],
  folder: string,
  options: ReadOptions,
): Promise<ModelReading> {
  const root = realpathSync(project.root);
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const specs = new Map<string, ModelSpec>();
  const loaders = new Map<string, LoaderProcess>();
  const script = await loaderScript(folder);
  const bundles = await Promise.all(files.map((file) => bundled(project, root, file)));
  try {
    for (const [index, { file, declarations }] of files.entries()) {
      const bundle = bundles[index];
      if (bundle === undefined || 'problems' in bundle) {
        problems.push(...(bundle?.problems ?? []));
        continue;
      }
      const path = join(folder, `model-${index}.mjs`);
      await writeFile(path, bundle.code);
      const loader =
        loaders.get(bundle.dynamoose) ?? startLoader(project, root, bundle.dynamoose, script, folder, options);
      loaders.set(bundle.dynamoose, loader);
      const outcome = await loader.load({ bundle: path, names: declarations.map(({ name }) => name) });
      const positions: SourcePositions = sourcePositions(project.root, path, bundle);
      const reading = readOutcome({ project, file, declarations, positions }, outcome);
      problems.push(...reading.problems);
      warnings.push(...reading.warnings);
      for (const spec of reading.models) specs.set(spec.name, spec);
    }
  } finally {
    await Promise.all([...loaders.values()].map((loader) => loader.close()));
  }
  problems.push(...sharedTables([...specs.values()]));
  const models = Object.keys(project.models).flatMap((name) => specs.get(name) ?? []);
  return { models: Object.fromEntries(models.map((spec) => [spec.name, spec])), problems, warnings };
}

function filesOf(declarations: readonly ModelDeclaration[]): readonly ModelFile[] {
  const files = new Set(declarations.map(({ file }) => file));
  return [...files].map((file) => ({ file, declarations: declarations.filter((one) => one.file === file) }));
}

async function bundled(
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
    return { code: 'DYNAMOOSE_MISSING', message, hint: 'npm install dynamoose@4', position };
  }
}

function startLoader(
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

function sharedTables(specs: readonly ModelSpec[]): readonly Problem[] {
  return specs.flatMap((spec, index) => {
    const first = specs.slice(0, index).find(({ table }) => table.tableName === spec.table.tableName);
    if (first === undefined) return [];
    const message = `The models ${first.name} and ${spec.name} share the table ${spec.table.tableName}`;
    const hint = 'Give one of them another name in dynamoose.model, or make them schemas of one model.';
    return [{ code: 'TABLE_SHARED', message, hint, position: spec.position }];
  });
}

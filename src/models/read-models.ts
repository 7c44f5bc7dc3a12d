// Reads the model files of a project: plain Dynamoose, run apart from the CLI, never touching AWS. Mistakes in them are
// problems with a line, all at once; nothing here throws for what a person wrote.

import { realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../errors.ts';
import type { ModelDeclaration, Project } from '../project/project.ts';
import type { LoaderProcess } from './loader/loader-process.ts';
import { loaderScript } from './loader/loader-script.ts';
import { bundled, type ModelFile, type ReadOptions, startLoader } from './loader/prepare-file.ts';
import { type SourcePositions, sourcePositions } from './loader/source-positions.ts';
import type { ModelSpec } from './model-spec.ts';
import { readOutcome } from './read-outcome.ts';

export type { ReadOptions } from './loader/prepare-file.ts';

export interface ModelReading {
  /** By name, in the order of apigen.yml; those of a file with problems are left out. */
  readonly models: Readonly<Record<string, ModelSpec>>;
  /** What must be mended before a deploy. */
  readonly problems: readonly Problem[];
  /** What works, but not as the file may mean it. */
  readonly warnings: readonly Problem[];
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

function sharedTables(specs: readonly ModelSpec[]): readonly Problem[] {
  return specs.flatMap((spec, index) => {
    const first = specs.slice(0, index).find(({ table }) => table.tableName === spec.table.tableName);
    if (first === undefined) return [];
    const message = `The models ${first.name} and ${spec.name} share the table ${spec.table.tableName}`;
    const hint = 'Give one of them another name in dynamoose.model, or make them schemas of one model.';
    return [{ code: 'TABLE_SHARED', message, hint, position: spec.position }];
  });
}

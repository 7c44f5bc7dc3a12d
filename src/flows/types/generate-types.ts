// `apigen types`: the project as it is now, as the files that its types should be.

import type { Problem } from '../../errors.ts';
import { type ModelReading, readModels } from '../../models/read-models.ts';
import { invalidProject, listStages, loadProject } from '../../project/load-project.ts';
import { compareProblems } from '../../project/problem-list.ts';
import { checkRoutes } from '../check/check-routes.ts';
import { readSchemas } from '../read-schemas.ts';
import type { NewFile } from '../scaffold/create-files.ts';
import { detectLanguage } from '../scaffold/language.ts';
import { importExtension } from './import-extension.ts';
import { projectTypes } from './project-types.ts';
import { renderTypes } from './render-types.ts';
import type { StageView } from './stage-view.ts';

export interface GeneratedTypes {
  /** Absolute. */
  readonly root: string;
  readonly files: readonly NewFile[];
  readonly models: number;
  readonly routes: number;
  readonly functions: number;
}

/**
 * Reads apigen.yml at every stage, its models and its JSON Schema files; handlers need not be there yet. Writes nothing.
 *
 * @throws InvalidProjectError with every problem: types of half a project would be wrong
 */
export async function generateTypes({ cwd }: { readonly cwd: string }): Promise<GeneratedTypes> {
  const views: StageView[] = [];
  const readings = new Map<string, Promise<ModelReading>>();
  const problems: Problem[] = [];
  for (const stage of await listStages(cwd)) {
    // Types say nothing of regions; a project without one has types all the same.
    const project = await loadProject({ cwd, stage, env: { AWS_REGION: 'us-east-1' } });
    const files = JSON.stringify(Object.values(project.models).map(({ name, file }) => [name, file]));
    const reading = readings.get(files) ?? readModels(project);
    readings.set(files, reading);
    const [{ models, problems: ofModels }, { schemas, problems: ofSchemas }] = await Promise.all([
      reading,
      readSchemas(project),
    ]);
    problems.push(...ofModels, ...ofSchemas, ...checkRoutes(project, models));
    const { root } = project;
    views.push({
      project,
      sources: { models, schemas },
      language: detectLanguage(project),
      extension: importExtension(root),
    });
  }
  const [first] = views;
  if (problems.length > 0 || first === undefined) throw invalidProject(problems.toSorted(compareProblems));
  const types = projectTypes(views);
  return {
    root: first.project.root,
    files: await renderTypes(types, first.language, first.extension),
    models: types.models.length,
    routes: types.routes.length,
    functions: types.functions.length,
  };
}

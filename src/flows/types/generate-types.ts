// `apigen types`: the project as it is now, as the files that its types should be.

import { readModels } from '../../models/read-models.ts';
import { invalidProject, loadProject } from '../../project/load-project.ts';
import { checkRoutes } from '../check/check-routes.ts';
import { readSchemas } from '../read-schemas.ts';
import type { NewFile } from '../scaffold/create-files.ts';
import { detectLanguage } from '../scaffold/language.ts';
import { projectTypes } from './project-types.ts';
import { renderTypes } from './render-types.ts';

export interface GeneratedTypes {
  /** Absolute. */
  readonly root: string;
  readonly files: readonly NewFile[];
  readonly models: number;
  readonly routes: number;
}

/**
 * Reads apigen.yml, its models and its JSON Schema files; handlers need not be there yet. Writes nothing.
 *
 * @throws InvalidProjectError with every problem: types of half a project would be wrong
 */
export async function generateTypes({ cwd }: { readonly cwd: string }): Promise<GeneratedTypes> {
  // Types say nothing of regions; a project without one has types all the same.
  const project = await loadProject({ cwd, env: { AWS_REGION: 'us-east-1' } });
  const [reading, { schemas, problems }] = await Promise.all([readModels(project), readSchemas(project)]);
  const all = [...reading.problems, ...problems, ...checkRoutes(project, reading.models)];
  if (all.length > 0) throw invalidProject(all);
  const types = projectTypes(project, { models: reading.models, schemas });
  return {
    root: project.root,
    files: await renderTypes(types, detectLanguage(project)),
    models: types.models.length,
    routes: types.routes.length,
  };
}

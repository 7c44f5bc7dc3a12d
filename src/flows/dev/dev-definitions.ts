// The definitions that dev serves, with the models and schema files that check bodies: what deploy would send. Models
// are read only where a route needs them, so that a project without such routes starts at once.

import { buildDefinitions } from '../../api/build-definitions.ts';
import type { ApiDefinition } from '../../api/definition.ts';
import type { Problem } from '../../errors.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import type { Project } from '../../project/project.ts';
import { readSchemas } from '../read-schemas.ts';
import { LOCAL_PLACE } from './local-account.ts';

export interface DevDefinitions {
  readonly definitions: ReadonlyMap<string, ApiDefinition>;
  /** Of schema files. */
  readonly problems: readonly Problem[];
}

/** Whether a definition is made from models or schema files too. */
export function needsSources(project: Project): boolean {
  return Object.values(project.apis).some((api) =>
    api.routes.some((route) => route.body !== undefined || route.target.type === 'dynamodb'),
  );
}

/** @param models asked only where needed */
export async function devDefinitions(
  project: Project,
  models: () => Promise<Readonly<Record<string, ModelSpec>>>,
): Promise<DevDefinitions> {
  if (!needsSources(project)) return { definitions: buildDefinitions(project, LOCAL_PLACE), problems: [] };
  const [specs, { schemas, problems }] = await Promise.all([models(), readSchemas(project)]);
  return { definitions: buildDefinitions(project, LOCAL_PLACE, { models: specs, schemas }), problems };
}

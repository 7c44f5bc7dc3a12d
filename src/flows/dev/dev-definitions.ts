// The definitions that dev serves, with the models and schema files that check bodies: what deploy would send. Models
// are read only where a route needs them, so that a project without such routes starts at once.

import { buildDefinitions } from '../../api/build-definitions.ts';
import type { ApiDefinition } from '../../api/definition.ts';
import type { FunctionChecks } from '../../build/request-checks.ts';
import type { Problem } from '../../errors.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import type { Project } from '../../project/project.ts';
import { functionChecks } from '../function-checks.ts';
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

/** What the bundle of a function checks before its handler, on HTTP APIs. */
export async function devChecks(
  project: Project,
  name: string,
  models: () => Promise<Readonly<Record<string, ModelSpec>>>,
): Promise<FunctionChecks | undefined> {
  const http = Object.values(project.apis).filter(({ type }) => type === 'http');
  const checked = http.some(({ routes }) =>
    routes.some(
      ({ target, body, parameters }) =>
        target.type === 'function' && target.function === name && (body !== undefined || parameters !== undefined),
    ),
  );
  return checked ? functionChecks((await devDefinitions(project, models)).definitions).get(name) : undefined;
}

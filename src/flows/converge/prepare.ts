// The first half of every deploy: apigen.yml → checked project → models, bundles, definitions → connection to AWS →
// desired graph. Writes nothing, here or in AWS.

import { buildDefinitions } from '../../api/build-definitions.ts';
import type { ApiDefinition } from '../../api/definition.ts';
import type { Aws } from '../../aws/aws.ts';
import { type BuiltFunction, buildFunctions } from '../../build/build-functions.ts';
import type { Graph } from '../../engine/graph.ts';
import type { Kind } from '../../engine/kind.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import { readModels } from '../../models/read-models.ts';
import type { TableSpec } from '../../models/table-spec.ts';
import { apiVersionOf } from '../../project/api-version.ts';
import { invalidProject, loadProject } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';
import { checkProject } from '../check/check-project.ts';
import { checkRoutes } from '../check/check-routes.ts';
import { checksOf } from '../function-checks.ts';
import { readSchemas } from '../read-schemas.ts';
import { desiredGraph } from './graph/desired-graph.ts';
import { kindsFor } from './kinds-for.ts';
import { connectFor, type Session, type SessionOptions } from './session.ts';
import { triggerVersion } from './trigger-version.ts';

export interface Prepared {
  readonly project: Project;
  readonly definitions: ReadonlyMap<string, ApiDefinition>;
  /** By name in apigen.yml. */
  readonly models: Readonly<Record<string, ModelSpec>>;
  readonly tables: readonly TableSpec[];
  readonly functions: readonly BuiltFunction[];
  readonly session: Session;
  readonly aws: Aws;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly graph: Graph;
  /** The API version whose functions are run by streams, queues, topics and schedules. */
  readonly triggersIn: string;
}

/** @param report told what is under way, a few words at a time */
export async function prepare(options: SessionOptions, report: (doing: string) => void): Promise<Prepared> {
  const { cwd, stage, region, env, apiVersion } = options;
  report('Reading apigen.yml');
  const project = await loadProject({ cwd, stage, region, env, apiVersion });
  report('Checking');
  const [problems, models, { schemas }] = await Promise.all([
    checkProject(project),
    readModels(project),
    readSchemas(project),
  ]);
  const all = [...problems, ...models.problems, ...checkRoutes(project, models.models)];
  if (all.length > 0) throw invalidProject(all);
  // Asked at once: the wrong account or no credentials should not wait for a build.
  const connecting = connectFor(project, options);
  connecting.catch(() => undefined);
  report('Building functions');
  const tables = Object.values(models.models).map((model) => model.table);
  const sources = { models: models.models, schemas };
  const functions = await buildFunctions(project, { checks: checksOf(project, sources) });
  const session = await connecting;
  const { aws } = session;
  const triggersIn = await triggerVersion(aws, project);
  const definitions = buildDefinitions(project, aws, sources);
  const graph = desiredGraph({
    project,
    definitions,
    functions,
    tables,
    version: apiVersionOf(project),
    triggersElsewhere: triggersIn !== apiVersionOf(project),
    account: aws.account,
    partition: aws.partition,
  });
  const kinds = kindsFor(session, project, functions);
  return { project, definitions, models: models.models, tables, functions, session, aws, kinds, graph, triggersIn };
}

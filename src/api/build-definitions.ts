// Project → api definitions, in AWS's own terms. What kinds deploy and what the local gateway serves both come from
// here, so that nothing of apigen.yml is interpreted twice.

import type { ApiDeclaration, Project } from '../project/project.ts';
import type { AccountPlace } from '../project/resource-names.ts';
import type { ApiContext, BuildContext, DefinitionSources } from './build-context.ts';
import { buildHttp } from './build-http.ts';
import { buildRest } from './build-rest.ts';
import { buildWebSocket } from './build-websocket.ts';
import type { ApiDefinition } from './definition.ts';

export type { DefinitionSources } from './build-context.ts';
export { literalTemplate } from './literal-template.ts';

const BUILDERS: Readonly<Record<ApiDeclaration['type'], (context: ApiContext) => ApiDefinition>> = {
  rest: buildRest,
  http: buildHttp,
  websocket: buildWebSocket,
};

/**
 * The definition of every API of the project, by name, in file order.
 *
 * @param place the account whose topics, queues and tables the definitions name
 * @param sources models and schema files; without them bodies go unchecked
 */
export function buildDefinitions(
  project: Project,
  place: AccountPlace,
  sources: DefinitionSources = {},
): ReadonlyMap<string, ApiDefinition> {
  const context: BuildContext = { project, place, sources };
  return new Map(Object.values(project.apis).map((api) => [api.name, BUILDERS[api.type]({ ...context, api })]));
}

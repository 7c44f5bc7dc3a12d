// What the bundles of functions behind HTTP APIs check, read off the api definitions.

import { buildDefinitions, type DefinitionSources } from '../api/build-definitions.ts';
import type { ApiDefinition } from '../api/definition.ts';
import type { FunctionChecks, RouteChecks } from '../build/request-checks.ts';
import type { Project } from '../project/project.ts';

/** By the function's logical name. */
export function functionChecks(definitions: ReadonlyMap<string, ApiDefinition>): ReadonlyMap<string, FunctionChecks> {
  const checks = new Map<string, Record<string, RouteChecks>>();
  for (const definition of definitions.values()) {
    if (definition.type !== 'http') continue;
    for (const { routeKey, integration, validation } of definition.routes) {
      if (validation === undefined || !('function' in integration)) continue;
      const routes = checks.get(integration.function) ?? {};
      routes[routeKey] = validation;
      checks.set(integration.function, routes);
    }
  }
  return checks;
}

/** Before anything is known of the account, on which checks do not depend. */
export function checksOf(project: Project, sources: DefinitionSources): ReadonlyMap<string, FunctionChecks> {
  return functionChecks(buildDefinitions(project, { account: '000000000000', partition: 'aws' }, sources));
}

// What a plan says besides its changes: where it goes, and which routes anybody may call.

import type { ApiDefinition, RestRoute } from '../../api/definition.ts';
import type { PlanFacts } from '../../ui/plan-text.ts';
import type { Prepared } from './prepare.ts';

export function factsOf({ project, aws, definitions }: Prepared): PlanFacts {
  return {
    project: project.name,
    stage: project.stage.name,
    account: aws.account,
    region: aws.region,
    endpoint: aws.endpoint,
    publicRoutes: [...definitions.values()].flatMap(publicRoutes),
  };
}

function publicRoutes(definition: ApiDefinition): readonly string[] {
  const label = (route: string): string => `${definition.name}: ${route}`;
  if (definition.type === 'websocket') {
    // Messages pass where the connection did.
    const connect = definition.routes.find(({ routeKey }) => routeKey === '$connect');
    return (connect?.authorization.type ?? 'NONE') === 'NONE' ? [label('$connect')] : [];
  }
  if (definition.type === 'rest') {
    const open = definition.routes.filter(
      (route) => route.authorization.type === 'NONE' && !route.apiKeyRequired && !isPreflight(route),
    );
    return open.map((route) => label(`${route.method} ${route.path}`));
  }
  return definition.routes.filter((route) => route.authorization.type === 'NONE').map((route) => label(route.routeKey));
}

/** Browsers send preflights without credentials, and the answer says nothing else. */
function isPreflight({ method, integration }: RestRoute): boolean {
  return method === 'OPTIONS' && integration.type === 'MOCK';
}
